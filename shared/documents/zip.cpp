#include "shared/documents/zip.h"

#include "shared/documents/destroy_by.h"

#include <archive.h>
#include <archive_entry.h>
#include <memory>

namespace zhicha::documents {

namespace {
constexpr std::int64_t kFirstDosDay = 315'532'800; ///< a zip knows no earlier day than 1980-01-01

la_ssize_t takeZipBytes(struct archive *, void *closure, const void *data, std::size_t size) {
    const auto *bytes = static_cast<const std::uint8_t *>(data);
    auto &out = *static_cast<Bytes *>(closure);
    out.insert(out.end(), bytes, bytes + size);
    return static_cast<la_ssize_t>(size);
}

bool addMember(struct archive *out, const ZipMember &member) {
    const std::unique_ptr<struct archive_entry, DestroyBy<archive_entry_free>> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), member.name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), kFirstDosDay, 0);
    return archive_write_header(out, entry.get()) == ARCHIVE_OK &&
           archive_write_data(out, member.content.data(), member.content.size()) ==
               static_cast<la_ssize_t>(member.content.size());
}
} // namespace

Result<Bytes> writeZip(const std::vector<ZipMember> &members, ZipPacking packing) {
    Bytes bytes;
    const char *const option = packing == ZipPacking::Deflated ? "zip:compression=deflate" : "zip:compression=store";
    const std::unique_ptr<struct archive, DestroyBy<archive_write_free>> out(archive_write_new());
    bool fine = archive_write_set_format_zip(out.get()) == ARCHIVE_OK &&
                archive_write_set_options(out.get(), option) == ARCHIVE_OK &&
                archive_write_set_bytes_per_block(out.get(), 0) == ARCHIVE_OK &&
                archive_write_open(out.get(), &bytes, nullptr, takeZipBytes, nullptr) == ARCHIVE_OK;
    for (const ZipMember &member : members)
        fine = fine && addMember(out.get(), member);
    fine = fine && archive_write_close(out.get()) == ARCHIVE_OK;
    if (!fine) {
        const char *why = archive_error_string(out.get());
        return fail(Code::Internal, std::string("the zip was not written: ") + (why != nullptr ? why : ""));
    }
    return bytes;
}

} // namespace zhicha::documents
