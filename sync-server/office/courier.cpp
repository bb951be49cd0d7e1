#include "sync-server/office/courier.h"

#include "shared/files/courier_file.h"
#include "shared/files/posix_disk.h"
#include "shared/protocol/courier.h"
#include "shared/protocol/presenting.h"
#include "sync-server/intake/messages.h"
#include "sync-server/intake/photo_intake.h"

#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
struct Place {
    std::unique_ptr<PosixDisk> disk;
    std::string name;
};

Result<Place> placeOf(const std::string &path) {
    const std::size_t slash = path.rfind('/');
    Place place;
    place.name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (place.name.empty())
        return fail(Code::WrongUsage, "FILE names a folder");
    ZHICHA_ASSIGN(place.disk, PosixDisk::open(slash == std::string::npos ? "." : path.substr(0, slash + 1)));
    return place;
}

Bytes recordOf(std::string_view what, cbor::Map fields) {
    fields["what"] = std::string(what);
    return cbor::encode(fields);
}

/** Who an outbox says it is from, and where the answer has to go on. */
struct OutboxHead {
    Uuid device;
    std::int64_t generation = 0, size = 0, madeAtMs = 0;
    std::string after;
    Signature signature{};
};

Error notAnOutbox() {
    return fail(Code::BadEncoding, "the file is no outbox of a tablet");
}

Result<cbor::Map> mapOf(ByteView record) {
    ZHICHA_ASSIGN(const cbor::Value value, cbor::decode(record));
    if (value.map() == nullptr || !value.map()->contains("what") || value.map()->at("what").text() == nullptr)
        return notAnOutbox();
    return *value.map();
}

const cbor::Value &fieldOf(const cbor::Map &map, std::string_view name) {
    static const cbor::Value absent;
    const auto it = map.find(name);
    return it == map.end() ? absent : it->second;
}

Result<OutboxHead> headOf(const cbor::Map &map, const Uuid &ledger) {
    const std::int64_t *version = fieldOf(map, "version").integer();
    if (*fieldOf(map, "what").text() != protocol::kOutboxRecord || version == nullptr)
        return notAnOutbox();
    if (*version != protocol::kCourierVersion)
        return fail(Code::StoreNewer, "a newer version of the tablet wrote this outbox");
    const auto device = fieldOf(map, "device").uuid();
    const std::int64_t *generation = fieldOf(map, "generation").integer();
    const std::int64_t *size = fieldOf(map, "size").integer();
    const std::int64_t *madeAt = fieldOf(map, "made_at").integer();
    const std::string *after = fieldOf(map, "after").text();
    const Bytes *signature = fieldOf(map, "signature").bytes();
    const auto fits = signature != nullptr ? fixedBytes<64>(*signature) : std::nullopt;
    if (!device || generation == nullptr || size == nullptr || *size < 0 || madeAt == nullptr || after == nullptr ||
        !fits)
        return notAnOutbox();
    if (fieldOf(map, "ledger").uuid() != ledger)
        return fail(Code::UnknownDevice, "the outbox belongs to another ledger");
    return OutboxHead{*device, *generation, *size, *madeAt, *after, *fits};
}

/** Takes the records of one outbox, writing the receipts as it goes. */
class Courier {
public:
    Courier(LedgerAccess &access, PhotoStore &photos) : m_access(access), m_photos(photos) {}

    Status begin(const OutboxHead &head, const Place &receipts) {
        m_head = head;
        const ServerKeys &keys = m_access.keys();
        m_from = head.size;
        ZHICHA_ASSIGN(const BoxKey box, m_access.look<BoxKey>([&](LedgerReader &reader) -> Result<BoxKey> {
            return checkSender(reader, keys);
        }));
        if (head.generation != keys.note.generation)
            return {}; // what it knows is of another origin: no proof leads on from there
        ZHICHA_ASSIGN(CourierWriter file, CourierWriter::create(*receipts.disk, receipts.name, box, m_access.random()));
        m_receipts.emplace(std::move(file));
        return m_receipts->record(recordOf(protocol::kReceiptsRecord, {{"version", protocol::kCourierVersion},
                                                                       {"ledger", keys.ledger},
                                                                       {"device", head.device},
                                                                       {"keys", keys.signedNote},
                                                                       {"size", head.size}}));
    }

    Status run(Bytes bytes) {
        m_runs.push_back(std::move(bytes));
        return m_runs.size() == protocol::kMaxRunsPerRequest ? submit() : Status();
    }

