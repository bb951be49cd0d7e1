#pragma once
// The console over a supervision ledger of three units, each with its vice mayor; the items are the test's. Owner: a
// test.
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/http/console_fixture.h"

namespace zhicha::test {

class LedgerConsoleFixture : public ConsoleFixture {
protected:
    /** `lists`: "items":[…] and whatever else the file has beside its units. */
    explicit LedgerConsoleFixture(const std::string &lists) {
        const std::string units = R"json({
 "units":[{"id":"u1","name":"甲县","group":"county","vice_mayor":"李副"},
          {"id":"u2","name":"乙局","group":"department","vice_mayor":"王副"},
          {"id":"u3","name":"丙局","group":"department","vice_mayor":"李副"}],
)json";
        const auto done = importLedgerFile(intake(), {}, units + lists + "}", false);
        EXPECT_TRUE(done) << (done ? "" : done.error().detail);
    }
    Uuid unit(const std::string &code) { return derivedId(m_keys.ledger, "unit", code); }
    std::string item(const std::string &code) { return toText(derivedId(m_keys.ledger, "item", code)); }
    Uuid clerkOf(const std::string &code, const std::string &name) {
        const Uuid id = signedIn(name, "unit_clerk");
        append({{"person.put", id, {{"name", name}, {"unit", unit(code)}}}});
        return id;
    }

    Uuid m_lin = signedIn("林晓东", "reviewer");
    Uuid m_mayor = signedIn("市长", "mayor");
    Uuid m_li = signedIn("李副", "vice_mayor");
    Uuid m_auditor = signedIn("沈审", "auditor");
};

} // namespace zhicha::test
