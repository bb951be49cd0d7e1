#pragma once
// A tar of large files, streamed, by libarchive.
#include "shared/base/result.h"

#include <memory>

struct archive;

namespace zhicha {

/** Owner: the caller. The file is synced at close; an unclosed one is removed. Threads: one. */
class TarWriter {
public:
    [[nodiscard]] static Result<TarWriter> create(const std::string &file);
    TarWriter(TarWriter &&other) noexcept;
    TarWriter &operator=(TarWriter &&) = delete;
    ~TarWriter();
    Status addFile(const std::string &member, const std::string &path);
    Status close();

private:
    TarWriter(std::string file, archive *out) : m_file(std::move(file)), m_archive(out) {}
    std::string m_file;
    archive *m_archive;
};

/** Unpacks into a folder; members stay below it, each file is synced. BadEncoding for anything that is no such tar. */
[[nodiscard]] Status unpackTar(const std::string &file, const std::string &folder);

} // namespace zhicha
