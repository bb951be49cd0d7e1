// Goal: the state of a check is the first sentence of the design's list that applies.
// Method: closures made by hand, one fact changed at a time.
#include "shared/ledger/check_state.h"

#include "tests/support/ops/op_builder.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>

using namespace zhicha;
using namespace zhicha::test;

namespace {

constexpr Uuid kA{{0xa}};
constexpr Uuid kB{{0xb}};
constexpr Uuid kOffice{{0xf}};
constexpr Uuid kQuestion{{0x91}};

/** A closure under construction; rows stay where they are. */
class Closure {
public:
    EntityRow &check() {
        if (!m_check)
            m_check = EntityRow{EntityType::Check, Digest{1}, kA, Uuid{{1}}, {}};
        return *m_check;
    }
    EntityRow &row(EntityType type, const Uuid &device) {
        m_rows.push_back({type, Digest{2}, device, Uuid{{1}}, {}});
        return m_rows.back();
    }
    void wrote(const Uuid &device, std::int64_t seq, std::string_view kind, bool server = false) {
        m_view.operations.push_back({device, seq, kind, server});
        m_view.heads[device] = std::max(m_view.heads[device], seq);
    }
    void finish(const Uuid &device, std::int64_t seq) {
        row(EntityType::Finish, device);
        wrote(device, seq, "check.finish");
    }
    void sign(const Uuid &device, std::int64_t seq, const std::map<Uuid, ChainHead> &upto) {
        row(EntityType::Sign, device).fields = {{"upto", {headsValue(upto)}, {}}};
        wrote(device, seq, "check.sign");
    }
    EntityRow &review(const char *verdict, const std::map<Uuid, ChainHead> &seen) {
        EntityRow &made = row(EntityType::Review, kOffice);
        made.fields = {{"seen", {headsValue(seen)}, {}}, {"verdict", {verdict}, {}}};
        m_reviews.push_back(&made);
        wrote(kOffice, m_view.heads[kOffice] + 1, "check.review", true);
        return made;
    }
    void ask(EntityRow &review, const Uuid &question) {
        review.fields.push_back({"questions", {cbor::Array{cbor::Map{{"id", question}, {"text", "?"}}}}, {}});
    }
    EntityRow &reply(const Uuid &question) {
        EntityRow &made = row(EntityType::Reply, kA);
        made.fields = {{"question", {question}, {}}};
        wrote(kA, m_view.heads[kA] + 1, "check.reply");
        return made;
    }
    static void voided(EntityRow &row) { row.fields.push_back({"void", {true}, {Digest{3}}}); }
    static void contest(EntityRow &row) { row.fields.push_back({"text", {"a", "b"}, {Digest{3}, Digest{4}}}); }
    void missing(std::int64_t originals) { m_view.missingOriginals = originals; }
    void head(const Uuid &device, std::int64_t seq) { m_view.heads[device] = seq; }

