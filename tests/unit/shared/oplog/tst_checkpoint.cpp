// Goal: a checkpoint that opens is one that the log key signed, written in the one right way.
// Method: every bit flipped, lines added, dropped and respelt, names and keys exchanged, signatures of others beside
// it.
#include "shared/oplog/checkpoint.h"
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/vectors.h"

#include <gtest/gtest.h>

#include <limits>

namespace zhicha {
namespace {

const SigningKey &logKey() {
    static const SigningKey key = samples::sampleKey("log key");
    return key;
}
Checkpoint sample() {
    return {samples::sampleLedger(), 2, 11, samples::seeded("root"), 1'795'482'600'000};
}
bool opens(std::string_view note) {
    return openCheckpoint(note, logKey().publicKey()).has_value();
}

TEST(Checkpoint, opensAsItWasSigned) {
    for (Checkpoint checkpoint : {sample(), Checkpoint{samples::sampleLedger(), 1, 0, {}, 0},
                                  Checkpoint{samples::sampleLedger(), std::numeric_limits<std::int64_t>::max(),
                                             std::numeric_limits<std::int64_t>::max(), samples::seeded("x"),
                                             std::numeric_limits<std::int64_t>::max()}}) {
        const auto back = openCheckpoint(signCheckpoint(checkpoint, logKey()), logKey().publicKey());
        ASSERT_TRUE(back) << back.error().detail;
        EXPECT_EQ(*back, checkpoint);
    }
}

TEST(Checkpoint, isTheNoteOfC2sp) {
    const std::string note = signCheckpoint(sample(), logKey());
    const std::string name = "zhicha.log/" + toText(samples::sampleLedger()) + "/2";
    EXPECT_TRUE(note.starts_with(name + "\n11\n" + toBase64(samples::seeded("root")) +
                                 "\ntime 1795482600000\n\n\xe2\x80\x94 " + name + " "));
    EXPECT_TRUE(note.ends_with("=\n"));
}

TEST(Checkpoint, everySingleBitIsCovered) {
    const std::string note = signCheckpoint(sample(), logKey());
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        const Bytes bent = arbitrary::withBitFlipped(toBytes(viewOf(note)), bit);
        ASSERT_FALSE(opens(textOf(bent))) << "bit " << bit;
    }
}

TEST(Checkpoint, noProperPrefixOpens) {
    const std::string note = signCheckpoint(sample(), logKey());
    for (std::size_t size = 0; size < note.size(); ++size)
        ASSERT_FALSE(opens(std::string_view(note).substr(0, size))) << size;
}

TEST(Checkpoint, bentNotesAreRefused) {
    const auto vectors = vectors::checkpointVectors();
    for (const auto &note : vectors["accepted"])
        EXPECT_TRUE(opens(note.get<std::string>()));
    for (const auto &bad : vectors["refused"])
        EXPECT_FALSE(opens(bad["note"].get<std::string>())) << bad["why"];
}

/** Signed by the right key, but spelt in another way than it should be. */
std::string signedText(const std::string &body, const std::string &name) {
    const std::string donor = signCheckpoint(sample(), logKey());
    const std::string own = checkpointOrigin(sample().ledger, sample().generation);
    const std::size_t at = donor.find("\xe2\x80\x94 " + own) + 4 + own.size() + 1;
    Bytes line = fromBase64(std::string_view(donor).substr(at, donor.size() - 1 - at)).value();
    const Signature signature = logKey().signRaw(viewOf(body));
    std::copy(signature.begin(), signature.end(), line.begin() + 4);
    return body + "\n\xe2\x80\x94 " + name + " " + toBase64(line) + "\n";
}

TEST(Checkpoint, otherSpellingsAreRefusedEvenWhenSigned) {
    const std::string name = checkpointOrigin(sample().ledger, 2);
    const std::string root = toBase64(samples::seeded("root"));
    EXPECT_TRUE(opens(signedText(name + "\n11\n" + root + "\ntime 5\n", name)));
    for (const std::string &body :
         {name + "\n011\n" + root + "\ntime 5\n", name + "\n+11\n" + root + "\ntime 5\n",
          name + "\n-11\n" + root + "\ntime 5\n", name + "\n11 \n" + root + "\ntime 5\n",
          name + "\n\n" + root + "\ntime 5\n", name + "\n11\n" + root + "\ntime -5\n",
          name + "\n11\n" + root + "\ntime 5\nmore\n", name + "\n11\n" + root + "\n",
          name + "\n99999999999999999999\n" + root + "\ntime 5\n", name + "\n11\n" + root.substr(4) + "\ntime 5\n",
          name + "x\n11\n" + root + "\ntime 5\n", "other.log/" + name.substr(11) + "\n11\n" + root + "\ntime 5\n"})
        EXPECT_FALSE(opens(signedText(body, name))) << body;
    std::string upper = name;
    for (char &c : upper)
        if (c >= 'a' && c <= 'f' && &c - upper.data() > 11)
            c = static_cast<char>(c - 'a' + 'A');
    ASSERT_NE(upper, name);
    EXPECT_FALSE(opens(signedText(upper + "\n11\n" + root + "\ntime 5\n", name))) << "an id in upper case";
}

TEST(Checkpoint, theNameOnTheSignatureIsTheOrigin) {
    const std::string name = checkpointOrigin(sample().ledger, 2);
    const std::string body = name + "\n11\n" + toBase64(samples::seeded("root")) + "\ntime 5\n";
    EXPECT_TRUE(opens(signedText(body, name)));
    EXPECT_FALSE(opens(signedText(body, checkpointOrigin(sample().ledger, 3))));
    EXPECT_FALSE(opens(signedText(body, "")));
}

TEST(Checkpoint, anotherKeyDoesNotOpenIt) {
    const auto result =
        openCheckpoint(signCheckpoint(sample(), logKey()), samples::sampleKey("another key").publicKey());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::BadSignature);
}

TEST(Checkpoint, signaturesOfOthersMayStandBesideIt) {
    const std::string note = signCheckpoint(sample(), logKey());
    const std::string witness = "\xe2\x80\x94 witness.example " + toBase64(Bytes(68, 7)) + "\n";
    EXPECT_TRUE(opens(note + witness));
    const std::size_t end = note.find("\n\n") + 2;
    EXPECT_TRUE(opens(note.substr(0, end) + witness + note.substr(end)));
    EXPECT_FALSE(opens(note.substr(0, end) + witness)) << "the log's own is missing";
    EXPECT_FALSE(opens(note + "\xe2\x80\x94 witness.example AAAA\n")) << "too short for a signature";
    EXPECT_FALSE(opens(note + "\xe2\x80\x94 witness.example\n"));
    EXPECT_FALSE(opens(note + "\n"));
}

TEST(Checkpoint, aLongTextIsNotRead) {
    EXPECT_FALSE(opens(std::string(1 << 20, '\n')));
    EXPECT_FALSE(opens(""));
    EXPECT_FALSE(opens("\n\n"));
}

} // namespace
} // namespace zhicha
