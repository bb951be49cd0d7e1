// Goal: no archive that comes from outside crashes its reader, writes a byte outside of the folder it was given, makes
// anything but files and folders in it, or is unpacked past its limit. The readers: the tar of a backup, the zip of a
// workbook. Method: libFuzzer; whole files, and, since a fuzzer rarely makes one, archives put together here whose
// members, types, names and sizes the input decides.
#include "shared/documents/sheet_package.h"
#include "shared/documents/zip.h"
#include "sync-server/office/tar.h"
#include "tests/support/temp_folder.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace {
using namespace zhicha;
using namespace zhicha::test;
namespace fs = std::filesystem;

constexpr std::size_t kBlock = 512;
constexpr std::uint64_t kUnpacked = 64 * 1024;

/** A line of the input: members are put together of lines. */
std::string_view lineOf(std::string_view &left) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    const std::string_view line = left.substr(0, end);
    left.remove_prefix(std::min(end + 1, left.size()));
    return line;
}

/** ustar members: a line "type, size, name NUL name of a link", then a line that is the content. */
std::string tarOf(std::string_view left) {
    std::string out;
    while (!left.empty()) {
        const std::string_view head = lineOf(left);
        const std::string_view content = lineOf(left);
        std::array<char, kBlock> block{};
        const std::string_view names = head.substr(std::min<std::size_t>(head.size(), 2));
        const std::string_view name = names.substr(0, names.find('\0'));
        std::memcpy(block.data(), name.data(), std::min<std::size_t>(name.size(), 100));
        if (name.size() < names.size()) {
            const std::string_view link = names.substr(name.size() + 1);
            std::memcpy(block.data() + 157, link.data(), std::min<std::size_t>(link.size(), 100));
        }
        // The size as it is, or another one by so many bits.
        const std::uint64_t size =
            head.size() > 1 && head[1] % 8 == 7 ? 1ULL << (head[1] / 8 & 31) : std::uint64_t{content.size()};
        std::snprintf(block.data() + 100, 8, "%07o", 0600);
        std::snprintf(block.data() + 124, 12, "%011llo", static_cast<unsigned long long>(size));
        block[156] = head.empty() ? '0' : head[0];
        std::memcpy(block.data() + 257, "ustar\00000", 8);
        std::memset(block.data() + 148, ' ', 8);
        unsigned sum = 0;
        for (const char c : block)
            sum += static_cast<unsigned char>(c);
        std::snprintf(block.data() + 148, 8, "%06o", sum);
        out.append(block.data(), block.size());
        out.append(content);
        out.append((kBlock - content.size() % kBlock) % kBlock, '\0');
    }
    return out.append(2 * kBlock, '\0');
}

std::vector<documents::ZipMember> membersOf(std::string_view left) {
    std::vector<documents::ZipMember> out;
    while (!left.empty() && out.size() < 50) {
        const std::string_view name = lineOf(left);
        out.push_back({std::string(name), std::string(lineOf(left))});
    }
    return out;
}

void readTar(std::string_view file) {
    const TempFolder all;
    fs::create_directory(all / "into");
    std::ofstream(all / "a.tar", std::ios::binary) << file;
    (void)unpackTar(all / "a.tar", all / "into").has_value();
    std::size_t beside = 0;
    for ([[maybe_unused]] const auto &entry : fs::directory_iterator(all.path()))
        ++beside;
    ZHICHA_CHECK(beside == 2);
    for (const auto &entry : fs::recursive_directory_iterator(all / "into"))
        ZHICHA_CHECK(!entry.is_symlink() && (entry.is_directory() || entry.is_regular_file()));
}

void readZip(ByteView file) {
    documents::SheetLimits limits;
    limits.unpackedBytes = kUnpacked;
    const auto members = documents::unpackSheetMembers(file, limits);
    if (!members)
        return;
    std::uint64_t unpacked = 0;
    for (const auto &[name, content] : *members)
        unpacked += content.size();
    ZHICHA_CHECK(unpacked <= kUnpacked);
}
} // namespace

/** libarchive 3.6 itself forgets a few bytes of some broken zips. That what it opened is closed, RAII sees to. */
extern "C" const char *__lsan_default_suppressions() { // NOLINT: the sanitizer's own name
    return "leak:libarchive.so";
}

/** Thousands of folders a minute: where the system has a disk in memory, they are made there. */
extern "C" int LLVMFuzzerInitialize(int * /*count*/, char *** /*words*/) {
    if (fs::is_directory("/dev/shm"))
        setenv("TMPDIR", "/dev/shm", 0);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view rest(reinterpret_cast<const char *>(data) + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        readTar(rest);
        break;
    case 1:
        readTar(tarOf(rest));
        break;
    case 2:
        readZip(viewOf(rest));
        break;
    default:
        // Whole, and with one byte of it another one.
        auto zip = documents::writeZip(membersOf(rest), data[0] % 8 < 4 ? documents::ZipPacking::Stored
                                                                        : documents::ZipPacking::Deflated);
        if (!zip)
            return 0;
        readZip(*zip);
        if (!rest.empty())
            (*zip)[static_cast<std::size_t>(data[0]) * 4099 % zip->size()] ^= static_cast<std::uint8_t>(rest.back());
        readZip(*zip);
    }
    return 0;
}