    [[nodiscard]] CheckState state() const {
        ClosureView view = m_view;
        view.check = m_check ? &*m_check : nullptr;
        for (const EntityRow &row : m_rows)
            view.rows.push_back(&row);
        view.reviews = m_reviews;
        return checkState(view);
    }

private:
    std::optional<EntityRow> m_check;
    std::deque<EntityRow> m_rows;
    std::vector<const EntityRow *> m_reviews;
    ClosureView m_view;
};

/** Started, one finding, finished by A. */
Closure finished() {
    Closure c;
    c.check();
    c.wrote(kA, 1, "check.start");
    c.row(EntityType::Finding, kA);
    c.wrote(kA, 2, "finding.record");
    c.finish(kA, 3);
    return c;
}

TEST(CheckState, anOpenedAssignmentWithNothingRecordedIsOpened) {
    Closure c;
    EXPECT_EQ(c.state(), CheckState::Opened);
}

TEST(CheckState, aStartedCheckIsUnderWay) {
    Closure c;
    c.check();
    c.wrote(kA, 1, "check.start");
    EXPECT_EQ(c.state(), CheckState::UnderWay);
}

TEST(CheckState, orphansWithoutTheirStartAreUnderWay) {
    Closure c;
    c.row(EntityType::Finding, kB);
    c.wrote(kB, 1, "finding.record");
    EXPECT_EQ(c.state(), CheckState::UnderWay);
}

TEST(CheckState, aFinishedCheckIsToReview) {
    EXPECT_EQ(finished().state(), CheckState::ToReview);
}

TEST(CheckState, everyChainWithWorkMustFinish) {
    Closure c = finished();
    c.wrote(kB, 1, "check.join");
    EXPECT_EQ(c.state(), CheckState::ToReview);
    c.wrote(kB, 2, "comment.add");
    EXPECT_EQ(c.state(), CheckState::ToReview);
    c.wrote(kB, 3, "answer.give");
    EXPECT_EQ(c.state(), CheckState::UnderWay);
    c.finish(kB, 4);
    EXPECT_EQ(c.state(), CheckState::ToReview);
}

TEST(CheckState, aSignatureAloneIsNoWork) {
    Closure c = finished();
    c.sign(kB, 1, {{kA, {3, {}}}});
    EXPECT_EQ(c.state(), CheckState::ToReview);
}

TEST(CheckState, aCloseStandsForTheFinishOfALostTablet) {
    Closure c;
    c.check();
    c.wrote(kA, 1, "check.start");
    EntityRow &close = c.row(EntityType::Close, kOffice);
    c.wrote(kOffice, 1, "check.close", true);
    EXPECT_EQ(c.state(), CheckState::ToReview);
    Closure::voided(close);
    EXPECT_EQ(c.state(), CheckState::UnderWay);
}

TEST(CheckState, aFinishThatWasTakenBackDoesNotCount) {
    Closure c;
    c.check();
    c.wrote(kA, 1, "check.start");
    Closure::voided(c.row(EntityType::Finish, kA));
    c.wrote(kA, 2, "check.finish");
    c.wrote(kA, 3, "entity.void");
    EXPECT_EQ(c.state(), CheckState::UnderWay);
}

TEST(CheckState, theOfficesOwnWorkNeedsNoFinish) {
    for (const char *kind : {"check.number", "finding.amend", "answer.give", "entity.void", "photo.mismatch",
                             "check.correct", "photos.received", "scope.grant"}) {
        Closure c = finished();
        c.wrote(kOffice, 1, kind, true);
        EXPECT_EQ(c.state(), CheckState::ToReview) << kind;
    }
}

TEST(CheckState, whatFollowsAFinishIsACorrection) {
    Closure c = finished();
    c.wrote(kA, 4, "finding.amend");
    EXPECT_EQ(c.state(), CheckState::ToReview);
}

TEST(CheckState, aSignedHeadThatIsNotHereKeepsItUnderWay) {
    Closure c = finished();
    c.sign(kB, 1, {{kA, {5, {}}}});
    EXPECT_EQ(c.state(), CheckState::UnderWay);
    c.head(kA, 5);
    EXPECT_EQ(c.state(), CheckState::ToReview);
    c.sign(kB, 2, {{Uuid{{0xc}}, {1, {}}}});
    EXPECT_EQ(c.state(), CheckState::UnderWay);
}

TEST(CheckState, aMissingOriginalIsPhotosArriving) {
    Closure c = finished();
    c.missing(1);
    EXPECT_EQ(c.state(), CheckState::PhotosArriving);
    c.missing(0);
    EXPECT_EQ(c.state(), CheckState::ToReview);
    Closure open;
    open.check();
    open.wrote(kA, 1, "check.start");
    open.missing(1);
    EXPECT_EQ(open.state(), CheckState::UnderWay);
}

TEST(CheckState, aVerdictIsAllowedWhilePhotosArrive) {
    Closure c = finished();
    c.missing(1);
    c.review("accept", {{kA, {3, {}}}});
    EXPECT_EQ(c.state(), CheckState::Accepted);
}

TEST(CheckState, aReturnWaitsForAReplyToEachQuestion) {
    Closure c = finished();
    c.ask(c.review("return", {{kA, {3, {}}}}), kQuestion);
    EXPECT_EQ(c.state(), CheckState::Returned);
    c.reply(Uuid{{0x92}}); // to another question
    EXPECT_EQ(c.state(), CheckState::Returned);
    EntityRow &reply = c.reply(kQuestion);
    EXPECT_EQ(c.state(), CheckState::Replied);
    Closure::voided(reply);
    EXPECT_EQ(c.state(), CheckState::Returned);
}

TEST(CheckState, theLastVerdictCounts) {
    Closure c = finished();
    c.ask(c.review("return", {{kA, {3, {}}}}), kQuestion);
    EntityRow &accept = c.review("accept", {{kA, {3, {}}}});
    EXPECT_EQ(c.state(), CheckState::Accepted);
    Closure::voided(accept); // taken back: the return stands again
    EXPECT_EQ(c.state(), CheckState::Returned);
}

TEST(CheckState, whatTheAcceptanceDidNotSeeChangesIt) {
    for (const char *kind :
         {"check.start", "check.correct", "check.note", "check.reply", "answer.give", "attestation.say", "tally.count",
          "track.append", "photo.add", "photo.place", "finding.record", "finding.amend", "entity.void"}) {
        Closure c = finished();
        c.review("accept", {{kA, {3, {}}}});
        c.wrote(kA, 3, kind); // seen
        EXPECT_EQ(c.state(), CheckState::Accepted) << kind;
        c.wrote(kA, 4, kind);
        EXPECT_EQ(c.state(), CheckState::ChangedAfterAcceptance) << kind;
        Closure other = finished();
        other.review("accept", {{kA, {3, {}}}});
        other.wrote(kB, 1, kind); // of a chain that the review does not name
        EXPECT_EQ(other.state(), CheckState::ChangedAfterAcceptance) << kind;
    }
}

TEST(CheckState, theOfficesOwnChangeAndAMismatchCountAgainstAnAcceptance) {
    for (const char *kind : {"finding.amend", "photo.mismatch", "entity.void"}) {
        Closure c = finished();
        c.review("accept", {{kA, {3, {}}}, {kOffice, {1, {}}}});
        c.wrote(kOffice, 2, kind, true);
        EXPECT_EQ(c.state(), CheckState::ChangedAfterAcceptance) << kind;
        c.review("accept", {{kA, {3, {}}}, {kOffice, {2, {}}}});
        EXPECT_EQ(c.state(), CheckState::Accepted) << kind;
    }
}

TEST(CheckState, joinSignCommentFinishAndReceiptsDoNotChangeAnAcceptance) {
    for (const char *kind : {"check.join", "check.sign", "comment.add", "check.finish"}) {
        Closure c = finished();
        c.review("accept", {{kA, {3, {}}}});
        c.wrote(kA, 4, kind);
        EXPECT_EQ(c.state(), CheckState::Accepted) << kind;
    }
    Closure c = finished();
    c.review("accept", {{kA, {3, {}}}});
    c.wrote(kOffice, 9, "photos.received", true);
    EXPECT_EQ(c.state(), CheckState::Accepted);
}

TEST(CheckState, anOpenConflictComesBeforeEveryVerdict) {
    Closure c = finished();
    c.review("accept", {{kA, {3, {}}}});
    Closure::contest(c.row(EntityType::Answer, kA));
    EXPECT_EQ(c.state(), CheckState::ConflictOpen);
    Closure own = finished();
    Closure::contest(own.check());
    EXPECT_EQ(own.state(), CheckState::ConflictOpen);
}

TEST(CheckState, voidComesFirstButOnlyWhenUncontested) {
    Closure c = finished();
    Closure::contest(c.row(EntityType::Finding, kA));
    Closure::voided(c.check());
    EXPECT_EQ(c.state(), CheckState::Void);
    Closure disputed = finished();
    disputed.check().fields.push_back({"void", {false, true}, {Digest{3}, Digest{4}}});
    EXPECT_EQ(disputed.state(), CheckState::ConflictOpen);
}

TEST(CheckState, everyStateHasItsOwnName) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(CheckState::Void); ++i)
        EXPECT_TRUE(names.insert(checkStateName(static_cast<CheckState>(i))).second);
    EXPECT_EQ(checkStateName(CheckState::Void), "void");
    EXPECT_EQ(checkStateName(CheckState::Sealed), "sealed");
}

TEST(CheckState, headsThatAreNoneAreIgnored) {
    Closure c = finished();
    EntityRow &sign = c.row(EntityType::Sign, kB);
    sign.fields = {{"upto", {cbor::Map{{"not hex", cbor::Array{9}}, {toHex(kB.bytes), cbor::Array{}}}}, {}}};
    EXPECT_EQ(c.state(), CheckState::ToReview);
}

} // namespace
