// Goal: no bytes crash the reader of a courier file, and none that the key did not seal is handed out. Method:
// libFuzzer over whole files, and over records sealed by the harness, which must come back as they went.
#include "shared/files/courier_file.h"
#include "tests/support/ops/op_builder.h"
#include "tests/support/sim_disk.h"

namespace {
using namespace zhicha;
using namespace zhicha::test;

void readAll(SimDisk &disk, const std::string &path, const BoxKeyPair &keys) {
    auto file = CourierReader::open(disk, path, keys);
    for (int i = 0; file && i < 100; ++i) {
        const auto record = file->record();
        if (!record || !*record)
            return;
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    SeededRandom random(3);
    static const BoxKeyPair keys = generateBoxKeys(random);
    SimDisk disk;
    {
        auto raw = disk.open("raw", Disk::Open::Create);
        ZHICHA_CHECK(raw && (*raw)->writeAt(0, {data, size}));
    }
    readAll(disk, "raw", keys);
    auto writer = CourierWriter::create(disk, "sealed", keys.publicKey, random);
    ZHICHA_CHECK(writer && writer->record({data, size}) && writer->close());
    auto reader = CourierReader::open(disk, "sealed", keys);
    ZHICHA_CHECK(reader.has_value());
    const auto record = reader->record();
    ZHICHA_CHECK(record && *record && sameBytes(**record, ByteView(data, size)));
    const auto end = reader->record();
    ZHICHA_CHECK(end && !*end);
    // One bit anywhere: nothing is handed out but what was sealed.
    const Bytes whole = disk.content("sealed");
    const std::size_t at = size == 0 ? 0 : data[0] * whole.size() / 256;
    disk.flipBit("sealed", at, size == 0 ? 0 : data[size - 1] % 8);
    auto spoilt = CourierReader::open(disk, "sealed", keys);
    const auto first = spoilt ? spoilt->record() : Result<std::optional<Bytes>>(spoilt.error());
    ZHICHA_CHECK(!first || (*first && sameBytes(**first, ByteView(data, size))));
    return 0;
}
