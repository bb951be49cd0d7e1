#include "shared/documents/sheet_package.h"

#include "shared/documents/destroy_by.h"

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

namespace zhicha::documents {

namespace {
/** What formats before 2007, and XLSX with a password, are wrapped in. */
constexpr std::array<std::uint8_t, 8> kCompoundFile{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

bool isOfInterest(std::string_view name) {
    if (!name.ends_with(".xml") && !name.ends_with(".rels"))
        return false;
    for (const char *part :
         {"/theme/", "/drawings/", "/media/", "/charts/", "docProps/", "customXml/", "/externalLinks/"})
        if (name.find(part) != std::string_view::npos)
            return false;
    return true;
}

Error brokenZip(struct archive *in) {
    const char *why = archive_error_string(in);
    return fail(Code::BadEncoding, std::string("broken: the zip ends before its time: ") + (why != nullptr ? why : ""));
}

/** One member, as long as all of them together stay within the limit. */
Result<std::string> unpackOne(struct archive *in, std::uint64_t &left) {
    std::string out;
    std::array<char, 64 * 1024> piece{};
    for (;;) {
        const la_ssize_t got = archive_read_data(in, piece.data(), piece.size());
        if (got == 0)
            return out;
        if (got < 0)
            return brokenZip(in);
        if (static_cast<std::uint64_t>(got) > left)
            return fail(Code::TooLarge, "too_large: more comes out of the zip than a table needs");
        left -= static_cast<std::uint64_t>(got);
        out.append(piece.data(), static_cast<std::size_t>(got));
    }
}
} // namespace

Result<std::map<std::string, std::string>> unpackSheetMembers(ByteView file, const SheetLimits &limits) {
    if (file.size() >= kCompoundFile.size() && std::equal(kCompoundFile.begin(), kCompoundFile.end(), file.begin()))
        return fail(Code::BadEncoding, "locked: the file has a password, or is of the format before 2007");
    if (file.size() < 4 || file[0] != 'P' || file[1] != 'K')
        return fail(Code::BadEncoding, "not_xlsx: the file is no zip");
    // By the directory at its end alone: a reader that also takes what stands before it reads another file than a
    // program shows.
    const std::unique_ptr<struct archive, DestroyBy<archive_read_free>> in(archive_read_new());
    if (archive_read_support_format_zip_seekable(in.get()) != ARCHIVE_OK ||
        archive_read_open_memory(in.get(), file.data(), file.size()) != ARCHIVE_OK)
        return fail(Code::BadEncoding, "broken: the zip does not open");
    std::map<std::string, std::string> out;
    std::uint64_t left = limits.unpackedBytes;
    for (int members = 0;; ++members) {
        struct archive_entry *entry = nullptr;
        const int read = archive_read_next_header(in.get(), &entry);
        if (read == ARCHIVE_EOF)
            return out;
        if (read != ARCHIVE_OK && read != ARCHIVE_WARN)
            return brokenZip(in.get());
        if (members >= limits.members)
            return fail(Code::TooLarge, "too_large: more members than a table needs");
        if (archive_entry_is_encrypted(entry) != 0)
            return fail(Code::BadEncoding, "locked: the zip has a password");
        const char *given = archive_entry_pathname(entry);
        std::string name = given != nullptr ? given : "";
        while (name.starts_with('/'))
            name.erase(0, 1);
        if (!isOfInterest(name))
            continue;
        ZHICHA_ASSIGN(std::string content, unpackOne(in.get(), left));
        // Of two members with one name each program takes another: nobody could say what the file holds.
        if (!out.emplace(name, std::move(content)).second)
            return fail(Code::BadEncoding, "broken: a member stands twice: " + name);
    }
}

} // namespace zhicha::documents
