// Goal: the console's lists hold every check and finding once, in order, whatever came since, and a page begins where
// the last one ended. Method: real tablets' runs and office decisions, the lists made anew in steps of every size and
// compared; synthetic rows for long lists.
#include "sync-server/office/comments.h"
#include "sync-server/office/conflicts.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_feed.h"
#include "sync-server/office/console/check_list.h"
#include "sync-server/office/console/check_track.h"
#include "sync-server/office/console/conflict_list.h"
#include "sync-server/office/console/index_refresh.h"
#include "sync-server/office/review.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <set>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class Lists : public OfficeFixture {
protected:
    void refresh(std::size_t step = 1000) {
        for (bool more = true; more;) {
            const auto done = refreshConsoleIndex(ledger(), step);
            ASSERT_TRUE(done) << done.error().detail;
            more = done->more;
        }
    }
    json list(CheckListQuery::View view, std::int64_t limit = 50, const std::string &cursor = "") {
        CheckListQuery query;
        query.view = view;
        query.order = CheckListQuery::Order::New;
        auto page = listChecks(ledger(), query, "q", cursor, limit);
        EXPECT_TRUE(page) << page.error().detail;
        auto printed = listJson(ledger(), page ? std::move(*page) : ListPage());
        EXPECT_TRUE(printed);
        return printed ? *printed : json();
    }
    json detail(const Uuid &check) {
        const auto file = loadCheckFile(ledger(), check);
        EXPECT_TRUE(file);
        Names names(ledger());
        const auto out = checkDetailJson(ledger(), names, *file);
        EXPECT_TRUE(out) << out.error().detail;
        return out ? *out : json();
    }

    Uuid m_zhou = person("周文博", "inspector");
    Uuid m_reviewer = person("林晓东", "reviewer");
    TestDevice m_tablet = enrolled(m_zhou, 1);
};

TEST_F(Lists, showWhatATabletBroughtAndWhatTheOfficeDid) {
    const Uuid check = startCheck(m_tablet);
    const Uuid finding = addFinding(m_tablet, check, "青龙公园东门路灯不亮", "major");
    send(m_tablet);
    refresh();
    json rows = list(CheckListQuery::View::All)["rows"];
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0]["state"], "under_way");
    EXPECT_EQ(rows[0]["findings"]["major"], 1);
    EXPECT_EQ(rows[0]["inspectors"][0]["name"], "周文博");
    EXPECT_EQ(list(CheckListQuery::View::Todo)["count"], 0);
    finish(m_tablet, check);
    send(m_tablet);
    refresh();
    EXPECT_EQ(list(CheckListQuery::View::Todo)["count"], 1);
    ASSERT_TRUE(reviewCheck(intake(), actor(m_reviewer), {toText(check), true, {}, {}}));
    refresh();
    EXPECT_EQ(list(CheckListQuery::View::Todo)["count"], 0);
    m_tablet.make("finding.amend", finding, {{"text", "路灯六盏不亮"}}, {{"text", {}}});
    send(m_tablet);
    refresh();
    EXPECT_EQ(list(CheckListQuery::View::Conflict)["count"], 1); // it had not seen its own text
    const json all = detail(check);
    EXPECT_EQ(all["findings"].size(), 1u);
    EXPECT_EQ(all["findings"][0]["contested"], json::array({"text"}));
    EXPECT_FALSE(all["findings"][0]["span"].contains("from")); // a tablet that never saw a checkpoint: unknown
    EXPECT_TRUE(all["findings"][0]["span"].contains("to"));
    EXPECT_EQ(all["attestation"].size(), 6u);
    EXPECT_EQ(all["chains"][0]["finished"], true);
}

TEST_F(Lists, areTheSameInStepsOfOneAndAtOnceAndAfterForgetting) {
    std::vector<Uuid> checks;
    for (int i = 0; i < 4; ++i) {
        checks.push_back(startCheck(m_tablet));
        addFinding(m_tablet, checks.back(), "问题" + std::to_string(i), i % 2 == 0 ? "minor" : "critical");
        if (i > 1)
            finish(m_tablet, checks.back());
    }
    send(m_tablet);
    refresh(1);
    const json step = list(CheckListQuery::View::All)["rows"];
    ASSERT_TRUE(ledger().begin());
    ASSERT_TRUE(forgetConsoleIndex(ledger()));
    ASSERT_TRUE(ledger().commit());
    EXPECT_EQ(list(CheckListQuery::View::All)["count"], 0);
    refresh();
    EXPECT_EQ(list(CheckListQuery::View::All)["rows"], step);
    EXPECT_EQ(step.size(), 4u);
}

