// Goal: what the tests' builder makes is what the product would make, so that tests of the fold test the product.
// Method: compare its bytes with encodeOperation, decode its runs and verify their signature, compare two equal seeds.
#include "tests/support/ops/op_builder.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr Uuid kLedger{{1, 2, 3}};

TEST(OpBuilder, itsBytesAreThoseOfTheProduct) {
    TestClock clock;
    TestDevice tablet(kLedger, 1, clock);
    const Uuid check = tablet.newId();
    const MadeOperation made =
        tablet.make("finding.record", tablet.newId(), {{"check", check}, {"severity", "minor"}, {"text", "x"}},
                    {{"text", {Digest{2}, Digest{1}, Digest{2}}}});
    const auto envelope = decodeEnvelope(made.bytes.envelope);
    const auto body = decodeBody(*made.bytes.body);
    ASSERT_TRUE(envelope && body);
    EXPECT_EQ(envelope->base.at("text"), (std::vector<Digest>{Digest{1}, Digest{2}}));
    EXPECT_TRUE(envelope->base.at("severity").empty());
    EXPECT_EQ(operationProblem(kLedger, *envelope, *body), std::nullopt);
    const auto again = encodeOperation(*envelope, *body);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->envelope, made.bytes.envelope);
    EXPECT_EQ(again->body, made.bytes.body);
}

TEST(OpBuilder, itsRunsDecodeAndVerify) {
    TestClock clock;
    TestDevice tablet(kLedger, 2, clock);
    for (int i = 0; i < 3; ++i)
        tablet.make("check.finish", tablet.newId(), {{"check", tablet.newId()}});
    const zhicha::Run first = tablet.cutRun();
    tablet.make("check.finish", tablet.newId(), {{"check", tablet.newId()}});
    const zhicha::Run second = tablet.cutRun();
    EXPECT_EQ(second.bounds.first, 4);
    EXPECT_EQ(second.bounds.before, first.bounds.h);
    for (const zhicha::Run *run : {&first, &second}) {
        const auto bytes = encodeRun(*run);
        ASSERT_TRUE(bytes);
        const auto decoded = decodeRun(*bytes);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->bounds, run->bounds);
        EXPECT_TRUE(runSignatureFits(decoded->bounds, tablet.key().publicKey(), decoded->signature));
    }
}

TEST(OpBuilder, equalSeedsGiveEqualBytesAndACopyForks) {
    TestClock clock;
    TestDevice one(kLedger, 3, clock);
    TestDevice other(kLedger, 3, clock);
    EXPECT_EQ(one.id(), other.id());
    const Uuid id = one.newId();
    EXPECT_EQ(id, other.newId());
    EXPECT_EQ(one.make("check.finish", id, {{"check", id}}).d, other.make("check.finish", id, {{"check", id}}).d);
    TestDevice image = one;
    const MadeOperation left = one.make("check.finish", id, {{"check", id}});
    const MadeOperation right = image.make("comment.add", id, {{"text", "x"}, {"about", cbor::Map{{"entity", id}}}});
    EXPECT_EQ(left.seq, right.seq);
    EXPECT_NE(left.d, right.d);
}
} // namespace