    Status photo(const cbor::Map &record, CourierReader &file) {
        ZHICHA_TRY(submit());
        const auto digest = fieldOf(record, "sha256").digest();
        const std::int64_t *size = fieldOf(record, "size").integer();
        if (!digest || size == nullptr || *size < 0)
            return notAnOutbox();
        ++m_photosSeen;
        const auto bytes = static_cast<std::uint64_t>(*size);
        const Status may =
            m_access.read([&](LedgerReader &reader) { return photoMayArrive(reader, m_head.device, *digest, bytes); });
        const auto state = may ? m_photos.create(*digest, bytes) : Result<UploadState>(may.error());
        if (!state) // not this tablet's, or of another size: passed over like on the network
            return file.bytes(bytes, [](ByteView) { return Status(); });
        bool whole = state->complete;
        if (whole)
            ZHICHA_TRY(file.bytes(bytes, [](ByteView) { return Status(); }));
        else
            ZHICHA_TRY(keep(*digest, bytes, state->offset, file, whole));
        return whole ? arrived(*digest) : Status();
    }

    Result<nlohmann::json> finish(const Place &receipts) {
        ZHICHA_TRY(submit());
        ZHICHA_TRY(sendBack());
        nlohmann::json told{
            {"device", toText(m_head.device)},  {"runs", m_runsSeen},     {"stored", m_stored},
            {"refused", m_runsSeen - m_stored}, {"photos", m_photosSeen}, {"photos_taken", m_photosTaken},
            {"receipts", nlohmann::json()}};
        if (m_receipts) {
            ZHICHA_TRY(m_receipts->close());
            told["receipts"] = receipts.name;
        }
        return told;
    }

private:
    using BoxKey = std::array<std::uint8_t, 32>;