TEST_F(Lists, aFoundConflictIsListedAndGoesWhenItIsDecided) {
    const Uuid check = startCheck(m_tablet);
    const Uuid finding = addFinding(m_tablet, check, "路面破损", "minor");
    send(m_tablet);
    ASSERT_TRUE(raiseConflict(intake(), actor(m_reviewer), {toText(finding), "severity", "critical", "见照片", {}}));
    refresh();
    const auto page = listConflictRows(ledger(), "", std::nullopt, m_reviewer, "c", "", 50);
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->rows.size(), 1u);
    EXPECT_EQ(page->rows[0]["field"], "severity");
    EXPECT_EQ(page->rows[0]["values"].size(), 2u);
    EXPECT_EQ(page->rows[0]["may_decide"], true);
    const auto one = conflictJson(ledger(), finding, "severity", m_zhou, true);
    ASSERT_TRUE(one);
    EXPECT_EQ((*one)["may_decide"], "recused");
    EXPECT_EQ((*one)["allowed"], json::array({"minor", "major", "critical"}));
    ASSERT_TRUE(decideConflict(intake(), actor(m_reviewer), {toText(finding), "severity", "major", "折中", {}}));
    refresh();
    EXPECT_EQ(listConflictRows(ledger(), "", std::nullopt, m_reviewer, "c", "", 50)->count, 0);
    EXPECT_FALSE(conflictJson(ledger(), finding, "severity", m_reviewer, true));
}

TEST_F(Lists, pagesFollowEachOtherWithoutGapOrRepetition) {
    ASSERT_TRUE(ledger().begin());
    std::vector<Uuid> units{Uuid{{1}}, Uuid{{2}}};
    for (int i = 0; i < 3000; ++i) {
        FindingIndexRow row;
        row.finding = newUuid(m_clock, m_random);
        row.check = Uuid{{9}};
        row.madeMs = 1000 + i / 7; // many of one instant
        row.severity = i % 10 == 0 ? 3 : i % 3 == 0 ? 2 : 1;
        row.isVoid = i % 11 == 0;
        row.unit = units[static_cast<std::size_t>(i % 2)];
        row.people = {Uuid{{static_cast<std::uint8_t>(100 + i % 5)}}};
        if (i % 5 == 0)
            row.people.push_back(Uuid{{101}}); // two were there together
        ASSERT_TRUE(ledger().consoleIndex().putFindingIndex(row, i % 100 == 0 ? "东门路灯不亮" : "路面破损"));
    }
    ASSERT_TRUE(ledger().commit());
    const auto walk = [&](const FindingListQuery &query) {
        std::set<Uuid> seen;
        std::optional<PageMark> mark;
        std::int64_t last = std::numeric_limits<std::int64_t>::max();
        for (;;) {
            const auto page = ledger().consoleIndex().findingPage(query, mark, 37);
            EXPECT_TRUE(page);
            for (const FindingIndexRow &row : *page) {
                EXPECT_TRUE(seen.insert(row.finding).second);
                EXPECT_LE(row.madeMs, last);
                last = row.madeMs;
                mark = markOf(row, query);
            }
            if (page->size() < 37)
                return seen.size();
        }
    };
    FindingListQuery query;
    EXPECT_EQ(walk(query), 3000u);
    EXPECT_EQ(ledger().consoleIndex().findingCount(query, 1001).value(), 1001); // never counts further
    query.severity = 3;
    EXPECT_EQ(walk(query), 300u);
    query.unit = units[0];
    EXPECT_EQ(walk(query), 300u);
    query = {};
    query.state = "void";
    EXPECT_EQ(walk(query), 273u);
    query = {};
    query.text = "路灯";
    EXPECT_EQ(walk(query), 30u);
    query.text = "灯";
    EXPECT_EQ(walk(query), 30u);
    query.text = "\" OR 1";
    EXPECT_EQ(walk(query), 0u);
    query = {};
    query.among = std::vector<Uuid>{};
    EXPECT_EQ(walk(query), 0u);
    query.among = std::vector<Uuid>{Uuid{{102}}};
    EXPECT_EQ(walk(query), 600u);
    query.among = std::vector<Uuid>{Uuid{{100}}, Uuid{{101}}}; // each of theirs once
    EXPECT_EQ(walk(query), 1200u);
    EXPECT_EQ(ledger().consoleIndex().findingCount(query, 1001).value(), 1001);
    query.text = "路灯";
    EXPECT_EQ(walk(query), 30u);
    EXPECT_EQ(ledger().consoleIndex().findingCount(query, 1001).value(), 30);
}

