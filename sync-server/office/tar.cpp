#include "sync-server/office/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace zhicha {

namespace {
constexpr std::size_t kPiece = 256 * 1024;

Status syncPath(const std::string &path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    return synced ? Status() : fail(Code::DiskError, path + " could not be synced");
}

Error archiveError(archive *from, const std::string &what, Code code) {
    const char *text = archive_error_string(from);
    const bool full = archive_errno(from) == ENOSPC;
    return fail(full ? Code::DiskFull : code, what + ": " + (text != nullptr ? text : "unknown"));
}
} // namespace

Result<TarWriter> TarWriter::create(const std::string &file) {
    archive *out = archive_write_new();
    archive_write_set_format_pax_restricted(out);
    if (archive_write_open_filename(out, file.c_str()) != ARCHIVE_OK) {
        Error error = archiveError(out, file, Code::DiskError);
        archive_write_free(out);
        return error;
    }
    return TarWriter(file, out);
}

TarWriter::TarWriter(TarWriter &&other) noexcept : m_file(std::move(other.m_file)), m_archive(other.m_archive) {
    other.m_archive = nullptr;
}

TarWriter::~TarWriter() {
    if (m_archive == nullptr)
        return;
    archive_write_free(m_archive);
    ::unlink(m_file.c_str());
}

Status TarWriter::addFile(const std::string &member, const std::string &path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return fail(Code::NotFound, path + ": " + std::strerror(errno));
    struct stat status {};
    ::fstat(file, &status);
    archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.c_str());
    archive_entry_set_size(entry, status.st_size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    Status written = archive_write_header(m_archive, entry) == ARCHIVE_OK
                         ? Status()
                         : Status(archiveError(m_archive, member, Code::DiskError));
    archive_entry_free(entry);
    std::vector<char> piece(kPiece);
    while (written) {
        const ssize_t got = ::read(file, piece.data(), piece.size());
        if (got <= 0) {
            if (got < 0)
                written = fail(Code::DiskError, path + " could not be read");
            break;
        }
        if (archive_write_data(m_archive, piece.data(), static_cast<std::size_t>(got)) != got)
            written = archiveError(m_archive, member, Code::DiskError);
    }
    ::close(file);
    return written;
}

Status TarWriter::close() {
    archive *out = m_archive;
    if (archive_write_close(out) != ARCHIVE_OK)
        return archiveError(out, m_file, Code::DiskError);
    m_archive = nullptr;
    archive_write_free(out);
    return syncPath(m_file);
}

Status unpackTar(const std::string &file, const std::string &folder) {
    archive *in = archive_read_new();
    archive_read_support_format_tar(in);
    archive *out = archive_write_disk_new();
    archive_write_disk_set_options(out, ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_SYMLINKS |
                                            ARCHIVE_EXTRACT_NO_OVERWRITE);
    Status status = archive_read_open_filename(in, file.c_str(), kPiece) == ARCHIVE_OK
                        ? Status()
                        : Status(archiveError(in, file, Code::BadEncoding));
    while (status) {
        archive_entry *entry = nullptr;
        const int next = archive_read_next_header(in, &entry);
        if (next == ARCHIVE_EOF)
            break;
        const std::string member = next == ARCHIVE_OK ? archive_entry_pathname(entry) : "";
        if (next != ARCHIVE_OK || archive_entry_filetype(entry) != AE_IFREG || member.empty() || member[0] == '/' ||
            member.find("..") != std::string::npos) {
            status = fail(Code::BadEncoding, file + " is not a backup of a ledger");
            break;
        }
        const std::string path = folder + "/" + member;
        archive_entry_set_pathname(entry, path.c_str());
        if (archive_write_header(out, entry) != ARCHIVE_OK) {
            status = archiveError(out, path, Code::DiskError);
            break;
        }
        const void *data = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        int got = ARCHIVE_OK;
        while ((got = archive_read_data_block(in, &data, &size, &offset)) == ARCHIVE_OK && status)
            if (archive_write_data_block(out, data, size, offset) != ARCHIVE_OK)
                status = archiveError(out, path, Code::DiskError);
        if (status && got != ARCHIVE_EOF)
            status = archiveError(in, file, Code::BadEncoding);
        if (status && archive_write_finish_entry(out) != ARCHIVE_OK)
            status = archiveError(out, path, Code::DiskError);
        if (status)
            status = syncPath(path);
    }
    archive_read_free(in);
    archive_write_free(out);
    return status ? syncPath(folder) : status;
}

} // namespace zhicha