    Result<BoxKey> checkSender(LedgerReader &reader, const ServerKeys &keys) {
        ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, reader.chain(m_head.device));
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(m_head.device));
        const cbor::Value *box = row ? row->value("box_key") : nullptr;
        const auto key = box != nullptr && box->bytes() != nullptr ? fixedBytes<32>(*box->bytes()) : std::nullopt;
        if (!chain || chain->server || !key)
            return fail(Code::UnknownDevice, "no such device is enrolled");
        const Bytes content = cbor::encode(
            cbor::Array{keys.ledger, m_head.device, m_head.generation, m_head.size, m_head.after, m_head.madeAtMs});
        if (!verifyFor(chain->key, protocol::kCourierPurpose, content, m_head.signature))
            return fail(Code::BadSignature, "the outbox is not signed by the tablet that it names");
        m_revoked = row->field(kTrustedUptoField) != nullptr;
        return *key;
    }

    /** What is answered to a batch, with the proof that leads from what the tablet knows by then. */
    struct Answered {
        Bytes answer, proof;
        cbor::Array firsts;
        std::int64_t size = 0, stored = 0;
    };

    Status submit() {
        if (m_runs.empty())
            return {};
        ZHICHA_ASSIGN(Answered answered, m_access.ask<Answered>([&](Intake &intake) { return answerTo(intake); }));
        m_runsSeen += static_cast<std::int64_t>(m_runs.size());
        m_stored += answered.stored;
        m_runs.clear();
        if (!m_receipts)
            return {};
        m_from = answered.size;
        return m_receipts->record(recordOf(protocol::kOperationsRecord, {{"runs", std::move(answered.firsts)},
                                                                         {"answer", std::move(answered.answer)},
                                                                         {"proof", std::move(answered.proof)}}));
    }

    Result<Answered> answerTo(Intake &intake) {
        ZHICHA_ASSIGN(const SubmitAnswer submitted, intake.submit(m_head.device, m_runs));
        Answered out;
        for (const RunVerdict &verdict : submitted.runs) {
            out.firsts.emplace_back(verdict.first);
            out.stored += verdict.status == RunVerdict::Status::Stored ? 1 : 0;
        }
        out.answer = writeSubmitAnswer(submitted, intake.clock().nowMs());
        if (!m_receipts)
            return out;
        ZHICHA_ASSIGN(const Checkpoint newest, openCheckpoint(submitted.checkpoint, intake.keys().log.publicKey()));
        if (m_from > newest.size)
            return fail(Code::BadProof, "the tablet knows a larger ledger than this one");
        ZHICHA_ASSIGN(const std::vector<Digest> proof, consistencyProof(intake.ledger().tree(), m_from, newest.size));
        out.proof = writeProof(m_from, newest.size, proof, submitted.checkpoint);
        out.size = newest.size;
        return out;
    }

    /** The bytes behind what is durable already. What differs from its digest is dropped by the store and asked for
     *  again by the tablet. */
    Status keep(const Digest &digest, std::uint64_t size, std::uint64_t offset, CourierReader &file, bool &whole) {
        ZHICHA_ASSIGN(const std::unique_ptr<PhotoUpload> upload, m_photos.resume(digest, offset));
        std::uint64_t at = 0;
        const Status read = file.bytes(size, [&](ByteView piece) -> Status {
            const std::uint64_t skip = at >= offset ? 0 : std::min<std::uint64_t>(offset - at, piece.size());
            at += piece.size();
            return skip == piece.size() ? Status() : upload->write(piece.subspan(static_cast<std::size_t>(skip)));
        });
        const auto state = upload->finish(); // a cut file's bytes are kept, like those of a cut link
        ZHICHA_TRY(read);
        whole = state && state->complete;
        m_photosTaken += whole ? 1 : 0;
        return state || state.error().code == Code::DigestMismatch ? Status() : Status(state.error());
    }

    Status arrived(const Digest &digest) {
        return m_access.write([&](Intake &intake) { return photoArrived(intake, digest); });
    }

    /** Everything that the tablet may read since its cursor, its photos' receipts among it. */
    Status sendBack() {
        std::string cursor = m_head.after;
        for (bool more = m_receipts.has_value() && !m_revoked; more;) {
            ZHICHA_ASSIGN(Bytes page, m_access.look<Bytes>([&](LedgerReader &reader) -> Result<Bytes> {
                ZHICHA_ASSIGN(const ChangesPage changes,
                              readChanges(reader, m_access.keys().ledger, m_head.device, cursor));
                ZHICHA_ASSIGN(const std::optional<std::string> note, reader.setting(std::string(kCheckpointSetting)));
                cursor = changes.cursor;
                more = changes.more;
                return writeChanges(changes, note.value_or(""), m_access.clock().nowMs());
            }));
            ZHICHA_TRY(m_receipts->record(recordOf(protocol::kChangesRecord, {{"page", std::move(page)}})));
        }
        return {};
    }

    LedgerAccess &m_access;
    PhotoStore &m_photos;
    OutboxHead m_head;
    std::optional<CourierWriter> m_receipts;
    std::vector<Bytes> m_runs;
    std::int64_t m_from = 0; ///< the tree that the tablet knows by what stands in the receipts so far
    std::int64_t m_runsSeen = 0, m_stored = 0, m_photosSeen = 0, m_photosTaken = 0;
    bool m_revoked = false;
};
} // namespace

Result<nlohmann::json> importOutbox(LedgerAccess &access, PhotoStore &photos, const std::string &file,
                                    const std::string &receiptsFile) {
    ZHICHA_ASSIGN(const Place in, placeOf(file));
    ZHICHA_ASSIGN(const Place out, placeOf(receiptsFile));
    if (out.disk->exists(out.name))
        return fail(Code::AlreadyDone, receiptsFile + " exists already");
    ZHICHA_ASSIGN(CourierReader reader, CourierReader::open(*in.disk, in.name, access.keys().sealing));
    Courier courier(access, photos);
    for (bool first = true;; first = false) {
        ZHICHA_ASSIGN(const std::optional<Bytes> record, reader.record());
        if (!record && first)
            return notAnOutbox();
        if (!record)
            return courier.finish(out);
        ZHICHA_ASSIGN(const cbor::Map map, mapOf(*record));
        const std::string &what = *fieldOf(map, "what").text();
        if (first) {
            ZHICHA_ASSIGN(const OutboxHead head, headOf(map, access.keys().ledger));
            ZHICHA_TRY(courier.begin(head, out));
        } else if (what == protocol::kRunRecord && fieldOf(map, "run").bytes() != nullptr) {
            ZHICHA_TRY(courier.run(*fieldOf(map, "run").bytes()));
        } else if (what == protocol::kPhotoRecord) {
            ZHICHA_TRY(courier.photo(map, reader));
        } else {
            return notAnOutbox();
        }
    }
}

} // namespace zhicha
