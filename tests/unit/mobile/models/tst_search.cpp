// Goal: 查档 finds what stands in the store, also right after it changed, and reading it never keeps the store from who
// records; the list of own checks that is kept in memory is what a reading of everything gives. Method: the real
// controller over a real store; the list is compared after every step with a second one that has just been made.
#include "mobile/models/search_controller.h"

#include "tests/unit/mobile/models/check_pages.h"

using namespace zhicha;
using namespace zhicha::test;

class Search : public CheckPages {
protected:
    Uuid startAnother() {
        CheckStart start;
        start.site = tablet.site;
        start.items = {tablet.item};
        start.noFixReason = "室内";
        return ask([&](StoreSession &session) { return session.recorder().startCheck(start); }).value();
    }
    Uuid record(const Uuid &of, const std::string &text) {
        FindingRecorded finding;
        finding.check = of;
        finding.severity = "major";
        finding.text = text;
        return ask([&](StoreSession &session) { return session.recorder().recordFinding(finding); }).value();
    }
    /** What the controller finds once it has seen everything that was recorded until now. */
    int found(SearchController &search, const QString &words) {
        app->noteRecorded();
        search.setQuery(words);
        // The store works in order: what was asked for before is answered before.
        for (int pieces = 0; pieces < 20; ++pieces)
            (void)ask([](StoreSession &session) { return session.store().chainHead(); });
        EXPECT_TRUE(eventually([&] { return search.complete(); }));
        return search.found();
    }
};

TEST_F(Search, followsWhatIsRecordedChangedAndTyped) {
    SearchController search;
    loaded(search);
    EXPECT_EQ(found(search, "护栏"), 0);
    const Uuid finding = record(idOf(check), "护栏未装");
    EXPECT_EQ(found(search, "护栏"), 1);
    const Uuid second = startAnother();
    record(second, "护栏松动");
    EXPECT_EQ(found(search, "护栏"), 2);
    ASSERT_TRUE(ask([&](StoreSession &session) { return session.recorder().voidEntity(finding, true, "记错"); }));
    EXPECT_EQ(found(search, "护栏"), 1);
    const Uuid draft = newUuid(systemClock(), systemRandom());
    const auto type = [&](const char *text) {
        return ask([&](StoreSession &session) {
                   return session.store().drafts().put({draft, kFindingDraft, idOf(check), {{"text", text}}, 1});
               })
            .has_value();
    };
    ASSERT_TRUE(type("护栏还在打字"));
    EXPECT_EQ(found(search, "护栏"), 2) << "a draft is found too";
    ASSERT_TRUE(type("改了"));
    EXPECT_EQ(found(search, "护栏"), 1) << "and what it said before is not";
    ASSERT_TRUE(ask([&](StoreSession &session) { return session.recorder().voidEntity(second, true, "重复"); }));
    EXPECT_EQ(found(search, "护栏"), 0) << "a void check is not listed";
}

TEST_F(Search, readsManyChecksInPiecesTheNewestFirst) {
    for (int i = 0; i < 50; ++i)
        record(startAnother(), "第 " + std::to_string(i) + " 次");
    SearchReader reader;
    int pieces = 0;
    std::size_t shown = 0;
    for (bool more = true; more; ++pieces) {
        auto piece = ask([&](StoreSession &session) { return reader.piece(session.store()); });
        ASSERT_TRUE(piece.has_value());
        more = piece->more;
        if (!piece->index)
            continue;
        ASSERT_GT(piece->index->entries.size(), shown);
        shown = piece->index->entries.size();
        EXPECT_TRUE(piece->index->entries.front()->lines.contains("第 49 次"));
        EXPECT_EQ(piece->index->complete, !more);
    }
    EXPECT_GE(pieces, 3) << "nobody waits for all of it";
    EXPECT_EQ(shown, 51U);
    const auto again = ask([&](StoreSession &session) { return reader.piece(session.store()); });
    EXPECT_FALSE(again->more);
}

TEST_F(Search, endsAlsoWithADraftInMoreChecksThanAPieceHas) {
    for (int i = 0; i < 30; ++i) {
        const Uuid of = startAnother();
        ASSERT_TRUE(ask([&](StoreSession &session) {
            return session.store().drafts().put(
                {newUuid(systemClock(), systemRandom()), kFindingDraft, of, {{"text", "护栏"}}, 1});
        }));
    }
    SearchController search;
    loaded(search);
    EXPECT_EQ(found(search, "护栏"), 30);
}

TEST_F(Search, ownChecksInMemoryAreThoseOfTheStore) {
    const auto same = [&] {
        return ask([](StoreSession &session) -> Result<bool> {
                   const Uuid device = session.store().identity()->device;
                   OwnChecks fresh(session.store().entities());
                   ZHICHA_ASSIGN(const auto kept, session.store().ownChecks().all(device));
                   ZHICHA_ASSIGN(const auto read, fresh.all(device));
                   return std::equal(kept.begin(), kept.end(), read.begin(), read.end(),
                                     [](const OwnCheck &a, const OwnCheck &b) {
                                         return a.id == b.id && a.known == b.known && a.finished == b.finished;
                                     });
               })
            .value();
    };
    const auto count = [&] {
        return ask([](StoreSession &session) {
                   return session.store().ownChecks().all(session.store().identity()->device);
               })
            .value()
            .size();
    };
    EXPECT_TRUE(same());
    const Uuid second = startAnother();
    EXPECT_EQ(count(), 2U);
    EXPECT_TRUE(same());
    ASSERT_TRUE(ask([&](StoreSession &session) { return session.recorder().voidEntity(second, true, "重复"); }));
    EXPECT_EQ(count(), 1U);
    EXPECT_TRUE(same());
    ASSERT_TRUE(ask([&](StoreSession &session) { return session.recorder().voidEntity(second, false, "没重复"); }));
    EXPECT_EQ(count(), 2U);
    EXPECT_TRUE(same());
    // Joined by its code, and not delivered to this tablet yet.
    const Uuid elsewhere = newUuid(systemClock(), systemRandom());
    (void)ask([&](StoreSession &session) { return session.recorder().joinCheck(elsewhere, std::nullopt); });
    EXPECT_TRUE(same());
}

TEST(EntityChangesTest, aReaderThatIsTooFarBehindReadsEverything) {
    EntityChanges changes;
    ChangeMark mark;
    EXPECT_FALSE(changes.since(mark)) << "a fresh reader has seen nothing";
    changes.note({Uuid{}, EntityType::Check, std::nullopt});
    EXPECT_EQ(changes.since(mark)->size(), 1U);
    EXPECT_EQ(changes.since(mark)->size(), 0U);
    for (std::size_t i = 0; i < EntityChanges::kMost; ++i)
        changes.note({Uuid{}, EntityType::Check, std::nullopt});
    EXPECT_FALSE(changes.since(mark));
    ChangeMark elsewhere = mark;
    EXPECT_FALSE(EntityChanges().since(elsewhere)) << "another store's mark says nothing here";
}
