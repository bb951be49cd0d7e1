// Goal: an operation reads back as what was written, its digest covers every byte, its base and id follow the rules,
// and what a later version adds to the envelope makes it undecodable instead of misread. Method: one operation of every
// kind, random bit flips, and envelopes bent in each way that the format forbids.
#include "shared/oplog/operation.h"
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/vectors.h"

#include <gtest/gtest.h>

#include <set>

namespace zhicha {
namespace {

using cbor::Array;
using cbor::Map;
using cbor::Value;

const KindInfo &finding() {
    return *findKind("finding.record");
}
Envelope findingEnvelope() {
    return samples::sampleEnvelope(finding(), samples::sampleFields(finding()), 5);
}
Body findingBody() {
    return samples::sampleBody(samples::sampleFields(finding()), 5);
}
Code codeOf(const Result<OperationBytes> &result) {
    return result ? Code::Internal : result.error().code;
}

TEST(Operation, everyKindReadsBackAsWritten) {
    std::int64_t seq = 0;
    for (const KindInfo &kind : allKinds()) {
        if (!kind.interpreted)
            continue;
        const Map fields = samples::sampleFields(kind);
        const Envelope envelope = samples::sampleEnvelope(kind, fields, ++seq);
        const Body body = samples::sampleBody(fields, seq);
        const auto bytes = encodeOperation(envelope, body);
        ASSERT_TRUE(bytes) << kind.name << ": " << bytes.error().detail;
        const auto readEnvelope = decodeEnvelope(bytes->envelope);
        const auto readBody = decodeBody(*bytes->body);
        ASSERT_TRUE(readEnvelope && readBody) << kind.name;
        EXPECT_EQ(*readEnvelope, envelope) << kind.name;
        EXPECT_EQ(*readBody, body) << kind.name;
        EXPECT_EQ(operationProblem(samples::sampleLedger(), envelope, body), std::nullopt) << kind.name;
    }
}

TEST(Operation, equalOperationsHaveEqualBytes) {
    const auto a = encodeOperation(findingEnvelope(), findingBody());
    const auto b = encodeOperation(findingEnvelope(), findingBody());
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->envelope, b->envelope);
    EXPECT_EQ(a->body, b->body);
    EXPECT_EQ(a->digest(), b->digest());
}

TEST(Operation, theDigestOfAWithheldBodyIsTheSame) {
    OperationBytes bytes = *encodeOperation(findingEnvelope(), findingBody());
    const Digest d = bytes.digest();
    bytes.body.reset();
    EXPECT_EQ(bytes.digest(), d);
}

TEST(Operation, moreThan64KiBIsRefused) {
    const KindInfo &kind = *findKind("check.note");
    const auto encoded = [&](std::size_t size) {
        const Map fields{{"check", samples::sampleId("check")}, {"text", std::string(size, 'x')}};
        return encodeOperation(samples::sampleEnvelope(kind, fields, 1), samples::sampleBody(fields, 1));
    };
    const std::size_t overhead = [&] {
        const OperationBytes op = *encoded(60'000);
        return op.envelope.size() + op.body->size() - 60'000;
    }();
    EXPECT_TRUE(encoded(kMaxOperationBytes - overhead));
    EXPECT_EQ(codeOf(encoded(kMaxOperationBytes - overhead + 1)), Code::TooLarge);
    EXPECT_FALSE(decodeEnvelope(Bytes(kMaxOperationBytes + 1)));
    EXPECT_FALSE(decodeBody(Bytes(kMaxOperationBytes + 1)));
}

TEST(Operation, whatCouldNotBeReadBackIsNotWritten) {
    Body body = findingBody();
    body.fields["text"] = std::string("\xff");
    EXPECT_EQ(codeOf(encodeOperation(findingEnvelope(), body)), Code::InvalidArgument) << "text that is no UTF-8";
    body = findingBody();
    Value deep = 1;
    for (int i = 0; i <= cbor::kMaxDepth; ++i)
        deep = Array{deep};
    body.fields["later"] = deep;
    EXPECT_EQ(codeOf(encodeOperation(findingEnvelope(), body)), Code::InvalidArgument) << "too deep";
    Envelope envelope = findingEnvelope();
    envelope.seq = 0;
    EXPECT_EQ(codeOf(encodeOperation(envelope, findingBody())), Code::InvalidArgument) << "seq 0";
    envelope = findingEnvelope();
    envelope.base["text"] = {samples::seeded("a"), samples::seeded("a")};
    EXPECT_EQ(codeOf(encodeOperation(envelope, findingBody())), Code::InvalidArgument) << "a digest twice";
    envelope = findingEnvelope();
    envelope.time.boot = "\xc0";
    EXPECT_EQ(codeOf(encodeOperation(envelope, findingBody())), Code::InvalidArgument) << "boot that is no UTF-8";
}

TEST(Operation, unknownAndReservedKindsAreNotWritten) {
    Envelope envelope = findingEnvelope();
    for (const char *kind : {"finding.later", "draw.commit", ""}) {
        envelope.kind = kind;
        EXPECT_EQ(codeOf(encodeOperation(envelope, findingBody())), Code::InvalidArgument) << kind;
    }
}

TEST(Operation, keysOfTheBaseAreExactlyTheMergedFieldsWritten) {
    const auto problem = [](const Base &base) {
        Envelope envelope = findingEnvelope();
        envelope.base = base;
        const bool written = encodeOperation(envelope, findingBody()).has_value();
        const bool fine = !operationProblem(samples::sampleLedger(), envelope, findingBody());
        EXPECT_EQ(written, fine);
        return !fine;
    };
    EXPECT_FALSE(problem({{"item", {}}, {"severity", {}}, {"text", {}}}));
    EXPECT_TRUE(problem({}));
    EXPECT_TRUE(problem({{"item", {}}, {"severity", {}}}));
    EXPECT_TRUE(problem({{"item", {}}, {"severity", {}}, {"text", {}}, {"check", {}}}));
    EXPECT_TRUE(problem({{"item", {}}, {"severity", {}}, {"text", {}}, {"no_field", {}}}));
    EXPECT_TRUE(problem({{"item", {}}, {"severity", {}}, {"check", {}}}));
}

TEST(Operation, aBaseOfAFieldThatIsNotWrittenIsAProblem) {
    Body body = findingBody();
    body.fields.erase("item");
    EXPECT_TRUE(operationProblem(samples::sampleLedger(), findingEnvelope(), body));
    Envelope envelope = findingEnvelope();
    envelope.base.erase("item");
    EXPECT_EQ(operationProblem(samples::sampleLedger(), envelope, body), std::nullopt);
}

TEST(Operation, unknownKeysOfTheBodyAreKept) {
    Body body = findingBody();
    body.fields["later"] = Array{1, "kept"};
    const auto bytes = encodeOperation(findingEnvelope(), body);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(decodeBody(*bytes->body)->fields.at("later"), Value(Array{1, "kept"}));
    EXPECT_EQ(operationProblem(samples::sampleLedger(), findingEnvelope(), body), std::nullopt);
}

TEST(Operation, bentEnvelopesAndBodiesAreUndecodable) {
    const auto vectors = vectors::operationVectors();
    EXPECT_GE(vectors["undecodable"].size(), 20u);
    for (const auto &bad : vectors["undecodable"]) {
        const bool envelope = decodeEnvelope(fromHex(bad["envelope"].get<std::string>()).value()).has_value();
        const bool body = decodeBody(fromHex(bad["body"].get<std::string>()).value()).has_value();
        EXPECT_FALSE(envelope && body) << bad["why"];
        EXPECT_TRUE(envelope || body) << bad["why"] << ": the other half is fine";
    }
    for (const char *list : {"without_effect", "fine_all_the_same"})
        for (const auto &op : vectors[list]) {
            const auto envelope = decodeEnvelope(fromHex(op["envelope"].get<std::string>()).value());
            const auto body = decodeBody(fromHex(op["body"].get<std::string>()).value());
            ASSERT_TRUE(envelope && body) << op["why"];
            EXPECT_EQ(operationProblem(samples::sampleLedger(), *envelope, *body).has_value(),
                      std::string_view(list) == "without_effect")
                << op["why"];
        }
}

TEST(Operation, whateverDecodesIsTheOneEncodingOfIt) {
    // Otherwise two different operations would show the same content.
    const OperationBytes op = *encodeOperation(findingEnvelope(), findingBody());
    EXPECT_TRUE(rc::check("a flipped bit changes what is read, or is refused", [&] {
        const auto bit = *rc::gen::inRange<std::size_t>(0, op.envelope.size() * 8);
        const Bytes bent = arbitrary::withBitFlipped(op.envelope, bit);
        if (const auto envelope = decodeEnvelope(bent))
            RC_ASSERT(!(*envelope == findingEnvelope()));
    }));
}

TEST(DerivedIds, areVersion8AndDependOnEveryPart) {
    const Uuid ledger = samples::sampleLedger();
    const Uuid check = samples::sampleId("check");
    const Uuid item = samples::sampleId("item");
    std::set<Uuid> ids;
    std::size_t made = 0;
    const auto add = [&](const Uuid &id) {
        EXPECT_EQ(id.bytes[6] >> 4, 8);
        EXPECT_EQ(id.bytes[8] >> 6, 2);
        ids.insert(id);
        ++made;
    };
    add(derivedId(ledger, "unit", "u1"));
    add(derivedId(ledger, "unit", "u2"));
    add(derivedId(ledger, "site", "u1"));
    add(derivedId(check, "unit", "u1"));
    add(answerId(ledger, check, item, "satisfied"));
    add(answerId(ledger, check, std::nullopt, "satisfied"));
    add(answerId(ledger, check, item, "rectified"));
    add(answerId(ledger, item, check, "satisfied"));
    for (std::int64_t clause = 1; clause <= 6; ++clause)
        add(attestationId(ledger, check, clause));
    EXPECT_EQ(ids.size(), made);
    EXPECT_EQ(derivedId(ledger, "unit", "u1"), derivedId(ledger, "unit", "u1"));
}

TEST(DerivedIds, anAnswerOrAttestationUnderAnotherIdHasNoEffect) {
    for (const char *name : {"answer.give", "attestation.say"}) {
        const KindInfo &kind = *findKind(name);
        const Map fields = samples::sampleFields(kind);
        Envelope envelope = samples::sampleEnvelope(kind, fields, 1);
        EXPECT_FALSE(operationProblem(samples::sampleLedger(), envelope, samples::sampleBody(fields, 1)));
        EXPECT_TRUE(operationProblem(samples::sampleId("another ledger"), envelope, samples::sampleBody(fields, 1)));
        envelope.id = samples::sampleId("chosen");
        EXPECT_TRUE(operationProblem(samples::sampleLedger(), envelope, samples::sampleBody(fields, 1)));
    }
}

TEST(NamedCheck, isTheEntityItselfOrTheField) {
    const Uuid id = samples::sampleId("x");
    EXPECT_EQ(namedCheck(*findKind("check.start"), id, {}), id);
    EXPECT_EQ(namedCheck(finding(), id, samples::sampleFields(finding())), samples::sampleId("check"));
    EXPECT_EQ(namedCheck(finding(), id, {{"check", "no id"}}), std::nullopt);
    EXPECT_EQ(namedCheck(*findKind("finding.amend"), id, {}), std::nullopt);
    EXPECT_EQ(namedCheck(*findKind("unit.put"), id, {{"check", id}}), std::nullopt);
}

} // namespace
} // namespace zhicha
