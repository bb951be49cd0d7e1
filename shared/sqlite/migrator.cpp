#include "shared/sqlite/migrator.h"

#include "shared/sqlite/transaction.h"

namespace zhicha {

Status migrate(Database &db, std::span<const Migration> migrations) {
    for (std::size_t i = 0; i < migrations.size(); ++i)
        ZHICHA_CHECK(migrations[i].number == static_cast<int>(i) + 1);
    ZHICHA_ASSIGN(const std::int64_t seen, db.readInteger("PRAGMA user_version"));
    const auto known = static_cast<std::int64_t>(migrations.size());
    if (seen > known)
        return fail(Code::StoreNewer, "the store is of version " + std::to_string(seen) + ", this program knows " +
                                          std::to_string(known));
    if (seen < 0)
        return fail(Code::StoreDamaged, "the store's version is negative");
    for (const Migration &step : migrations.subspan(static_cast<std::size_t>(seen))) {
        ZHICHA_ASSIGN(Transaction transaction, Transaction::begin(db));
        Status done = db.execute(std::string(step.sql));
        if (done)
            done = db.execute("PRAGMA user_version=" + std::to_string(step.number));
        if (!done)
            return fail(done.error().code, "migration " + std::string(step.name) + ": " + done.error().detail);
        ZHICHA_TRY(transaction.commit());
    }
    return {};
}

} // namespace zhicha
