// Goal: a verdict covers what the ledger holds when it is given, comes from somebody who was not there, and moves the
// check through its states. Method: a check of two tablets, reviewed in every state.
#include "sync-server/office/check_view.h"
#include "sync-server/office/review.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ReviewTest : public OfficeFixture {
protected:
    ReviewTest() {
        m_check = startCheck(m_tablet);
        m_finding = addFinding(m_tablet, m_check, "x");
        send(m_tablet);
    }
    std::string state() {
        const auto view = CheckLoader(ledger()).load(m_check);
        EXPECT_TRUE(view);
        return view ? std::string(checkStateName(view->state)) : "";
    }
    ReviewRequest accept() { return {toText(m_check), true, {}, {}}; }
    ReviewRequest giveBack(const std::string &text) { return {toText(m_check), false, {{text, m_finding, {}}}, {}}; }
    json review(const ReviewRequest &request, const Actor &actor = {}) {
        m_clock.advanceMs(1000);
        const auto answer = reviewCheck(intake(), actor, request);
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? *answer : json();
    }
    Code refusal(const ReviewRequest &request, const Actor &actor = {}) {
        const std::size_t before = log().size();
        const auto answer = reviewCheck(intake(), actor, request);
        EXPECT_FALSE(answer);
        EXPECT_EQ(log().size(), before);
        return answer ? Code::Internal : answer.error().code;
    }
    void finishAll() {
        finish(m_tablet, m_check);
        send(m_tablet);
    }

    Uuid m_inspector = person("张三", "inspector reviewer");
    TestDevice m_tablet = enrolled(m_inspector, 1);
    Uuid m_check;
    Uuid m_finding;
};

TEST_F(ReviewTest, acceptsAFinishedCheckByCodeOrUuid) {
    EXPECT_EQ(refusal(accept()), Code::WrongUsage);
    finishAll();
    EXPECT_EQ(state(), "to_review");
    ReviewRequest byNumber = accept();
    byNumber.check = "检〔2026〕0001";
    const json answer = review(byNumber);
    EXPECT_EQ(answer["state"], "accepted");
    EXPECT_EQ(answer["check"], toText(m_check));
    EXPECT_TRUE(answer["questions"].empty());
    const EntityRow row = rowOf(*uuidFromText(answer["review"].get<std::string>()));
    const cbor::Map &seen = *row.value("seen")->map();
    EXPECT_EQ(*(*seen.find(toHex(m_tablet.id().bytes))->second.array())[0].integer(), m_tablet.head().seq);
    EXPECT_EQ((*seen.find(toHex(m_tablet.id().bytes))->second.array())[1].digest(), m_tablet.head().h);
    EXPECT_TRUE(seen.contains(toHex(m_keys.device().bytes)));
}

TEST_F(ReviewTest, whatComesAfterAnAcceptanceReopensIt) {
    finishAll();
    review(accept());
    m_tablet.make("check.note", m_tablet.newId(), {{"check", m_check}, {"text", "补充"}});
    send(m_tablet);
    EXPECT_EQ(state(), "changed_after_acceptance");
    EXPECT_EQ(review(accept())["state"], "accepted");
    append({{"finding.amend", m_finding, {{"text", "y"}}, {{"text", rowOf(m_finding).field("text")->writes}}}});
    EXPECT_EQ(state(), "changed_after_acceptance");
}

TEST_F(ReviewTest, aReturnAsksAndAReplyAnswers) {
    finishAll();
    const json answer = review(giveBack("照片在哪里？"));
    EXPECT_EQ(answer["state"], "returned");
    ASSERT_EQ(answer["questions"].size(), 1u);
    EXPECT_EQ(answer["questions"][0]["about"], toText(m_finding));
    const Uuid question = *uuidFromText(answer["questions"][0]["id"].get<std::string>());
    m_tablet.make("check.reply", m_tablet.newId(), {{"check", m_check}, {"question", question}, {"text", "在此"}});
    send(m_tablet);
    EXPECT_EQ(state(), "replied");
    EXPECT_EQ(review(accept())["state"], "accepted");
}

