#pragma once
// An honest tablet that pulls: keeps its cursor, checks every run, remembers what it got. Owner: a test.
#include "sync-server/intake/changes.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <set>

namespace zhicha::test {

class ChangesReader {
public:
    ChangesReader(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &device)
        : m_ledger(ledger), m_ledgerId(ledgerId), m_device(device) {}
    /** Goes on where another one stood. */
    ChangesReader(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &device, const ChangesReader &from)
        : ChangesReader(ledger, ledgerId, device) {
        m_cursor = from.m_cursor;
        m_got = from.m_got;
        m_pages = from.m_pages;
    }

    void readOne() {
        const auto page = readChanges(m_ledger, m_ledgerId, m_device, m_cursor);
        ASSERT_TRUE(page) << page.error().detail;
        ++m_pages;
        m_cursor = page->cursor;
        m_more = page->more;
        for (const ChangesPage::PageRun &paged : page->runs) {
            const auto run = decodeRun(paged.run);
            ASSERT_TRUE(run);
            const auto chain = m_ledger.chain(run->bounds.device);
            ASSERT_TRUE(chain && *chain);
            EXPECT_TRUE(runSignatureFits(run->bounds, (*chain)->key, run->signature));
            for (const RunElement &element : run->elements)
                if (element.operation)
                    m_got.insert(element.d);
        }
    }
    void readAll() {
        do
            readOne();
        while (m_more && m_pages < 10'000 && !testing::Test::HasFatalFailure());
    }

    [[nodiscard]] const std::set<Digest> &got() const { return m_got; } ///< with their bytes
    [[nodiscard]] int pages() const { return m_pages; }
    [[nodiscard]] bool more() const { return m_more; }

private:
    LedgerReader &m_ledger;
    Uuid m_ledgerId;
    Uuid m_device;
    std::string m_cursor;
    bool m_more = true;
    std::set<Digest> m_got;
    int m_pages = 0;
};

} // namespace zhicha::test
