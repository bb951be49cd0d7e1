#include "sync-server/store/directory/photo_progress.h"

#include "shared/base/plant.h"
#include "sync-server/store/directory/begun_note.h"

namespace zhicha {

namespace {
// A crash in the middle of a large PATCH costs at most this much again; each sync costs two waits for the medium.
constexpr std::uint64_t kSyncEveryBytes = 8u << 20;

Error takenOver() {
    return fail(Code::Conflict, "a newer upload of this photo has taken over");
}
} // namespace

PhotoPaths::PhotoPaths(const Digest &photo) {
    const std::string hex = toHex(photo);
    folder = hex.substr(0, 2);
    whole = folder + "/" + hex.substr(2);
    part = whole + ".part";
    note = whole + ".begun";
}

Status PhotoProgress::load() {
    if (m_loaded)
        return {};
    if (m_disk.exists(m_paths.whole)) {
        ZHICHA_ASSIGN(const auto key, m_keyOf());
        ZHICHA_ASSIGN(const SealedReader reader, SealedReader::open(m_disk, m_paths.whole, key));
        if (m_disk.exists(m_paths.note)) { // killed between the rename and its sync: now it is owed
            ZHICHA_TRY(m_disk.syncFolder(m_paths.folder));
            ZHICHA_TRY(m_disk.remove(m_paths.note));
        }
        m_size = m_durable = reader.size();
        m_complete = true;
    } else {
        ZHICHA_ASSIGN(const BegunNote note, readNote(m_disk, m_paths.note));
        m_size = note.size;
        m_durable = note.durable;
    }
    m_loaded = true;
    return {};
}

Result<UploadState> PhotoProgress::create(std::uint64_t size) {
    const std::scoped_lock lock(m_mutex);
    if (Status known = load(); known) {
        if (m_size != size)
            return fail(Code::Conflict, "this photo was begun with another size");
        return stateNow();
    } else if (known.error().code != Code::NotFound) {
        return std::move(known).error();
    }
    ZHICHA_TRY(m_disk.makeFolder(m_paths.folder));
    ZHICHA_TRY(writeNote(m_disk, m_paths.note, {size, 0}));
    ZHICHA_TRY(m_disk.syncFolder(m_paths.folder));
    m_size = size;
    m_durable = 0;
    m_loaded = true;
    return stateNow();
}

void PhotoProgress::giveUp() {
    m_writer.reset();
    m_digest.reset();
}

// Nothing that could lie is kept on disk: after a restart the digest is computed again from the bytes that are there.
Status PhotoProgress::openWriter() {
    if (m_writer)
        return {};
    ZHICHA_ASSIGN(const auto key, m_keyOf());
    if (m_durable == 0) {
        ZHICHA_ASSIGN(m_writer, SealedWriter::create(m_disk, m_paths.part, key, m_random));
        m_digest.emplace();
        return {};
    }
    if (m_digest) {
        ZHICHA_ASSIGN(m_writer, SealedWriter::reopen(m_disk, m_paths.part, key, m_random, m_end));
        return {};
    }
    Sha256 digest;
    auto writer = SealedWriter::resume(m_disk, m_paths.part, key, m_random, m_durable, [&](ByteView bytes) {
        digest.update(bytes);
        return Status();
    });
    if (!writer) {
        const Code code = writer.error().code;
        if (code == Code::StoreDamaged || code == Code::NotFound) // the medium lost it: ask for all of it again
            ZHICHA_TRY(startOver());
        return std::move(writer).error();
    }
    m_writer = std::move(writer).value();
    m_digest = std::move(digest);
    return {};
}

Status PhotoProgress::startOver() {
    giveUp();
    ZHICHA_TRY(writeNote(m_disk, m_paths.note, {m_size, 0})); // before the bytes go: it must never claim too much
    m_durable = 0;
    const Status removed = m_disk.remove(m_paths.part);
    return removed || removed.error().code == Code::NotFound ? Status() : removed;
}

// Syncs the bytes first, then says so.
Status PhotoProgress::makeDurable() {
    if (!m_writer || m_writer->size() == m_durable)
        return {};
    const bool first = m_durable == 0;
    Status status = m_writer->sync();
    if (status && first)
        status = m_disk.syncFolder(m_paths.folder); // the part's name
    if (status)
        status = writeNote(m_disk, m_paths.note, {m_size, m_writer->size()});
    if (!status) {
        giveUp();
        return status;
    }
    m_durable = m_writer->size();
    m_end = m_writer->synced();
    return {};
}

Result<UploadState> PhotoProgress::settleLocked() {
    if (m_complete)
        return stateNow();
    ++m_upload; // whoever still writes is pre-empted
    if (m_writer ? m_writer->size() == m_size : m_durable == m_size)
        return complete();
    if (plant("offset_lies") && m_writer)
        return UploadState{m_writer->size(), m_size, false};
    ZHICHA_TRY(makeDurable());
    m_writer.reset(); // the digest and the position stay: going on reads nothing again
    return stateNow();
}

// Every byte is there: proved, synced, renamed, the folder synced, in this order; only then is it told.
Result<UploadState> PhotoProgress::complete() {
    ZHICHA_TRY(openWriter());
    if (m_digest->digest() != m_photo && !plant("photo_before_digest")) {
        ZHICHA_TRY(startOver());
        return fail(Code::DigestMismatch, "the bytes are not those of photo " + toHex(m_photo));
    }
    Status status = m_writer->close();
    if (status)
        status = m_disk.rename(m_paths.part, m_paths.whole);
    if (status)
        status = m_disk.syncFolder(m_paths.folder);
    giveUp();
    ZHICHA_TRY(std::move(status));
    (void)m_disk.remove(m_paths.note).has_value(); // if it comes back after a power cut, the photo goes before it
    m_durable = m_size;
    m_complete = true;
    return stateNow();
}

Result<UploadState> PhotoProgress::settle() {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(load());
    auto state = settleLocked();
    if (!state && state.error().code == Code::DigestMismatch)
        return stateNow(); // who asks learns that nothing is there; finish() is where a mismatch is told
    return state;
}

Status PhotoProgress::remove() {
    const std::scoped_lock lock(m_mutex);
    giveUp();
    ++m_upload;
    m_loaded = m_complete = false;
    m_size = m_durable = 0;
    if (!m_disk.exists(m_paths.folder))
        return {};
    for (const std::string &path : {m_paths.whole, m_paths.part, m_paths.note}) {
        const Status removed = m_disk.remove(path);
        if (!removed && removed.error().code != Code::NotFound)
            return removed;
    }
    return m_disk.syncFolder(m_paths.folder);
}

Result<UploadState> PhotoProgress::look() {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(load());
    return stateNow();
}

Result<std::uint64_t> PhotoProgress::begin(std::uint64_t offset) {
    const std::scoped_lock lock(m_mutex);
    ZHICHA_TRY(load());
    if (m_writer) {
        auto before = settleLocked();
        if (!before &&
            before.error().code != Code::DigestMismatch) // a mismatch has left offset 0, which is checked next
            return std::move(before).error();
    }
    if (m_complete ? offset != m_size : offset != m_durable)
        return fail(Code::OffsetMismatch, "the store holds " + std::to_string(m_durable) + " bytes");
    if (!m_complete)
        ZHICHA_TRY(openWriter());
    return ++m_upload;
}

Status PhotoProgress::write(std::uint64_t upload, ByteView chunk) {
    const std::scoped_lock lock(m_mutex);
    if (upload != m_upload)
        return takenOver();
    if (m_complete ? !chunk.empty() : m_writer && chunk.size() > m_size - m_writer->size())
        return fail(Code::TooLarge, "more bytes than the photo was declared to have");
    if (m_complete)
        return {};
    if (!m_writer)
        return fail(Code::DiskError, "an earlier write of this upload failed");
    if (Status status = m_writer->write(chunk); !status) {
        giveUp();
        return status;
    }
    m_digest->update(chunk);
    return m_writer->size() - m_durable >= kSyncEveryBytes ? makeDurable() : Status();
}

Result<UploadState> PhotoProgress::finish(std::uint64_t upload) {
    const std::scoped_lock lock(m_mutex);
    if (upload != m_upload)
        return takenOver();
    if (!m_complete && !m_writer)
        return fail(Code::DiskError, "an earlier write of this upload failed");
    return settleLocked();
}

void PhotoProgress::abandon(std::uint64_t upload) {
    const std::scoped_lock lock(m_mutex);
    if (upload == m_upload && m_writer)
        (void)settleLocked().has_value(); // an error costs what came after the last sync; the next HEAD tells
}

} // namespace zhicha
