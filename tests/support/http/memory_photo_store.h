#pragma once
// Photos in memory, for the fuzzer: the product's folder store would spend its time in fsync.
#include "shared/crypto/digest.h"
#include "sync-server/store/photo_store.h"

#include <map>

namespace zhicha::test {

/** Threads: one. */
class MemoryPhotoStore final : public PhotoStore {
public:
    Result<UploadState> state(const Digest &photo) override {
        const auto found = m_photos.find(photo);
        if (found == m_photos.end())
            return fail(Code::NotFound, "no such photo");
        return stateOf(found->second);
    }
    Result<UploadState> create(const Digest &photo, std::uint64_t size) override {
        auto &entry = m_photos[photo];
        if (entry.size != 0 && entry.size != size)
            return fail(Code::Conflict, "begun with another size");
        entry.size = size;
        return stateOf(entry);
    }
    Result<std::unique_ptr<PhotoUpload>> resume(const Digest &photo, std::uint64_t offset) override {
        const auto found = m_photos.find(photo);
        if (found == m_photos.end())
            return fail(Code::NotFound, "no such photo");
        if (found->second.bytes.size() != offset)
            return fail(Code::OffsetMismatch, "another offset");
        return std::unique_ptr<PhotoUpload>(std::make_unique<Upload>(found->second, photo));
    }
    Status read(const Digest &photo, std::uint64_t first, std::uint64_t last,
                const std::function<Status(ByteView)> &sink) override {
        const auto found = m_photos.find(photo);
        if (found == m_photos.end() || first > last || last > found->second.bytes.size())
            return fail(Code::NotFound, "no such range");
        return sink(ByteView(found->second.bytes).subspan(first, last - first));
    }
    Status verify(const Digest &photo) override {
        const auto found = m_photos.find(photo);
        if (found == m_photos.end())
            return fail(Code::NotFound, "no such photo");
        return sha256(found->second.bytes) == photo ? Status() : fail(Code::DigestMismatch, "other bytes");
    }
    Status remove(const Digest &photo) override {
        m_photos.erase(photo);
        return {};
    }
    Status forEach(const std::function<Status(const Digest &, const UploadState &)> &visit) override {
        for (const auto &[photo, entry] : m_photos)
            ZHICHA_TRY(visit(photo, stateOf(entry)));
        return {};
    }

private:
    struct Entry {
        Bytes bytes;
        std::uint64_t size = 0;
    };
    static UploadState stateOf(const Entry &entry) {
        UploadState state;
        state.offset = entry.bytes.size();
        state.size = entry.size;
        state.complete = entry.bytes.size() == entry.size;
        return state;
    }
    class Upload final : public PhotoUpload {
    public:
        Upload(Entry &entry, const Digest &photo) : m_entry(entry), m_photo(photo) {}
        Status write(ByteView chunk) override {
            if (chunk.size() > m_entry.size - m_entry.bytes.size())
                return fail(Code::TooLarge, "beyond the declared size");
            append(m_entry.bytes, chunk);
            return {};
        }
        Result<UploadState> finish() override {
            if (m_entry.bytes.size() == m_entry.size && sha256(m_entry.bytes) != m_photo) {
                m_entry.bytes.clear();
                return fail(Code::DigestMismatch, "other bytes");
            }
            return stateOf(m_entry);
        }

    private:
        Entry &m_entry;
        const Digest m_photo;
    };
    std::map<Digest, Entry> m_photos;
};

} // namespace zhicha::test