/** More checks than kFewChecks, of ten people, so that both ways to a page are taken; every page is held against the
 *  rows themselves, and read forward and back. */
TEST_F(Lists, pagesOfChecksAreTheSameWhicheverIndexLeadsToThem) {
    const auto personNo = [](int n) { return Uuid{{static_cast<std::uint8_t>(100 + n)}}; };
    std::vector<CheckIndexRow> rows;
    std::vector<std::string> texts;
    ASSERT_TRUE(ledger().begin());
    for (int i = 0; i < 6000; ++i) {
        CheckIndexRow row;
        row.check = newUuid(m_clock, m_random);
        row.number = "检〔2026〕" + std::to_string(100000 + i * 7 % 6000);
        row.receivedMs = 1000 + i / 5; // several of one instant
        row.waitingMs = 9000 - i / 3;
        row.state = i % 50 == 0 ? CheckState::ToReview : CheckState::Accepted;
        row.unit = Uuid{{static_cast<std::uint8_t>(1 + i % 3)}};
        row.critical = i % 40 == 0 ? 1 : 0;
        row.people = {personNo(i % 9)};
        if (i % 4 == 0)
            row.people.push_back(personNo(9));
        texts.push_back(i % 2 == 0 ? "东门路灯不亮" : i % 500 == 1 ? "涵洞积水" : "路面破损");
        ASSERT_TRUE(ledger().consoleIndex().putCheckIndex(row, texts.back()));
        row.place = ledger().consoleIndex().checkIndex(row.check)->value().place;
        rows.push_back(std::move(row));
    }
    // A check that changed stands once, where it belongs now.
    rows[10].waitingMs = 20'000;
    rows[10].people = {personNo(1)};
    ASSERT_TRUE(ledger().consoleIndex().putCheckIndex(rows[10], texts[10]));
    ASSERT_TRUE(ledger().commit());

    const auto expected = [&](const CheckListQuery &query, const std::string &piece) {
        std::vector<const CheckIndexRow *> out;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const CheckIndexRow &row = rows[i];
            const auto tookPart = [&](const Uuid &who) {
                return std::find(row.people.begin(), row.people.end(), who) != row.people.end();
            };
            if ((query.view == CheckListQuery::View::Todo && row.state != CheckState::ToReview) ||
                (query.unit && row.unit != query.unit) || (query.severity == 3 && row.critical == 0) ||
                (query.person && !tookPart(*query.person)) ||
                (query.among && std::none_of(query.among->begin(), query.among->end(), tookPart)) ||
                texts[i].find(piece) == std::string::npos)
                continue;
            out.push_back(&row);
        }
        std::sort(out.begin(), out.end(), [&](const CheckIndexRow *a, const CheckIndexRow *b) {
            if (!query.text.empty())
                return a->place > b->place;
            if (query.order == CheckListQuery::Order::Wait)
                return std::tie(a->waitingMs, a->check) < std::tie(b->waitingMs, b->check);
            if (query.order == CheckListQuery::Order::New)
                return std::tie(a->receivedMs, a->check) > std::tie(b->receivedMs, b->check);
            return std::tie(a->number, a->check) > std::tie(b->number, b->check);
        });
        std::vector<Uuid> ids;
        ids.reserve(out.size());
        for (const CheckIndexRow *row : out)
            ids.push_back(row->check);
        return ids;
    };
    const auto walked = [&](const CheckListQuery &query) {
        std::vector<Uuid> seen;
        std::optional<PageMark> mark;
        for (;;) {
            const auto page = ledger().consoleIndex().checkPage(query, mark, 213);
            EXPECT_TRUE(page) << page.error().detail;
            for (const CheckIndexRow &row : *page) {
                seen.push_back(row.check);
                mark = markOf(row, query);
            }
            if (page->size() < 213)
                return seen;
        }
    };
    const std::vector<std::string> pieces{"", "路灯", "涵洞", "没有的"};
    for (const std::string &piece : pieces)
        for (const auto view : {CheckListQuery::View::All, CheckListQuery::View::Todo})
            for (const auto order :
                 {CheckListQuery::Order::Wait, CheckListQuery::Order::New, CheckListQuery::Order::Number})
                for (int filter = 0; filter < 6; ++filter) {
                    CheckListQuery query;
                    query.view = view;
                    query.order = order;
                    query.text = piece;
                    if (filter == 1)
                        query.person = personNo(3);
                    if (filter == 2)
                        query.among = std::vector<Uuid>{personNo(1), personNo(9)}; // of both: each check once
                    if (filter == 3)
                        query.among = std::vector<Uuid>{};
                    if (filter == 4) {
                        query.person = personNo(0);
                        query.among = std::vector<Uuid>{personNo(9)};
                    }
                    if (filter == 5)
                        query.severity = 3;
                    const std::vector<Uuid> want = expected(query, piece);
                    const std::string which = piece + " view " + std::to_string(static_cast<int>(view)) + " order " +
                                              std::to_string(static_cast<int>(order)) + " filter " +
                                              std::to_string(filter);
                    ASSERT_EQ(walked(query), want) << which;
                    EXPECT_EQ(ledger().consoleIndex().checkCount(query, 1001).value(),
                              std::min<std::int64_t>(static_cast<std::int64_t>(want.size()), 1001))
                        << which;
                    if (want.size() < 4)
                        continue;
                    const auto at = ledger().consoleIndex().checkIndex(want[3]);
                    const auto before = ledger().consoleIndex().checkPageBefore(query, markOf(**at, query), 2);
                    ASSERT_TRUE(before && before->size() == 2) << which;
                    EXPECT_EQ((*before)[0].check, want[2]) << which;
                    EXPECT_EQ((*before)[1].check, want[1]) << which;
                }
}

