// Goal: no entry of the audit trail can be changed, dropped or added in between without its showing, and each day that
// is over has its head in the ledger. Method: entries over three days, heads written twice, then SQL edits by hand.
#include "shared/sqlite/database.h"
#include "sync-server/office/audit_day.h"
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
class Audit : public OfficeFixture {
protected:
    void note(const std::string &act) {
        AuditEntry entry;
        entry.atMs = m_clock.nowMs();
        entry.act = act;
        entry.result = "ok";
        entry.address = "198.51.100.7";
        ASSERT_TRUE(ledger().begin());
        ASSERT_TRUE(ledger().audit().appendAudit(entry));
        ASSERT_TRUE(ledger().commit());
    }
    std::size_t damages() {
        const auto found = checkAudit(ledger());
        EXPECT_TRUE(found);
        return found ? found->size() : 0;
    }
    std::size_t heads() {
        std::size_t count = 0;
        EXPECT_TRUE(ledger().forEachRowOfType(EntityType::AuditHead, [&](const RowRecord &) -> Status {
            ++count;
            return {};
        }));
        return count;
    }
};

TEST_F(Audit, putsOneHeadForEachDayThatIsOver) {
    for (int day = 0; day < 3; ++day) {
        note("sign_in");
        note("check_read");
        m_clock.advanceMs(24 * 60 * 60 * 1000);
    }
    ASSERT_TRUE(putAuditHeads(intake()));
    EXPECT_EQ(heads(), 3u);
    ASSERT_TRUE(putAuditHeads(intake()));
    EXPECT_EQ(heads(), 3u);
    note("sign_in");
    ASSERT_TRUE(putAuditHeads(intake()));
    EXPECT_EQ(heads(), 3u); // today is not over
    EXPECT_EQ(damages(), 0u);
}

TEST_F(Audit, everyEditShows) {
    for (int i = 0; i < 6; ++i)
        note(i % 2 == 0 ? "sign_in" : "photo_read");
    m_clock.advanceMs(24 * 60 * 60 * 1000);
    ASSERT_TRUE(putAuditHeads(intake()));
    const std::string off = "DROP TRIGGER audit_keep; DROP TRIGGER audit_same;";
    byHand(off + "UPDATE audit SET address = '203.0.113.1' WHERE number = 2");
    reopen();
    EXPECT_GT(damages(), 0u);
    byHand("UPDATE audit SET address = '198.51.100.7' WHERE number = 2");
    reopen();
    EXPECT_EQ(damages(), 0u);
    byHand("DELETE FROM audit WHERE number = 6"); // the end, which only the ledger's head remembers
    reopen();
    EXPECT_GT(damages(), 0u);
}

TEST_F(Audit, theStoreItselfRefusesToForget) {
    note("sign_in");
    auto database = fileByHand();
    ASSERT_TRUE(database);
    EXPECT_FALSE(database->execute("DELETE FROM audit"));
    EXPECT_FALSE(database->execute("UPDATE audit SET result = 'refused'"));
}

TEST_F(Audit, pagesRunBackwardsThroughEveryFilter) {
    for (int i = 0; i < 30; ++i)
        note(i % 3 == 0 ? "sign_in" : "photo_read");
    AuditFilter filter;
    filter.act = "sign_in";
    std::vector<std::int64_t> numbers;
    for (std::int64_t before = 0;;) {
        const auto page = ledger().audit().auditPage(filter, before, 4);
        ASSERT_TRUE(page);
        for (const AuditEntry &entry : *page)
            numbers.push_back(before = entry.number);
        if (page->size() < 4)
            break;
    }
    EXPECT_EQ(numbers.size(), 10u);
    EXPECT_TRUE(std::is_sorted(numbers.rbegin(), numbers.rend()));
    EXPECT_EQ(ledger().audit().auditCount(filter, 1001).value(), 10);
}
} // namespace
