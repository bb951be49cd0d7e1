// Goal: ids have the form that RFC 9562 gives them, and their text form is read strictly, since it comes from people
// and from the wire. Method: a clock and a random source of the test's own, borders of the 48-bit time, hostile texts.
#include "shared/base/ids.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace zhicha {
namespace {

class FixedClock final : public Clock {
public:
    explicit FixedClock(std::int64_t ms) : m_ms(ms) {}
    [[nodiscard]] std::int64_t nowMs() const override { return m_ms; }
    [[nodiscard]] std::int64_t monotonicUs() const override { return 0; }

private:
    std::int64_t m_ms;
};

class SameByte final : public RandomSource {
public:
    explicit SameByte(std::uint8_t byte) : m_byte(byte) {}
    void fill(std::span<std::uint8_t> out) override { std::fill(out.begin(), out.end(), m_byte); }

private:
    std::uint8_t m_byte;
};

std::string idAt(std::int64_t ms, std::uint8_t randomByte) {
    const FixedClock clock(ms);
    SameByte random(randomByte);
    return toText(newUuid(clock, random));
}

TEST(Uuid, version7CarriesTimeVersionAndVariant) {
    // The time of the example in RFC 9562 appendix A.6.
    EXPECT_EQ(idAt(0x017F22E279B0, 0x00), "017f22e2-79b0-7000-8000-000000000000");
    EXPECT_EQ(idAt(0x017F22E279B0, 0xff), "017f22e2-79b0-7fff-bfff-ffffffffffff");
}

TEST(Uuid, laterTimesSortLater) {
    EXPECT_LT(idAt(1'000, 0xff), idAt(1'001, 0x00));
    EXPECT_LT(idAt(0xff, 0xff), idAt(0x100, 0x00));
}

TEST(Uuid, aClockBeforeTheEpochOrBeyond48BitsStillGivesAWellFormedId) {
    for (const std::int64_t ms : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
                                  std::numeric_limits<std::int64_t>::max(), std::int64_t{1} << 48}) {
        const auto id = uuidFromText(idAt(ms, 0x55));
        ASSERT_TRUE(id);
        EXPECT_EQ(id->bytes[6] >> 4, 7);
        EXPECT_EQ(id->bytes[8] >> 6, 2);
    }
}

TEST(Uuid, ofADigestIsVersion8AndDependsOnItsHeadAlone) {
    Digest digest{};
    digest.fill(0xff);
    EXPECT_EQ(toText(uuidFromDigest(digest)), "ffffffff-ffff-8fff-bfff-ffffffffffff");
    const Uuid before = uuidFromDigest(digest);
    digest[31] = 0;
    EXPECT_EQ(uuidFromDigest(digest), before);
    digest[0] = 0;
    EXPECT_NE(uuidFromDigest(digest), before);
}

TEST(Uuid, textIsReadInEitherCaseAndWrittenLower) {
    const auto id = uuidFromText("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    ASSERT_TRUE(id);
    EXPECT_EQ(toText(*id), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Uuid, refusesAnyOtherTextForm) {
    for (const std::string_view text :
         {"", "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
          "017f22e-279b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
          "017f22e2-79b0-7cc3-98c4-dc0c0c0739-f", "------------------------------------",
          "017f22e2_79b0_7cc3_98c4_dc0c0c07398f", " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f"})
        EXPECT_FALSE(uuidFromText(text)) << text;
    const std::string cut("017f22e2-79b0-7cc3-98c4-dc0c0c07398\0", 36);
    EXPECT_FALSE(uuidFromText(cut));
}

TEST(Uuid, everyIdComesBackFromItsText) {
    EXPECT_TRUE(rc::check("uuidFromText(toText(id)) == id", [](const std::array<std::uint8_t, 16> &bytes) {
        RC_ASSERT(uuidFromText(toText(Uuid{bytes})) == Uuid{bytes});
    }));
}

TEST(Uuid, bytesMustBeSixteen) {
    EXPECT_TRUE(uuidFromBytes(Bytes(16, 1)));
    EXPECT_FALSE(uuidFromBytes(Bytes(15, 1)));
    EXPECT_FALSE(uuidFromBytes(Bytes(17, 1)));
    EXPECT_FALSE(uuidFromBytes({}));
}

TEST(Uuid, onlyTheNilIdIsNil) {
    EXPECT_TRUE(Uuid{}.isNil());
    Uuid id;
    id.bytes[15] = 1;
    EXPECT_FALSE(id.isNil());
}

TEST(SystemSources, monotonicTimeDoesNotFallAndRandomBytesDiffer) {
    const auto first = systemClock().monotonicUs();
    EXPECT_GE(systemClock().monotonicUs(), first);
    EXPECT_FALSE(systemClock().bootId().empty());
    EXPECT_NE(systemRandom().array<32>(), systemRandom().array<32>());
    EXPECT_NE(newUuid(systemClock(), systemRandom()), newUuid(systemClock(), systemRandom()));
}

TEST(SystemSources, fillTakesAnEmptySpan) {
    systemRandom().fill({});
}

} // namespace
} // namespace zhicha
