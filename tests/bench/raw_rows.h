#pragma once
// The baseline of every row about operations: the same rows, put plainly into a table of 16 columns by the same engine,
// cipher and pragmas, with 3 indexes, 1,000 rows a transaction.
#include "shared/sqlite/transaction.h"
#include "tests/bench/figures.h"
#include "tests/bench/rows.h"

namespace zhicha::bench {

/** What `count` rows took; `path` is made anew, with a key of its own. */
inline Took rawInserts(const std::string &path, std::uint64_t count) {
    DatabaseOptions options;
    options.path = path;
    options.key = DatabaseKey{1, 2, 3};
    Database database = need(Database::open(options));
    done(database.execute(
        "CREATE TABLE finding(id TEXT PRIMARY KEY NOT NULL, item_id TEXT NOT NULL, site_id TEXT NOT NULL, check_id "
        "TEXT "
        "NOT NULL, inspector TEXT NOT NULL, device TEXT NOT NULL, category TEXT NOT NULL, body TEXT NOT NULL, status "
        "TEXT NOT NULL, photo_sha TEXT, severity INTEGER NOT NULL, lat INTEGER, lon INTEGER, created_at INTEGER NOT "
        "NULL, updated_at INTEGER NOT NULL, rev INTEGER NOT NULL);"
        "CREATE INDEX a ON finding(item_id); CREATE INDEX b ON finding(check_id); CREATE INDEX c ON "
        "finding(updated_at)"));
    std::vector<FindingRow> rows;
    for (std::uint64_t i = 0; i < count; ++i)
        rows.push_back(makeRow(i));
    Statement insert =
        need(database.prepare("INSERT INTO finding VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"));
    return measure([&] {
        for (std::size_t at = 0; at < rows.size();) {
            Transaction transaction = need(Transaction::begin(database));
            for (std::size_t k = 0; k < 1000 && at < rows.size(); ++k, ++at) {
                const FindingRow &row = rows[at];
                insert.bind(1, row.id).bind(2, row.item).bind(3, row.site).bind(4, row.check).bind(5, row.inspector);
                insert.bind(6, row.device).bind(7, row.category).bind(8, row.text).bind(9, row.status);
                insert.bind(10, row.photo).bind(11, row.severity).bind(12, row.latE7).bind(13, row.lonE7);
                insert.bind(14, row.createdMs).bind(15, row.updatedMs).bind(16, row.revision);
                done(insert.run());
            }
            done(transaction.commit());
        }
    });
}

} // namespace zhicha::bench
