#include "mobile/models/photo_work.h"

#include "mobile/engine/capture/picture_probe.h"

#include <filesystem>
#include <fstream>

namespace zhicha {

Result<PhotoAdded> addPhotoAt(StoreSession &session, const PhotoPlace &place, PhotoToAdd photo, ByteView picture) {
    photo.check = place.check;
    photo.to = place.to.value_or(place.check);
    ZHICHA_ASSIGN(const PhotoAdded added, session.photos().add(photo, picture));
    if (!place.draft)
        return added;
    ZHICHA_ASSIGN(std::optional<Draft> draft, session.store().drafts().get(place.draft->id));
    if (!draft)
        draft = place.draft;
    cbor::Array photos;
    if (const auto it = draft->content.find("photos"); it != draft->content.end() && it->second.array() != nullptr)
        photos = *it->second.array();
    photos.emplace_back(added.photo);
    draft->content["photos"] = std::move(photos);
    draft->updatedMs = systemClock().nowMs();
    ZHICHA_TRY(session.store().drafts().put(*draft));
    return added;
}

Status placeDraftPhotos(StoreSession &session, const Draft &draft, const Uuid &entity) {
    const auto it = draft.content.find("photos");
    if (it == draft.content.end() || it->second.array() == nullptr)
        return {};
    for (const cbor::Value &value : *it->second.array()) {
        const std::optional<Uuid> photo = value.uuid();
        if (!photo)
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, session.store().entities().row(*photo));
        if (row && !row->isVoid()) // one that was taken away from the draft stays void
            ZHICHA_TRY(session.photos().place(*photo, entity, std::nullopt));
    }
    return {};
}

Result<std::optional<Draft>> draftWithPhoto(LocalStore &store, const Uuid &photo) {
    ZHICHA_ASSIGN(const std::vector<Draft> drafts, store.drafts().all());
    for (const Draft &draft : drafts) {
        const auto photos = draft.content.find("photos");
        if (photos == draft.content.end() || photos->second.array() == nullptr)
            continue;
        for (const cbor::Value &value : *photos->second.array())
            if (value.uuid() == photo)
                return std::optional(draft);
    }
    return std::optional<Draft>();
}

Result<Bytes> photoBytes(LocalStore &store, const Digest &digest) {
    ZHICHA_ASSIGN(const std::optional<PhotoRecord> record, store.photos().find(digest));
    if (!record)
        return fail(Code::NotFound, "this photo is not on this tablet");
    Bytes bytes;
    bytes.reserve(static_cast<std::size_t>(record->size));
    ZHICHA_TRY(
        PhotoIntake::read(store, *record, 0, static_cast<std::uint64_t>(record->size), [&](ByteView piece) -> Status {
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return {};
        }));
    return bytes;
}

Result<Bytes> readPicture(const std::string &path) {
    std::error_code bad;
    const auto size = std::filesystem::file_size(path, bad);
    if (bad)
        return fail(Code::NotFound, "cannot read the picture: " + bad.message(), Retry::AfterUser);
    if (size > kMaxPictureBytes)
        return fail(Code::TooLarge, "the picture has too many bytes");
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(size);
    file.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file || static_cast<std::uintmax_t>(file.gcount()) != size)
        return fail(Code::DiskError, "cannot read all of the picture");
    return bytes;
}

} // namespace zhicha
