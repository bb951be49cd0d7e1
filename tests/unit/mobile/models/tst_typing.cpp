// Goal: what is typed is never lost to what comes from the store: typed before the page has read, while it reads again,
// while an operation is on its way, or when the page is left before it knew anything. Method: the real controllers over
// the real store; nothing is waited for before the typing, so that every answer of the store comes after it.
#include "mobile/models/answer_controller.h"
#include "mobile/models/finding_controller.h"
#include "mobile/models/returned_controller.h"
#include "mobile/models/ui.h"

#include "tests/unit/mobile/models/check_pages.h"

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr int kCritical = static_cast<int>(ui::Severity::Critical);
constexpr int kMinor = static_cast<int>(ui::Severity::Minor);
} // namespace

class Typing : public CheckPages {
protected:
    void SetUp() override {
        CheckPages::SetUp();
        id = newUuid(systemClock(), systemRandom());
    }
    void putDraft(const char *kind, cbor::Map content) {
        ASSERT_TRUE(ask([&](StoreSession &session) {
                        return session.store().drafts().put({id, kind, idOf(check), content, 1});
                    }).has_value());
    }
    std::string onDisk(const char *field = "text") {
        const auto draft = ask([&](StoreSession &session) { return session.store().drafts().get(id); });
        return draft && *draft ? draftText(**draft, field) : std::string();
    }
    std::unique_ptr<FindingController> findingPage() {
        auto page = std::make_unique<FindingController>();
        page->setCheck(check);
        page->setFinding(textOf(id));
        return page;
    }
    std::unique_ptr<FindingController> recordedPage() {
        auto page = findingPage();
        loaded(*page);
        page->setText("排水沟盖板缺失 6 块");
        page->setSeverity(kCritical);
        page->record();
        EXPECT_TRUE(eventually([&] { return page->recorded(); }));
        return page;
    }
    std::unique_ptr<AnswerController> answerPage() {
        auto page = std::make_unique<AnswerController>();
        page->setProperty("check", check);
        page->setProperty("item", textOf(tablet.item));
        page->setProperty("question", 0);
        return page;
    }
    std::string recordedNote() {
        const auto reading = ask([&](StoreSession &session) { return readCheck(session.store(), idOf(check)); });
        return reading->items.front().answers[0].note;
    }
    Uuid id;
};

TEST_F(Typing, aKeyBeforeTheStoreAnsweredGoesBehindTheDraftOnDisk) {
    putDraft(kFindingDraft, {{"text", "排水沟盖板"}, {"severity", "critical"}, {"how_taken", "disclosed"}});
    const auto page = findingPage();
    page->setText("缺失");
    loaded(*page);
    EXPECT_EQ(page->text(), "排水沟盖板缺失");
    EXPECT_EQ(page->severity(), kCritical);
    EXPECT_EQ(page->obtained(), static_cast<int>(ui::Obtained::Disclosed));
    EXPECT_TRUE(eventually([&] { return onDisk() == "排水沟盖板缺失"; }));
    EXPECT_EQ(onDisk("severity"), "critical");
}

TEST_F(Typing, aSeverityChosenBeforeTheStoreAnsweredIsTheNewerOne) {
    putDraft(kFindingDraft, {{"text", "排水沟盖板"}, {"severity", "critical"}});
    const auto page = findingPage();
    page->setSeverity(kMinor);
    loaded(*page);
    EXPECT_EQ(page->severity(), kMinor);
    EXPECT_EQ(page->text(), "排水沟盖板");
    EXPECT_TRUE(eventually([&] { return onDisk("severity") == "minor"; }));
    EXPECT_EQ(onDisk(), "排水沟盖板");
}

TEST_F(Typing, aPageThatIsLeftBeforeTheStoreAnsweredKeepsBoth) {
    putDraft(kFindingDraft, {{"text", "排水沟盖板"}, {"severity", "critical"}});
    findingPage()->setText("缺失"); // and gone
    EXPECT_EQ(onDisk(), "排水沟盖板缺失");
    EXPECT_EQ(onDisk("severity"), "critical") << "what was not chosen here stays";
}

TEST_F(Typing, aPhotoOnlyDraftDoesNotEmptyWhatIsTyped) {
    putDraft(kFindingDraft, {{"text", ""}, {"photos", cbor::Array{cbor::Value(id)}}});
    const auto page = findingPage();
    page->setText("缺失");
    loaded(*page);
    EXPECT_EQ(page->text(), "缺失");
    ASSERT_TRUE(eventually([&] { return onDisk() == "缺失"; }));
    const auto draft = ask([&](StoreSession &session) { return session.store().drafts().get(id); });
    EXPECT_TRUE((*draft)->content.contains("photos"));
}

TEST_F(Typing, recordingWaitsForWhatStandsInTheStore) {
    putDraft(kFindingDraft, {{"text", "排水沟盖板"}, {"severity", "critical"}});
    const auto page = findingPage();
    page->setText("缺失");
    page->record(); // the severity is not known yet
    ASSERT_TRUE(eventually([&] { return page->recorded(); }));
    EXPECT_EQ(page->text(), "排水沟盖板缺失");
    EXPECT_EQ(page->severity(), kCritical);
    EXPECT_EQ(onDisk(), "") << "the draft became the operation";
}

