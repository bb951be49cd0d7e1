// Goal: limits hold in total and per address, and a full table is fair. Method: connections that only note what they
// are told.
#include "sync-server/http/connection_table.h"

#include <gtest/gtest.h>

#include <vector>

namespace zhicha {
namespace {

class Note final : public Closable {
public:
    explicit Note(bool idle) : m_idle(idle) {}
    void closeIfIdle() override { closed = true; }
    void closeNow() override { closed = true; }
    [[nodiscard]] bool isIdle() const override { return m_idle; }
    bool closed = false;

private:
    bool m_idle;
};

TEST(ConnectionTable, countsPerAddress) {
    ConnectionTable table(100, 2);
    std::vector<std::shared_ptr<Note>> notes;
    for (int i = 0; i < 4; ++i)
        notes.push_back(std::make_shared<Note>(false));
    EXPECT_EQ(table.enter("a", notes[0]), Admission::Admitted);
    EXPECT_EQ(table.enter("a", notes[1]), Admission::Admitted);
    EXPECT_EQ(table.enter("a", notes[2]), Admission::AddressLimit);
    EXPECT_EQ(table.enter("b", notes[2]), Admission::Admitted);
    table.leave("a", notes[0].get());
    table.leave("a", notes[0].get()); // twice does no harm
    EXPECT_EQ(table.enter("a", notes[3]), Admission::Admitted);
    EXPECT_EQ(table.size(), 3u);
}

TEST(ConnectionTable, displacesAnIdleConnectionOfWhoeverHoldsMost) {
    ConnectionTable table(3, 100);
    const auto busy = std::make_shared<Note>(false);
    const auto idle = std::make_shared<Note>(true);
    const auto other = std::make_shared<Note>(false);
    EXPECT_EQ(table.enter("a", busy), Admission::Admitted);
    EXPECT_EQ(table.enter("a", idle), Admission::Admitted);
    EXPECT_EQ(table.enter("a", other), Admission::Admitted);
    const auto more = std::make_shared<Note>(false);
    EXPECT_EQ(table.enter("a", more), Admission::TotalLimit) << "nobody displaces his own";
    EXPECT_EQ(table.enter("b", more), Admission::Admitted);
    EXPECT_TRUE(idle->closed);
    EXPECT_FALSE(busy->closed);
}

TEST(ConnectionTable, refusesWhenAllAreBusy) {
    ConnectionTable table(2, 100);
    const auto one = std::make_shared<Note>(false);
    const auto two = std::make_shared<Note>(false);
    const auto three = std::make_shared<Note>(false);
    EXPECT_EQ(table.enter("a", one), Admission::Admitted);
    EXPECT_EQ(table.enter("a", two), Admission::Admitted);
    EXPECT_EQ(table.enter("b", three), Admission::TotalLimit);
    int visited = 0;
    table.forEach([&visited](Closable &) { ++visited; });
    EXPECT_EQ(visited, 2);
}

} // namespace
} // namespace zhicha