TEST_F(ReviewTest, theSameIdIsTheSameAnswer) {
    finishAll();
    ReviewRequest request = giveBack("?");
    request.id = Uuid{{7}};
    const json first = review(request);
    const std::size_t operations = log().size();
    EXPECT_EQ(review(request), first);
    EXPECT_EQ(log().size(), operations);
    request.questions[0].text = "!";
    EXPECT_EQ(refusal(request), Code::AlreadyDone);
}

TEST_F(ReviewTest, nobodyReviewsACheckOfTheirOwn) {
    const Uuid joined = person("王五", "inspector reviewer");
    const Uuid signer = person("赵六", "inspector reviewer");
    TestDevice second = enrolled(joined, 3);
    TestDevice third = enrolled(signer, 4);
    second.make("check.join", second.newId(), {{"check", m_check}, {"by", "list"}});
    send(second);
    third.make("check.sign", third.newId(),
               {{"check", m_check}, {"upto", headsValue({{m_tablet.id(), m_tablet.head()}})}});
    send(third);
    finishAll();
    for (const Uuid &of : {m_inspector, joined, signer})
        EXPECT_EQ(refusal(accept(), actor(of)), Code::NotAllowed);
    EXPECT_EQ(refusal(accept(), actor(person("无", "mayor"))), Code::NotAllowed);
    review(accept(), actor(person("科长", "reviewer")));
}

TEST_F(ReviewTest, refusesRequestsThatMakeNoSense) {
    finishAll();
    ReviewRequest request = accept();
    request.questions.push_back({"?", {}, {}});
    EXPECT_EQ(refusal(request), Code::InvalidArgument);
    request = giveBack("");
    EXPECT_EQ(refusal(request), Code::InvalidArgument);
    request = giveBack("?");
    request.questions[0].about = Uuid{{3}};
    EXPECT_EQ(refusal(request), Code::NotFound);
    request.questions.clear();
    EXPECT_EQ(refusal(request), Code::InvalidArgument);
    request = accept();
    for (const char *none : {"", "检〔2026〕9999", "018f0000-0000-7000-8000-000000000000"}) {
        request.check = none;
        EXPECT_EQ(refusal(request), Code::NotFound);
    }
}

TEST_F(ReviewTest, noVerdictOverAnOpenConflict) {
    finishAll();
    m_tablet.make("finding.amend", m_finding, {{"severity", "major"}});
    send(m_tablet);
    EXPECT_EQ(state(), "conflict");
    EXPECT_EQ(refusal(accept()), Code::Conflict);
}

TEST_F(ReviewTest, aVerdictIsAllowedWhilePhotosArrive) {
    addPhoto(m_tablet, m_check, m_finding, Digest{1}, 10);
    finishAll();
    EXPECT_EQ(state(), "photos_arriving");
    EXPECT_EQ(review(accept())["state"], "accepted");
}

TEST_F(ReviewTest, anOfficeCorrectionDoesNotKeepACheckUnderWay) {
    append({{"finding.amend", m_finding, {{"text", "y"}}, {{"text", rowOf(m_finding).field("text")->writes}}}});
    finishAll();
    EXPECT_EQ(state(), "to_review");
}

TEST_F(ReviewTest, closingIsForALostTablet) {
    EXPECT_EQ(closeCheck(intake(), actor(m_inspector), toText(m_check), "").error().code, Code::InvalidArgument);
    EXPECT_EQ(closeCheck(intake(), actor(person("无", "mayor")), toText(m_check), "x").error().code, Code::NotAllowed);
    const auto closed = closeCheck(intake(), {}, toText(m_check), "平板遗失");
    ASSERT_TRUE(closed);
    EXPECT_EQ((*closed)["state"], "to_review");
    EXPECT_EQ(closeCheck(intake(), {}, toText(m_check), "x").error().code, Code::WrongUsage);
    EXPECT_EQ(review(accept())["state"], "accepted");
}

TEST_F(ReviewTest, aForkedTabletsWorkDoesNotFinishACheck) {
    TestDevice image = m_tablet;
    finishAll();
    EXPECT_EQ(state(), "to_review");
    addFinding(image, m_check, "z");
    submit(image, {image.cutRun()});
    EXPECT_EQ(state(), "under_way"); // the finish is disputed now
}
} // namespace
