#pragma once
// The stores that the contract is run against, each over a simulated disk that the test may crash.
#include "sync-server/store/directory/directory_photo_store.h"
#include "tests/support/sim_disk.h"

namespace zhicha::test {

inline Bytes somePhoto(std::size_t size, std::uint32_t seed = 1) {
    Bytes out(size);
    for (std::uint8_t &byte : out)
        byte = static_cast<std::uint8_t>((seed = seed * 1664525u + 1013904223u) >> 24);
    return out;
}

inline PhotoKeyOf keysOf(bool sealed) {
    return [sealed](const Digest &photo) -> Result<std::optional<FileKey>> {
        return sealed ? std::optional<FileKey>(photo) : std::nullopt; // any key that is one photo's own does
    };
}

inline std::unique_ptr<PhotoStore> openStore(Disk &disk, bool sealed) {
    return std::make_unique<DirectoryPhotoStore>(disk, systemRandom(), keysOf(sealed));
}

/** Uploads [from, to) in chunks. */
inline Result<UploadState> upload(PhotoStore &store, const Digest &digest, ByteView photo, std::size_t from,
                                  std::size_t to, std::size_t chunk = 50'000) {
    ZHICHA_ASSIGN(const auto patch, store.resume(digest, from));
    for (std::size_t at = from; at < to; at += chunk)
        ZHICHA_TRY(patch->write(photo.subspan(at, std::min(chunk, to - at))));
    return patch->finish();
}

inline Result<Bytes> readAll(PhotoStore &store, const Digest &digest, std::uint64_t first, std::uint64_t last) {
    Bytes out;
    ZHICHA_TRY(store.read(digest, first, last, [&](ByteView piece) {
        append(out, piece);
        return Status();
    }));
    return out;
}

} // namespace zhicha::test
