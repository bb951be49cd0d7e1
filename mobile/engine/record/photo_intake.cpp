#include "mobile/engine/record/photo_intake.h"

#include "mobile/engine/capture/picture_preview.h"
#include "shared/crypto/digest.h"
#include "shared/files/sealed_file.h"

namespace zhicha {

namespace {
constexpr std::uint64_t kSpareBytes = 4u << 20; ///< left free, so that the store itself can still write

/** Digest of a sealed file's content; an error if any frame is not what was sealed. */
Result<Digest> digestOfFile(Disk &disk, const std::string &path, const SecretKey &key) {
    ZHICHA_ASSIGN(SealedReader reader, SealedReader::open(disk, path, key));
    Sha256 hash;
    ZHICHA_TRY(reader.read(0, reader.size(), [&](ByteView piece) -> Status {
        hash.update(piece);
        return {};
    }));
    return hash.digest();
}
} // namespace

Result<std::string> PhotoIntake::fileFor(const Digest &digest) {
    ZHICHA_ASSIGN(const std::optional<Bytes> key, m_store.state().get(statekey::kFileNameKey));
    if (!key)
        return fail(Code::StoreDamaged, "the store lacks its key of file names");
    const Digest name = hmacSha256(*key, digest);
    return "photos/" + toHex(ByteView(name).first(16));
}

Status PhotoIntake::writeFile(const PhotoRecord &photo, ByteView bytes) {
    Disk &disk = m_store.disk();
    ZHICHA_ASSIGN(const std::uint64_t free, disk.freeBytes());
    if (free < bytes.size() + bytes.size() / 64 + kSpareBytes)
        return fail(Code::DiskFull, "no room for a photo of " + std::to_string(bytes.size()) + " bytes",
                    Retry::AfterUser);
    const std::string part = photo.file + ".part";
    {
        ZHICHA_ASSIGN(SealedWriter writer, SealedWriter::create(disk, part, photo.key, m_recorder.writer().random()));
        ZHICHA_TRY(writer.write(bytes));
        ZHICHA_TRY(writer.close());
    }
    // Read back before it takes its name: a full or failing disk must not leave a file that only looks like the photo.
    ZHICHA_ASSIGN(const Digest written, digestOfFile(disk, part, photo.key));
    if (written != photo.digest)
        return fail(Code::DigestMismatch, "a photo was not written as it came");
    ZHICHA_TRY(disk.rename(part, photo.file));
    return disk.syncFolder("photos");
}

Result<bool> PhotoIntake::fileIsWhole(const PhotoRecord &photo) {
    if (!m_store.disk().exists(photo.file))
        return false;
    const auto digest = digestOfFile(m_store.disk(), photo.file, photo.key);
    return digest.has_value() && *digest == photo.digest;
}

Result<PhotoRecord> PhotoIntake::keep(ByteView bytes, bool preview, const Uuid &check, std::string_view type) {
    const Digest digest = sha256(bytes);
    ZHICHA_ASSIGN(const std::optional<PhotoRecord> known, m_store.photos().find(digest));
    PhotoRecord photo;
    if (known && known->erased())
        return fail(Code::NotAllowed, "two officers erased this photo; it is not taken up again", Retry::AfterUser);
    if (known) {
        photo = *known;
        ZHICHA_ASSIGN(const bool whole, fileIsWhole(photo));
        if (whole) {
            // A capture that was whole before the power went is adopted here. Its name may not be durable yet.
            if (photo.state == PhotoState::Capturing)
                ZHICHA_TRY(m_store.disk().syncFolder("photos"));
            return photo;
        }
    } else {
        photo.digest = digest;
        photo.preview = preview;
        photo.check = check;
        photo.size = static_cast<std::int64_t>(bytes.size());
        photo.type = type;
        photo.key = m_recorder.writer().random().array<32>();
        ZHICHA_ASSIGN(photo.file, fileFor(digest));
        photo.addedMs = m_recorder.writer().clock().nowMs();
        ZHICHA_TRY(m_store.photos().add(photo)); // durable before the file, so that no file lacks its key
    }
    ZHICHA_TRY(writeFile(photo, bytes));
    return photo;
}

Result<std::optional<Uuid>> PhotoIntake::sameBefore(const PhotoToAdd &photo, const Digest &digest) {
    ZHICHA_ASSIGN(const std::vector<KnownEntity> photos, m_store.entities().ofCheck(photo.check, EntityType::Photo));
    for (const KnownEntity &known : photos) {
        const cbor::Value *hash = known.row.value("sha256");
        if (hash != nullptr && hash->digest() == digest && !known.row.isVoid() && known.row.uuid("to") == photo.to &&
            (!photo.id || *photo.id == known.id))
            return std::optional(known.id);
    }
    return std::optional<Uuid>();
}

Result<std::string> PhotoIntake::nextRank(const Uuid &check, const Uuid &to) {
    ZHICHA_ASSIGN(const std::vector<KnownEntity> photos, m_store.entities().ofCheck(check, EntityType::Photo));
    int count = 1;
    for (const KnownEntity &known : photos)
        count += known.row.uuid("to") == to ? 1 : 0;
    std::string rank = std::to_string(count);
    return rank.insert(0, rank.size() < 6 ? 6 - rank.size() : 0, '0');
}

Status PhotoIntake::placeExists(const Uuid &check, const Uuid &to) {
    if (to == check)
        return {};
    ZHICHA_ASSIGN(const EntityRow row, m_recorder.living(to, EntityType::Unknown));
    const bool holdsPhotos =
        row.type == EntityType::Finding || row.type == EntityType::Answer || row.type == EntityType::Reply;
    if (!holdsPhotos || row.check != check)
        return fail(Code::InvalidArgument, "a photo belongs to a finding, an answer, a reply or the check itself");
    return {};
}

Result<PhotoAdded> PhotoIntake::add(const PhotoToAdd &photo, ByteView picture) {
    ZHICHA_TRY(m_recorder.mayWriteInto(photo.check));
    ZHICHA_TRY(placeExists(photo.check, photo.to));
    const PictureProbe probe = probePicture(picture);
    ZHICHA_TRY(checkKeepable(probe));
    PhotoAdded added;
    added.type = pictureMediaType(probe.type);
    added.trouble = probe.trouble;
    ZHICHA_ASSIGN(PhotoRecord original, keep(picture, false, photo.check, added.type));
    added.sha256 = original.digest;
    added.size = original.size;
    ZHICHA_ASSIGN(const std::optional<Uuid> before, sameBefore(photo, original.digest));

    std::optional<PhotoRecord> preview;
    auto made = makePreview(picture);
    if (made) {
        ZHICHA_ASSIGN(preview, keep(made->jpeg, true, photo.check, "image/jpeg"));
        added.preview = true;
    } else if (added.trouble.empty()) {
        added.trouble = made.error().detail;
    }
    if (before && original.state != PhotoState::Capturing) {
        added.photo = *before;
        return added;
    }
    ZHICHA_ASSIGN(const std::string rank, nextRank(photo.check, photo.to));
    cbor::Map fields{
        {"check", photo.check},        {"sha256", original.digest}, {"size", original.size}, {"type", added.type},
        {"how_taken", photo.howTaken}, {"origin", photo.origin},    {"to", photo.to},        {"rank", rank}};
    if (probe.width > 0 && probe.height > 0)
        fields["pixels"] = cbor::Array{std::int64_t{probe.width}, std::int64_t{probe.height}};
    if (preview)
        fields["preview"] = preview->digest;
    if (photo.howDocument)
        fields["how_document"] = *photo.howDocument;
    if (photo.importNote)
        fields["import_note"] = *photo.importNote;
    if (photo.shotAtMs)
        fields["shot_at"] = *photo.shotAtMs;
    if (photo.fix)
        fields["fix"] = *photo.fix;
    added.photo = photo.id ? *photo.id : m_recorder.writer().newId();

    ZHICHA_ASSIGN(Transaction transaction, m_store.begin());
    ZHICHA_ASSIGN(const StoredOperation stored,
                  m_recorder.writer().append({"photo.add", added.photo, std::move(fields), nullptr}));
    for (PhotoRecord *record : {&original, preview ? &*preview : nullptr}) {
        if (record == nullptr)
            continue;
        // An original that is known already, perhaps as the preview of another, is asked about once more: only so does
        // the office say of this check too that it is there.
        if (record->state != PhotoState::Capturing && record != &original)
            continue;
        record->state = PhotoState::Waiting;
        record->preview = record != &original && record->preview;
        record->check = photo.check;
        record->seq = stored.seq;
        ZHICHA_TRY(m_store.photos().update(*record));
        if (m_store.database().changes() != 1)
            return fail(Code::Busy, "the photo was cleaned away by another program; take it again", Retry::Later);
    }
    ZHICHA_TRY(transaction.commit());
    return added;
}

Status PhotoIntake::place(const Uuid &photo, const Uuid &to, const std::optional<std::string> &rank) {
    ZHICHA_ASSIGN(const EntityRow shown, m_recorder.living(photo, EntityType::Photo));
    if (!shown.check)
        return fail(Code::NotFound, "the photo's check is not known here");
    ZHICHA_TRY(placeExists(*shown.check, to));
    cbor::Map fields{{"to", to}};
    if (rank) {
        fields["rank"] = *rank;
    } else {
        ZHICHA_ASSIGN(fields["rank"], nextRank(*shown.check, to));
    }
    ZHICHA_ASSIGN(Transaction transaction, m_store.begin());
    ZHICHA_ASSIGN(const StoredOperation stored,
                  m_recorder.writer().append({"photo.place", photo, std::move(fields), &shown}));
    return transaction.commit();
}

Result<std::vector<PhotoRecord>> PhotoIntake::recover() {
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> captures, m_store.photos().inState(PhotoState::Capturing));
    std::vector<PhotoRecord> adoptable;
    for (const PhotoRecord &photo : captures) {
        ZHICHA_ASSIGN(const bool whole, fileIsWhole(photo));
        if (whole) {
            if (!photo.preview)
                adoptable.push_back(photo);
            continue;
        }
        if (m_store.disk().exists(photo.file + ".part"))
            ZHICHA_TRY(m_store.disk().remove(photo.file + ".part"));
        if (!m_store.disk().exists(photo.file)) // a damaged file under its own name stays: somebody may want to look
            ZHICHA_TRY(m_store.photos().removeCapture(photo.digest));
    }
    return adoptable;
}

Status PhotoIntake::read(LocalStore &store, const PhotoRecord &photo, std::uint64_t first, std::uint64_t last,
                         const std::function<Status(ByteView)> &sink) {
    ZHICHA_ASSIGN(SealedReader reader, SealedReader::open(store.disk(), photo.file, photo.key));
    if (reader.size() != static_cast<std::uint64_t>(photo.size))
        return fail(Code::StoreDamaged, "a photo's file has another size than the photo");
    return reader.read(first, last, sink);
}

} // namespace zhicha
