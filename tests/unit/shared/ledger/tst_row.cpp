// Goal: rows survive their bytes, damaged bytes are refused, the state hash tells any two sets of rows apart.
// Method: encode, decode, flip every bit, cut everywhere; change one thing at a time under the hash.
#include "shared/ledger/row.h"

#include "shared/oplog/kinds.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {

EntityRow sample() {
    EntityRow row;
    row.type = EntityType::Finding;
    row.birth = Digest{1};
    row.device = Uuid{{2}};
    row.check = Uuid{{3}};
    row.fields = {{"item", {cbor::Value(), Uuid{{4}}}, {Digest{5}, Digest{6}}},
                  {"text", {"x"}, {Digest{5}}},
                  {"check", {Uuid{{3}}}, {}}};
    return row;
}

TEST(Row, survivesItsBytes) {
    for (const EntityRow &row : {sample(), EntityRow{}}) {
        const auto back = decodeRow(encodeRow(row));
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, row);
    }
}

TEST(Row, ofEveryTypeSurvivesItsBytes) {
    for (const KindInfo &kind : allKinds()) {
        EntityRow row = sample();
        row.type = kind.entity;
        const auto back = decodeRow(encodeRow(row));
        ASSERT_TRUE(back);
        EXPECT_EQ(back->type, kind.entity) << kind.name;
    }
}

TEST(Row, cutBytesAreDamage) {
    const Bytes bytes = encodeRow(sample());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto row = decodeRow(ByteView(bytes).first(size));
        ASSERT_FALSE(row);
        EXPECT_EQ(row.error().code, Code::StoreDamaged);
    }
}

TEST(Row, flippedBitsNeverGiveTheSameRow) {
    const Bytes bytes = encodeRow(sample());
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        Bytes flipped = bytes;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
        const auto row = decodeRow(flipped);
        if (row) {
            EXPECT_NE(*row, sample()) << bit;
        }
        EXPECT_NE(rowHash(Uuid{{1}}, flipped), rowHash(Uuid{{1}}, bytes));
    }
}

TEST(Row, contestedFieldsHaveNoSingleValue) {
    const EntityRow row = sample();
    EXPECT_TRUE(row.contested());
    EXPECT_EQ(row.value("item"), nullptr);
    EXPECT_EQ(row.uuid("item"), std::nullopt);
    EXPECT_EQ(row.text("text"), "x");
    EXPECT_EQ(row.text("check"), "");
    EXPECT_EQ(row.text("absent"), "");
    EXPECT_EQ(row.integer("text"), std::nullopt);
}

TEST(StateHash, dependsOnEntityAndRow) {
    const auto hashOf = [](const Uuid &entity, const EntityRow &row) {
        StateHash hash;
        hash.add(entity, rowHash(entity, encodeRow(row)));
        return hash.digest();
    };
    EntityRow changed = sample();
    changed.fields[1].values = {"y"};
    EXPECT_NE(hashOf(Uuid{{1}}, sample()), hashOf(Uuid{{2}}, sample()));
    EXPECT_NE(hashOf(Uuid{{1}}, sample()), hashOf(Uuid{{1}}, changed));
    EXPECT_NE(hashOf(Uuid{{1}}, sample()), StateHash().digest());
    EXPECT_EQ(hashOf(Uuid{{1}}, sample()), hashOf(Uuid{{1}}, sample()));
}

} // namespace
