// Goal: sealed photos come back byte for byte or not at all, resume at any synced size, and never show or reuse
// anything. Method: the simulated disk; random pieces and syncs (RapidCheck); every bit-flip position of a small file;
// crashes.
#include "shared/files/sealed_file.h"
#include "tests/support/sim_disk.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

using namespace zhicha;
using test::PowerCut;
using test::SimDisk;

namespace {

Bytes someBytes(std::size_t size, std::uint32_t seed = 1) {
    Bytes out(size);
    for (std::uint8_t &byte : out)
        byte = static_cast<std::uint8_t>((seed = seed * 1664525u + 1013904223u) >> 24);
    return out;
}

std::optional<FileKey> keyOf(std::uint8_t fill) {
    std::optional<FileKey> key(std::in_place);
    key->fill(fill);
    return key;
}

Status writeAll(Disk &disk, const std::string &path, const std::optional<FileKey> &key, ByteView bytes) {
    ZHICHA_ASSIGN(SealedWriter writer, SealedWriter::create(disk, path, key, systemRandom()));
    ZHICHA_TRY(writer.write(bytes));
    return writer.close();
}

Result<Bytes> readRange(Disk &disk, const std::string &path, const std::optional<FileKey> &key, std::uint64_t first,
                        std::optional<std::uint64_t> last = std::nullopt) {
    ZHICHA_ASSIGN(SealedReader reader, SealedReader::open(disk, path, key));
    Bytes out;
    ZHICHA_TRY(reader.read(first, last.value_or(reader.size()), [&](ByteView piece) -> Status {
        append(out, piece);
        return piece.size() <= kFrameBytes ? Status() : fail(Code::TooLarge, "piece");
    }));
    return out;
}

class SealedFileTest : public ::testing::TestWithParam<bool> {
protected:
    std::optional<FileKey> key() const { return GetParam() ? keyOf(5) : std::nullopt; }
    SimDisk disk;
};
INSTANTIATE_TEST_SUITE_P(Both, SealedFileTest, ::testing::Values(false, true),
                         [](const auto &instance) { return instance.param ? "sealed" : "plain"; });

TEST_P(SealedFileTest, anySizeComesBackWholeAndInRanges) {
    for (const std::size_t size : {0u, 1u, 65535u, 65536u, 65537u, 200000u}) {
        const Bytes photo = someBytes(size);
        ASSERT_TRUE(writeAll(disk, "p", key(), photo));
        ASSERT_EQ(readRange(disk, "p", key(), 0).value(), photo) << size;
        for (const std::size_t first : {std::size_t{0}, size / 3, size})
            for (const std::size_t last : {size / 3, size / 2, size})
                if (first <= last) {
                    ASSERT_EQ(readRange(disk, "p", key(), first, last).value(),
                              Bytes(photo.begin() + static_cast<std::ptrdiff_t>(first),
                                    photo.begin() + static_cast<std::ptrdiff_t>(last)));
                }
        EXPECT_EQ(readRange(disk, "p", key(), 0, size + 1).error().code, Code::InvalidArgument);
        EXPECT_EQ(readRange(disk, "p", key(), 1, 0).error().code, Code::InvalidArgument);
    }
}

TEST_P(SealedFileTest, anyPiecesSyncsAndResumesGiveTheSameBytes) {
    const bool passed = rc::check([&](const std::vector<std::uint8_t> &steps) {
        SimDisk own;
        Bytes expected, durable;
        std::optional<SealedWriter> writer(std::move(SealedWriter::create(own, "p", key(), systemRandom())).value());
        RC_ASSERT(writer->sync() && own.syncFolder(""));
        for (const std::uint8_t step : steps) {
            const Bytes piece = someBytes(static_cast<std::size_t>(step / 4) * 997, step);
            RC_ASSERT(writer->write(piece).has_value());
            append(expected, piece);
            if (step % 4 == 0)
                continue;
            if (step % 4 != 3) {
                RC_ASSERT(writer->sync().has_value());
                durable = expected;
            } else {
                writer.reset();
                own.restart(PowerCut::Torn);
                expected = durable;
            }
            if (step % 4 < 2)
                continue;
            Bytes kept;
            auto resumed = SealedWriter::resume(own, "p", key(), systemRandom(), durable.size(), [&](ByteView piece2) {
                append(kept, piece2);
                return Status();
            });
            RC_ASSERT(resumed.has_value() && kept == durable && resumed->size() == durable.size());
            writer.emplace(std::move(resumed).value());
        }
        RC_ASSERT(writer->close().has_value());
        RC_ASSERT(readRange(own, "p", key(), 0).value() == expected);
    });
    EXPECT_TRUE(passed);
}

TEST_P(SealedFileTest, reopenGoesOnFromARememberedPosition) {
    const Bytes photo = someBytes(100000);
    FilePosition at;
    {
        auto writer = SealedWriter::create(disk, "p", key(), systemRandom());
        ASSERT_TRUE(writer->write(ByteView(photo).first(70001)) && writer->sync());
        at = writer->synced();
        ASSERT_TRUE(writer->write(someBytes(70000))); // never synced: to be dropped
    }
    auto writer = SealedWriter::reopen(disk, "p", key(), systemRandom(), at);
    ASSERT_TRUE(writer && writer->write(ByteView(photo).subspan(70001)) && writer->close());
    EXPECT_EQ(readRange(disk, "p", key(), 0).value(), photo);
    EXPECT_EQ(SealedWriter::reopen(disk, "p", key(), systemRandom(), {1u << 30, 1u << 30}).error().code,
              Code::StoreDamaged);
}

TEST_P(SealedFileTest, resumeBeyondWhatIsThereIsDamage) {
    ASSERT_TRUE(writeAll(disk, "p", key(), someBytes(1000)));
    const auto ignore = [](ByteView) { return Status(); };
    EXPECT_EQ(SealedWriter::resume(disk, "p", key(), systemRandom(), 1001 + 200, ignore).error().code,
              Code::StoreDamaged);
    EXPECT_EQ(SealedWriter::resume(disk, "none", key(), systemRandom(), 0, ignore).error().code, Code::NotFound);
}

TEST_P(SealedFileTest, fullDiskIsNamed) {
    disk.limitGrowth(100000);
    EXPECT_EQ(writeAll(disk, "p", key(), someBytes(200000)).error().code, Code::DiskFull);
}

class SealedDamageTest : public ::testing::Test {
protected:
    SimDisk disk;
    const std::optional<FileKey> key = keyOf(5);
};

TEST_F(SealedDamageTest, anyFlippedBitIsDamage) {
    // Three frames, the first two closed short by syncs.
    const Bytes photo = someBytes(300);
    auto writer = SealedWriter::create(disk, "p", key, systemRandom());
    for (std::size_t at = 0; at < photo.size(); at += 100)
        ASSERT_TRUE(writer->write(ByteView(photo).subspan(at, 100)) && writer->sync());
    ASSERT_TRUE(writer->close());
    const std::size_t size = disk.content("p").size();
    ASSERT_EQ(size, 16u + 3 * 144u + 52u);
    for (std::size_t byte = 0; byte < size; ++byte)
        for (int bit = 0; bit < 8; ++bit) {
            disk.flipBit("p", byte, bit);
            const auto seen = readRange(disk, "p", key, 0);
            ASSERT_FALSE(seen) << byte;
            ASSERT_EQ(seen.error().code, Code::StoreDamaged);
            disk.flipBit("p", byte, bit);
        }
    EXPECT_EQ(readRange(disk, "p", key, 0).value(), photo);
}

TEST_F(SealedDamageTest, cutMovedMissingAndForeignFramesAreDamage) {
    const auto put = [&](const std::string &path, ByteView bytes) {
        auto file = disk.open(path, Disk::Open::Create);
        ASSERT_TRUE((*file)->truncate(0) && (*file)->writeAt(0, bytes));
    };
    auto writer = SealedWriter::create(disk, "p", key, systemRandom());
    for (std::uint32_t frame = 0; frame < 3; ++frame)
        ASSERT_TRUE(writer->write(someBytes(100, frame)) && writer->sync());
    ASSERT_TRUE(writer->close());
    const Bytes whole = disk.content("p");
    const auto part = [&](std::size_t from, std::size_t count) {
        return Bytes(whole.begin() + static_cast<std::ptrdiff_t>(from),
                     whole.begin() + static_cast<std::ptrdiff_t>(from + count));
    };
    const Bytes head = part(0, 16), a = part(16, 144), b = part(160, 144), c = part(304, 144), end = part(448, 52);
    const auto joined = [&](std::initializer_list<const Bytes *> parts) {
        Bytes out;
        for (const Bytes *piece : parts)
            append(out, *piece);
        return out;
    };
    const std::vector<Bytes> tampered{joined({&head, &b, &a, &c, &end}),
                                      joined({&head, &a, &b, &end}),
                                      joined({&head, &a, &b, &c}),
                                      joined({&head, &a, &a, &c, &end}),
                                      joined({&head, &a, &b, &c, &c, &end}),
                                      joined({&head, &end}),
                                      joined({&head, &a, &b, &c, &end, &end}),
                                      joined({&a, &b, &c, &end})};
    for (std::size_t i = 0; i < tampered.size(); ++i) {
        put("t", tampered[i]);
        const auto seen = readRange(disk, "t", key, 0);
        ASSERT_FALSE(seen) << i;
        EXPECT_EQ(seen.error().code, Code::StoreDamaged) << i;
    }
    for (std::size_t size = 0; size < whole.size(); ++size) {
        put("t", ByteView(whole).first(size));
        ASSERT_EQ(readRange(disk, "t", key, 0).error().code, Code::StoreDamaged) << size;
    }
    EXPECT_EQ(readRange(disk, "p", keyOf(6), 0).error().code, Code::StoreDamaged) << "another key";
}

TEST_F(SealedDamageTest, nonceIsNeverUsedTwiceAndContentNeverShows) {
    const Bytes photo(200000, 'A');
    ASSERT_TRUE(writeAll(disk, "p", key, photo) && writeAll(disk, "q", key, photo));
    const Bytes p = disk.content("p"), q = disk.content("q");
    std::set<std::string> nonces;
    for (const Bytes *file : {&p, &q})
        for (std::size_t at = 16; at + 44 < file->size(); at += 65536 + 44)
            nonces.insert(std::string(textOf(ByteView(*file).subspan(at + 4, 24))));
    EXPECT_EQ(nonces.size(), 8u);
    EXPECT_EQ(textOf(p).find("AAAAAA"), std::string_view::npos);
    EXPECT_NE(p, q);
}

} // namespace