TEST_F(Lists, aCursorServesItsOwnListAlone) {
    const PageMark mark{12, "检〔2026〕0001", Uuid{{7}}};
    const std::string cursor = writeCursor(mark, "view=todo");
    const auto read = readCursor(cursor, "view=todo");
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->at, 12);
    EXPECT_EQ((*read)->text, mark.text);
    EXPECT_EQ((*read)->id, mark.id);
    EXPECT_FALSE(readCursor(cursor, "view=all"));
    for (const std::string &bad :
         {std::string("x"), cursor + "A", cursor.substr(2), std::string(600, 'A'), std::string("gg==")})
        EXPECT_FALSE(readCursor(bad, "view=todo")) << bad;
    EXPECT_FALSE(readCursor("", "view=todo")->has_value());
}

TEST_F(Lists, theFeedTellsASyncACommentAndAHandOver) {
    const Uuid check = startCheck(m_tablet);
    addFinding(m_tablet, check, "x");
    send(m_tablet);
    const Uuid han = person("韩雪", "inspector");
    TestDevice second = enrolled(han, 2);
    ASSERT_TRUE(addComment(intake(), actor(m_reviewer), {check, {}, "", "请看照片 2", {}}));
    const auto handed = handCheck(intake(), actor(m_reviewer), check, han, "周文博休假");
    ASSERT_TRUE(handed) << handed.error().detail;
    EXPECT_TRUE(ledger().inScope(second.id(), check).value());
    const auto file = loadCheckFile(ledger(), check);
    Names names(ledger());
    const auto feed = checkFeedJson(ledger(), names, *file);
    ASSERT_TRUE(feed);
    std::vector<std::string> kinds;
    for (const json &entry : (*feed)["entries"])
        kinds.push_back(entry["kind"]);
    EXPECT_EQ(kinds, (std::vector<std::string>{"sync", "comment", "hand"}));
    const auto track = checkTrackJson(ledger(), names, *file);
    ASSERT_TRUE(track);
    EXPECT_EQ((*track)["zhicha"]["none"], "no_track");
    const auto end = [&](const Uuid &device, const std::string &reason) {
        return endReading(intake(), actor(m_reviewer), check, device, reason);
    };
    EXPECT_EQ(end(m_tablet.id(), "").error().code, Code::InvalidArgument);
    EXPECT_EQ(end(newUuid(m_clock, m_random), "回避").error().code, Code::AlreadyDone);
    EXPECT_EQ(endReading(intake(), actor(m_reviewer), han, second.id(), "回避").error().code, Code::NotFound);
    EXPECT_EQ(endReading(intake(), actor(han), check, second.id(), "回避").error().code, Code::NotAllowed);
    ASSERT_TRUE(end(m_tablet.id(), "回避"));
    EXPECT_FALSE(ledger().inScope(m_tablet.id(), check).value());
    EXPECT_EQ(end(m_tablet.id(), "回避").error().code, Code::AlreadyDone);
    EXPECT_EQ(end(second.id(), "回避").error().code, Code::WrongUsage); // nobody would read it
    const auto nobody = handCheck(intake(), actor(m_reviewer), check, m_reviewer, "r");
    EXPECT_EQ(nobody.error().code, Code::WrongUsage);
}
} // namespace
