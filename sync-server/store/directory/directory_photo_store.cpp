#include "sync-server/store/directory/directory_photo_store.h"

#include <set>

namespace zhicha {

namespace {

class DirectoryUpload final : public PhotoUpload {
public:
    DirectoryUpload(std::shared_ptr<PhotoProgress> progress, std::uint64_t number)
        : m_progress(std::move(progress)), m_number(number) {}
    DirectoryUpload(const DirectoryUpload &) = delete;
    DirectoryUpload &operator=(const DirectoryUpload &) = delete;
    ~DirectoryUpload() override { m_progress->abandon(m_number); }
    Status write(ByteView chunk) override { return m_progress->write(m_number, chunk); }
    Result<UploadState> finish() override { return m_progress->finish(m_number); }

private:
    std::shared_ptr<PhotoProgress> m_progress;
    std::uint64_t m_number;
};

bool isLowerHex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The photos that a folder's files speak of, in digest order; foreign files are passed over.
std::set<Digest> photosIn(const std::string &folder, const std::vector<std::string> &names) {
    std::set<Digest> photos;
    for (const std::string &name : names) {
        const std::string_view suffix = std::string_view(name).substr(std::min<std::size_t>(62, name.size()));
        if (!(suffix.empty() || suffix == ".begun") || !isLowerHex(std::string_view(name).substr(0, 62)))
            continue;
        if (const auto photo = digestFromHex(folder + name.substr(0, 62)))
            photos.insert(*photo);
    }
    return photos;
}

} // namespace

DirectoryPhotoStore::DirectoryPhotoStore(Disk &disk, RandomSource &random, PhotoKeyOf keyOf)
    : m_disk(disk), m_random(random), m_keyOf(std::move(keyOf)) {}

std::shared_ptr<PhotoProgress> DirectoryPhotoStore::progressOf(const Digest &photo) {
    const std::scoped_lock lock(m_mutex);
    if (m_progress.size() > kMaxIdle) // whom nobody else holds is idle, and can be read from the disk again
        std::erase_if(m_progress, [](const auto &entry) { return entry.second.use_count() == 1; });
    auto &progress = m_progress[photo];
    if (!progress)
        progress = std::make_shared<PhotoProgress>(m_disk, m_random, photo, [this, photo] { return m_keyOf(photo); });
    return progress;
}

Result<UploadState> DirectoryPhotoStore::state(const Digest &photo) {
    return progressOf(photo)->settle();
}

Result<UploadState> DirectoryPhotoStore::create(const Digest &photo, std::uint64_t size) {
    return progressOf(photo)->create(size);
}

Result<std::unique_ptr<PhotoUpload>> DirectoryPhotoStore::resume(const Digest &photo, std::uint64_t offset) {
    auto progress = progressOf(photo);
    ZHICHA_ASSIGN(const std::uint64_t number, progress->begin(offset));
    return std::unique_ptr<PhotoUpload>(std::make_unique<DirectoryUpload>(std::move(progress), number));
}

Result<SealedReader> DirectoryPhotoStore::open(const Digest &photo) {
    const PhotoPaths paths(photo);
    if (!m_disk.exists(paths.whole))
        return fail(Code::NotFound, "photo " + toHex(photo) + " is not here, or not whole yet");
    ZHICHA_ASSIGN(const auto key, m_keyOf(photo));
    return SealedReader::open(m_disk, paths.whole, key);
}

Status DirectoryPhotoStore::read(const Digest &photo, std::uint64_t first, std::uint64_t last,
                                 const std::function<Status(ByteView)> &sink) {
    ZHICHA_ASSIGN(SealedReader reader, open(photo));
    return reader.read(first, last, sink);
}

Status DirectoryPhotoStore::verify(const Digest &photo) {
    ZHICHA_ASSIGN(SealedReader reader, open(photo));
    Sha256 digest;
    ZHICHA_TRY(reader.read(0, reader.size(), [&](ByteView bytes) {
        digest.update(bytes);
        return Status();
    }));
    return digest.digest() == photo ? Status()
                                    : fail(Code::DigestMismatch, "photo " + toHex(photo) + " is not what it was");
}

Status DirectoryPhotoStore::remove(const Digest &photo) {
    return progressOf(photo)->remove();
}

Status DirectoryPhotoStore::forEach(const std::function<Status(const Digest &, const UploadState &)> &visit) {
    ZHICHA_ASSIGN(const auto folders, m_disk.list(""));
    for (const std::string &folder : folders) {
        if (folder.size() != 2 || !isLowerHex(folder))
            continue;
        ZHICHA_ASSIGN(const auto names, m_disk.list(folder));
        for (const Digest &photo : photosIn(folder, names)) {
            auto state = progressOf(photo)->look();
            if (!state && state.error().code == Code::NotFound) // a note that a crash left unfinished
                continue;
            ZHICHA_TRY(state ? visit(photo, *state) : Status(std::move(state).error()));
        }
    }
    return {};
}

} // namespace zhicha
