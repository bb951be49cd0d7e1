// Goal: no enrolled tablet makes the merge of one field cost more than in proportion to what it sent. Method: thousands
// of writes whose long bases are handed on through ineffective ones; entries of bases looked at are counted.
#include "shared/ledger/field_merge.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace zhicha;

namespace {
class FieldMerge : public testing::Test {
protected:
    FieldMerge() {
        m_bases.reserve(kWrites);
        m_writes.reserve(kWrites);
    }
    static Digest digestOf(std::size_t i) {
        Digest d{};
        for (std::size_t byte = 0; byte < 8; ++byte)
            d[byte] = static_cast<std::uint8_t>(i >> (8 * (7 - byte)));
        return d;
    }
    std::size_t write(const cbor::Value &value, std::vector<Digest> base, bool effective = true, bool office = false) {
        const std::size_t i = m_writes.size();
        m_given += base.size();
        m_bases.push_back(std::move(base));
        m_writes.push_back(
            {digestOf(i), Uuid{{1}}, static_cast<std::int64_t>(i), 0, office, effective, &value, nullptr});
        return i;
    }
    std::vector<FieldWrite> writes() {
        for (std::size_t i = 0; i < m_writes.size(); ++i)
            m_writes[i].base = &m_bases[i];
        return m_writes;
    }
    std::vector<Digest> firstOnes(std::size_t count) const {
        std::vector<Digest> out;
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(digestOf(i));
        return out;
    }

    static constexpr std::size_t kWrites = 12'000;
    const cbor::Value m_red{"red"};
    const cbor::Value m_blue{"blue"};
    std::vector<std::vector<Digest>> m_bases;
    std::vector<FieldWrite> m_writes;
    std::size_t m_given = 0; ///< entries of all bases
};

TEST_F(FieldMerge, aLongBaseHandedOnTenThousandTimesCostsOnce) {
    for (std::size_t i = 0; i < 1900; ++i)
        write(i % 2 == 0 ? m_red : m_blue, {});
    std::size_t last = write(m_red, firstOnes(1900)); // decides, and is no office: hands on 1,900 writes
    for (int i = 0; i < 10'000; ++i)
        last = write(m_red, {digestOf(last)});
    const MergedField merged = mergeDecided(writes());
    EXPECT_LE(merged.steps, 2 * m_given);
    EXPECT_EQ(merged.needsOffice.size(), 10'001u);
    EXPECT_EQ(merged.writes.size(), 1900u);
    EXPECT_EQ(merged.values, (std::vector<cbor::Value>{m_red, m_blue}));
    // The office's decision sees all of them through the last one.
    write(m_blue, {digestOf(last)}, true, true);
    const MergedField decided = mergeDecided(writes());
    EXPECT_LE(decided.steps, 2 * m_given);
    EXPECT_EQ(decided.writes, std::vector<Digest>{digestOf(m_writes.size() - 1)});
}

TEST_F(FieldMerge, everyWriteNamingAllCutOffOnesCostsWhatItSent) {
    for (std::size_t i = 0; i < 1000; ++i) // a revoked tablet's, each with all before it
        write(i % 2 == 0 ? m_red : m_blue, firstOnes(i), false);
    for (int i = 0; i < 50; ++i)
        write(m_red, firstOnes(1000));
    for (const bool latest : {false, true}) {
        std::vector<FieldWrite> all = writes();
        std::reverse(all.begin(), all.end());
        const MergedField merged = latest ? mergeLatest(all) : mergeDecided(all);
        EXPECT_LE(merged.steps, 2 * m_given);
        EXPECT_EQ(merged.writes.size(), 50u);
        EXPECT_TRUE(merged.needsOffice.empty());
        EXPECT_EQ(merged.values, std::vector<cbor::Value>{m_red});
    }
}

TEST_F(FieldMerge, aBaseThatNamesAWriteTwiceOrNoneNamesItOnce) {
    write(m_red, {});
    write(m_blue, {digestOf(0), digestOf(0), digestOf(77)});
    const MergedField merged = mergeDecided(writes());
    EXPECT_EQ(merged.writes, std::vector<Digest>{digestOf(1)});
    EXPECT_TRUE(merged.needsOffice.empty());
}
} // namespace