TEST_F(Typing, aDraftOfACheckThatIsNotHereIsShownAndKept) {
    putDraft(kFindingDraft, {{"text", "排水沟盖板"}});
    const QString nowhere = textOf(newUuid(systemClock(), systemRandom()));
    {
        FindingController page;
        page.setCheck(nowhere);
        page.setFinding(textOf(id));
        page.setText("缺失");
        loaded(page);
        EXPECT_FALSE(page.trouble().isEmpty());
        EXPECT_EQ(page.text(), "排水沟盖板缺失");
    }
    EXPECT_EQ(onDisk(), "排水沟盖板缺失");
}

TEST_F(Typing, aCorrectionIsADraftThatSurvivesReadingAgainAndTheApp) {
    auto page = recordedPage();
    page->setAmending(true);
    page->setAmendText("排水沟盖板缺失 7 块");
    page->setAmendReason("数错");
    page->reload(); // as a sync that ended makes it
    ASSERT_TRUE(eventually([&] { return onDisk() == "排水沟盖板缺失 7 块"; }));
    EXPECT_EQ(page->amendText(), "排水沟盖板缺失 7 块");
    EXPECT_EQ(page->text(), "排水沟盖板缺失 6 块") << "nothing changes before the reason is given";
    page->setAmendReason("数错了");
    page.reset(); // the tablet dies; the page is left before the next save was due
    page = findingPage();
    loaded(*page);
    ASSERT_TRUE(page->amending());
    EXPECT_EQ(page->amendText(), "排水沟盖板缺失 7 块");
    EXPECT_EQ(page->amendReason(), "数错了");
    page->amend("数错了", page->amendText(), page->amendSeverity());
    ASSERT_TRUE(eventually([&] { return page->text() == "排水沟盖板缺失 7 块"; }));
    EXPECT_FALSE(page->amending());
    EXPECT_EQ(onDisk(), "");
}

TEST_F(Typing, aCorrectionThatIsDroppedLeavesTheFindingAndNoDraft) {
    const auto page = recordedPage();
    page->setAmending(true);
    page->setAmendText("别的");
    ASSERT_TRUE(eventually([&] { return onDisk() == "别的"; }));
    page->setAmending(false);
    EXPECT_EQ(onDisk(), "");
    EXPECT_EQ(page->text(), "排水沟盖板缺失 6 块");
}

TEST_F(Typing, aNoteTypedBeforeTheStoreAnsweredGoesBehindTheRecordedOne) {
    {
        const auto page = answerPage();
        loaded(*page);
        page->setNote("步道已通");
    }
    ASSERT_EQ(recordedNote(), "步道已通");
    {
        const auto page = answerPage();
        page->setNote("，排水未完");
        loaded(*page);
        EXPECT_EQ(page->note(), "步道已通，排水未完");
    }
    EXPECT_EQ(recordedNote(), "步道已通，排水未完");
    answerPage()->setNote("，明日再来"); // left before anything was read
    EXPECT_EQ(recordedNote(), "步道已通，排水未完，明日再来");
}

TEST_F(Typing, anAnswerGivenWhileTheNoteIsTypedDoesNotEndItsDraft) {
    const auto page = answerPage();
    loaded(*page);
    page->setNote("步道已通");
    ASSERT_TRUE(eventually([&] { return page->draft()->state() == static_cast<int>(ui::Save::Saved); }));
    page->choose(static_cast<int>(ui::Answer::Yes));
    ASSERT_TRUE(eventually([&] { return page->value() == static_cast<int>(ui::Answer::Yes); }));
    const auto drafts = ask([](StoreSession &session) { return session.store().drafts().all(); });
    ASSERT_EQ(drafts->size(), 1u) << "killed now, the note would be gone";
    EXPECT_EQ(draftText(drafts->front(), "note"), "步道已通");
    EXPECT_EQ(page->note(), "步道已通");
}

TEST_F(Typing, whatIsReadWhileTheNoteIsOnItsWayIsOlder) {
    const auto page = answerPage();
    loaded(*page);
    page->setNote("步道已通");
    page->reload(); // this reading does not know the note yet
    page->leave();  // the field lost its focus
    page->setNote("步道已通，排水未完");
    ASSERT_TRUE(eventually([&] { return recordedNote() == "步道已通"; }));
    EXPECT_EQ(page->note(), "步道已通，排水未完");
    page->leave();
    ASSERT_TRUE(eventually([&] { return recordedNote() == "步道已通，排水未完"; }));
    const auto drafts = ask([](StoreSession &session) { return session.store().drafts().all(); });
    EXPECT_TRUE(drafts->empty());
}

TEST_F(Typing, anAnswerToTheOfficeTypedBeforeTheStoreAnsweredStays) {
    putDraft("reply", {{"text", "盖板已补"}});
    {
        ReturnedController page;
        page.setProperty("check", check);
        page.setProperty("question", textOf(id));
        page.setText("，见照片");
        loaded(page);
        EXPECT_EQ(page.text(), "盖板已补，见照片");
    }
    EXPECT_EQ(onDisk(), "盖板已补，见照片");
}
