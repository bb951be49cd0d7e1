// Goal: a run that decodes and whose signature fits is exactly what its device signed; readers of digests can check it
// too. Method: every bit of small runs flipped, elements removed, moved, added and cut, every part of the head changed,
// limits.
#include "shared/oplog/run.h"
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>

#include <limits>

namespace zhicha {
namespace {

using SignedRun = zhicha::Run; // Run alone is GoogleTest's within a test

const PublicKey &deviceKey() {
    static const PublicKey key = samples::sampleKey("device key").publicKey();
    return key;
}

/** As a receiver does it: decode, then the signature. */
bool holds(ByteView bytes) {
    const auto run = decodeRun(bytes);
    return run && runSignatureFits(run->bounds, deviceKey(), run->signature);
}

SignedRun mixedRun() {
    OperationBytes withheld = samples::sampleNote(2);
    withheld.body.reset();
    return samples::runOf(1, samples::sampleStart(),
                          {samples::elementOf(samples::sampleNote(1)),
                           samples::elementOf(withheld),
                           {std::nullopt, samples::sampleNote(3).digest()}});
}

TEST(Run, comesBackAsItWasEncoded) {
    const SignedRun run = mixedRun();
    const Bytes bytes = *encodeRun(run);
    const auto back = decodeRun(bytes);
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(back->bounds, run.bounds);
    EXPECT_EQ(back->signature, run.signature);
    ASSERT_EQ(back->elements.size(), 3u);
    EXPECT_EQ(back->elements[0].operation->body, samples::sampleNote(1).body);
    EXPECT_FALSE(back->elements[1].operation->body);
    EXPECT_FALSE(back->elements[2].operation);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(back->elements[i].d, run.elements[i].d);
    EXPECT_EQ(*encodeRun(*back), bytes);
    EXPECT_TRUE(holds(bytes));
}

TEST(Run, oneSignatureServesEveryFormOfItsElements) {
    const SignedRun whole = samples::sampleRun(1, 3);
    SignedRun digests = whole;
    for (RunElement &element : digests.elements)
        element.operation.reset();
    EXPECT_TRUE(holds(*encodeRun(whole)));
    EXPECT_TRUE(holds(*encodeRun(digests)));
}

TEST(Run, anUndecodableOperationDoesNotBreakItsNeighbours) {
    const SignedRun run = samples::runOf(1, samples::sampleStart(),
                                         {samples::elementOf(samples::sampleNote(1)),
                                          samples::elementOf(OperationBytes::of(Bytes{0xff}, Bytes{})),
                                          samples::elementOf(samples::sampleNote(3))});
    const auto back = decodeRun(*encodeRun(run));
    ASSERT_TRUE(back);
    EXPECT_TRUE(decodeEnvelope(back->elements[0].operation->envelope));
    EXPECT_FALSE(decodeEnvelope(back->elements[1].operation->envelope));
    EXPECT_TRUE(decodeEnvelope(back->elements[2].operation->envelope));
}

TEST(Run, consecutiveRunsContinueEachOther) {
    const SignedRun first = samples::sampleRun(1, 3);
    const SignedRun second = samples::sampleRun(4, 2);
    EXPECT_EQ(second.bounds.before, first.bounds.h);
    EXPECT_EQ(second.bounds.first, first.bounds.last + 1);
}

TEST(Run, everySingleBitIsCovered) {
    for (const SignedRun &run : {mixedRun(), samples::sampleRun(3, 2)}) {
        const Bytes bytes = *encodeRun(run);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit)
            ASSERT_FALSE(holds(arbitrary::withBitFlipped(bytes, bit))) << "bit " << bit;
    }
}

TEST(Run, noProperPrefixAndNoExtensionHolds) {
    Bytes bytes = *encodeRun(mixedRun());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_FALSE(decodeRun(ByteView(bytes).first(size))) << size;
    bytes.push_back(0);
    EXPECT_FALSE(decodeRun(bytes));
}

TEST(Run, changesOfElementsAreDetected) {
    EXPECT_TRUE(rc::check("removed, swapped, inserted, repeated, cut off", [] {
        const auto count = *rc::gen::inRange<std::int64_t>(2, 12);
        SignedRun run = samples::sampleRun(1, count);
        auto &elements = run.elements;
        const auto at = static_cast<std::size_t>(*rc::gen::inRange<std::int64_t>(0, count));
        const auto other = static_cast<std::size_t>(*rc::gen::inRange<std::int64_t>(0, count));
        const auto place = elements.begin() + static_cast<std::ptrdiff_t>(at);
        switch (*rc::gen::inRange(0, 5)) {
        case 0:
            elements.erase(place);
            break;
        case 1:
            RC_PRE(at != other);
            std::swap(elements[at], elements[other]);
            break;
        case 2:
            elements.insert(place, samples::elementOf(samples::sampleNote(count + 1)));
            break;
        case 3:
            elements.insert(place, elements[other]);
            break;
        default:
            elements.resize(std::max<std::size_t>(at, 1));
            break;
        }
        const auto bytes = encodeRun(run);
        RC_ASSERT(bytes.has_value());
        RC_ASSERT(!holds(*bytes));
        // Nor does a new head help: the signature covers it.
        for (run.bounds.h = run.bounds.before, run.bounds.last = 0; const RunElement &element : elements)
            run.bounds.h = chainNext(run.bounds.h, element.d);
        RC_ASSERT(!holds(*encodeRun(run)));
    }));
}

TEST(Run, everyPartOfTheBoundsIsSigned) {
    const RunBounds bounds = samples::sampleRun(2, 3).bounds;
    const SigningKey key = samples::sampleKey("device key");
    const Signature signature = signRun(bounds, key);
    EXPECT_TRUE(runSignatureFits(bounds, deviceKey(), signature));
    const auto changed = [&](auto change) {
        RunBounds other = bounds;
        change(other);
        return !runSignatureFits(other, deviceKey(), signature);
    };
    EXPECT_TRUE(changed([](RunBounds &b) { b.ledger.bytes[0] ^= 1; }));
    EXPECT_TRUE(changed([](RunBounds &b) { b.suite = 2; }));
    EXPECT_TRUE(changed([](RunBounds &b) { b.device.bytes[15] ^= 1; }));
    EXPECT_TRUE(changed([](RunBounds &b) { ++b.first; }));
    EXPECT_TRUE(changed([](RunBounds &b) { --b.last; }));
    EXPECT_TRUE(changed([](RunBounds &b) { b.before[31] ^= 1; }));
    EXPECT_TRUE(changed([](RunBounds &b) { b.h[0] ^= 0x80; }));
    EXPECT_FALSE(runSignatureFits(bounds, samples::sampleKey("another key").publicKey(), signature));
}

TEST(Run, aSignatureForAnotherPurposeDoesNotServe) {
    SignedRun run = samples::sampleRun(1, 1);
    for (const char *purpose : {"keys", "enrol", "session", "join", "", "run2"}) {
        run.signature = samples::sampleKey("device key").signFor(purpose, runSignedContent(run.bounds));
        EXPECT_FALSE(holds(*encodeRun(run))) << purpose;
    }
}

TEST(Run, holdsOneToFiveHundredOperations) {
    SignedRun run = samples::sampleRun(1, 1);
    const RunElement element{std::nullopt, samples::seeded("d")};
    run.elements.clear();
    EXPECT_FALSE(encodeRun(run));
    run = samples::runOf(1, samples::sampleStart(), std::vector<RunElement>(kMaxRunOperations, element));
    EXPECT_TRUE(holds(*encodeRun(run)));
    run.elements.push_back(element);
    EXPECT_FALSE(encodeRun(run));
}

TEST(Run, takesAtMost512KiB) {
    std::vector<RunElement> elements;
    for (std::int64_t seq = 1; seq <= 9; ++seq)
        elements.push_back(samples::elementOf(samples::sampleNote(seq, std::string(60'000, 'x'))));
    EXPECT_FALSE(encodeRun(samples::runOf(1, samples::sampleStart(), elements)));
    elements.pop_back();
    EXPECT_TRUE(holds(*encodeRun(samples::runOf(1, samples::sampleStart(), elements))));
    EXPECT_FALSE(decodeRun(Bytes(kMaxRunBytes + 1)));
}

/** A run as plain CBOR, to be bent. */
cbor::Array plainRun() {
    return *cbor::decode(*encodeRun(samples::sampleRun(1, 2)))->array();
}

TEST(Run, headsThatAreNoneAreRefused) {
    const auto refused = [](std::size_t part, cbor::Value value) {
        cbor::Array parts = plainRun();
        parts[part] = std::move(value);
        return !decodeRun(cbor::encode(parts));
    };
    EXPECT_TRUE(decodeRun(cbor::encode(plainRun())));
    EXPECT_TRUE(refused(0, Bytes(15)));
    EXPECT_TRUE(refused(1, 0));
    EXPECT_TRUE(refused(1, 256));
    EXPECT_TRUE(refused(1, -1));
    EXPECT_TRUE(refused(3, 0));
    EXPECT_TRUE(refused(3, -5));
    EXPECT_TRUE(refused(4, Bytes(31)));
    EXPECT_TRUE(refused(5, cbor::Array{}));
    EXPECT_TRUE(refused(5, cbor::Array{1, 2}));
    EXPECT_TRUE(refused(7, Bytes(63)));
    cbor::Array longer = plainRun();
    longer.emplace_back(0);
    EXPECT_FALSE(decodeRun(cbor::encode(longer)));
}

TEST(Run, sequencesPastTheRangeAreRefused) {
    cbor::Array parts = plainRun();
    for (const std::int64_t less : {0, 1}) {
        parts[3] = std::numeric_limits<std::int64_t>::max() - less;
        EXPECT_FALSE(decodeRun(cbor::encode(parts))) << less;
    }
}

TEST(Run, elementsThatAreNoneAreRefused) {
    const auto refused = [](const cbor::Value &element) {
        cbor::Array parts = plainRun();
        cbor::Array elements = *parts[5].array();
        elements[0] = cbor::encode(element);
        parts[5] = elements;
        const auto run = decodeRun(cbor::encode(parts));
        return !run && run.error().code != Code::BadProof;
    };
    const Bytes envelope = samples::sampleNote(1).envelope;
    EXPECT_TRUE(refused(cbor::Array{}));
    EXPECT_TRUE(refused(cbor::Array{envelope}));
    EXPECT_TRUE(refused(cbor::Array{envelope, cbor::Value()}));
    EXPECT_TRUE(refused(cbor::Array{envelope, cbor::Value(), Bytes(31)}));
    EXPECT_TRUE(refused(cbor::Array{envelope, Bytes{}, Bytes(32)}));
    EXPECT_TRUE(refused(cbor::Array{envelope, cbor::Value(), Bytes(32), 0}));
    EXPECT_TRUE(refused(Bytes(31)));
    EXPECT_TRUE(refused(5));
    EXPECT_TRUE(refused(cbor::Array{Bytes(40'000), Bytes(30'000)})) << "past 64 KiB";
}

} // namespace
} // namespace zhicha
