#include "mobile/engine/courier/courier.h"

#include "mobile/engine/record/photo_intake.h"
#include "mobile/engine/sync/answer.h"
#include "mobile/engine/sync/keys_step.h"
#include "mobile/engine/sync/pull_step.h"
#include "mobile/engine/sync/send_step.h"
#include "shared/files/courier_file.h"
#include "shared/protocol/courier.h"
#include "shared/protocol/paths.h"

namespace zhicha {

namespace {
using protocol::kCourierPurpose;

Bytes recordOf(std::string_view what, cbor::Map fields) {
    fields["what"] = std::string(what);
    return cbor::encode(fields);
}

/** What the outbox's signature covers: who wrote it, and from where the answer has to go on. */
Bytes signedOutbox(const Identity &identity, const Checkpoint &known, const std::string &cursor,
                   std::int64_t madeAtMs) {
    return cbor::encode(cbor::Array{identity.ledger, identity.device, known.generation, known.size, cursor, madeAtMs});
}

Status putHead(CourierWriter &file, LocalStore &store, const Clock &clock) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, store.checkpoint());
    ZHICHA_ASSIGN(const std::optional<Bytes> cursor, store.state().get(statekey::kCursor));
    const Checkpoint from = known.value_or(Checkpoint());
    const std::string after = cursor ? std::string(textOf(*cursor)) : std::string();
    const std::int64_t madeAtMs = clock.nowMs();
    const Signature signature =
        identity.signingKey().signFor(kCourierPurpose, signedOutbox(identity, from, after, madeAtMs));
    return file.record(recordOf(protocol::kOutboxRecord, {{"version", protocol::kCourierVersion},
                                                          {"ledger", identity.ledger},
                                                          {"device", identity.device},
                                                          {"generation", from.generation},
                                                          {"size", from.size},
                                                          {"after", after},
                                                          {"made_at", madeAtMs},
                                                          {"signature", Bytes(signature.begin(), signature.end())}}));
}

Status putRuns(CourierWriter &file, LocalStore &store, OutboxWritten &written) {
    RunCutter cutter(store);
    ZHICHA_TRY(cutter.cutNew());
    ZHICHA_ASSIGN(std::int64_t seq, store.acknowledged());
    for (++seq;;) {
        ZHICHA_ASSIGN(std::optional<CutRun> run, cutter.runWith(seq));
        if (!run)
            return {};
        written.operations += run->stored.last - std::max(seq, run->stored.first) + 1;
        seq = run->stored.last + 1;
        ZHICHA_TRY(file.record(recordOf(protocol::kRunRecord, {{"run", std::move(run->encoded)}})));
    }
}

Status putPhotos(CourierWriter &file, LocalStore &store, OutboxWritten &written) {
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> photos, store.photos().all());
    for (const PhotoRecord &photo : photos) {
        if (photo.state != PhotoState::Waiting && photo.state != PhotoState::Sent)
            continue;
        ZHICHA_TRY(file.record(recordOf(protocol::kPhotoRecord, {{"sha256", photo.digest}, {"size", photo.size}})));
        ZHICHA_TRY(PhotoIntake::read(store, photo, 0, static_cast<std::uint64_t>(photo.size),
                                     [&](ByteView piece) { return file.bytes(piece); }));
        ++written.photos;
        written.bytes += photo.size;
    }
    return {};
}

/** An answer as if it had come over a connection that the key note vouches for: only its proofs count. */
HttpResponse answerOf(Bytes body) {
    HttpResponse response;
    response.status = 200;
    response.headers.push_back({"Content-Type", std::string(protocol::kCborType)});
    response.body = std::move(body);
    response.loopbackPlain = true;
    return response;
}

/** Hands the records of one file to the steps of a sync. */
class Receipts {
public:
    Receipts(LocalStore &store, const Clock &clock, RandomSource &random)
        : m_store(store), m_context{store, clock, random, {}}, m_keys(m_context), m_send(m_context), m_pull(m_context) {
        m_context.carried = true;
    }

    Status head(AnswerReader &record) {
        const Identity &identity = *m_store.identity();
        Uuid ledger;
        Uuid device;
        ledger.bytes = record.fixed<16>("ledger");
        device.bytes = record.fixed<16>("device");
        const std::int64_t version = record.integer("version");
        Bytes note = record.bytes("keys");
        const std::int64_t size = record.integer("size");
        if (!record.ok() || version != protocol::kCourierVersion)
            return fail(Code::StoreNewer, "a newer version of the office wrote these receipts");
        if (ledger != identity.ledger || device != identity.device)
            return fail(Code::UnknownDevice, "these receipts are for another tablet", Retry::AfterUser);
        ZHICHA_TRY(m_keys.onAnswer(answerOf(std::move(note))));
        ZHICHA_ASSIGN(const std::optional<Checkpoint> known, m_store.checkpoint());
        if (known && known->size > size)
            return fail(Code::AlreadyDone, "this tablet has newer word from the office than these receipts bring");
        return {};
    }

    Status operations(AnswerReader &record) {
        const cbor::Array runs = record.array("runs");
        Bytes answer = record.bytes("answer");
        Bytes proof = record.bytes("proof");
        std::vector<OwnRun> batch;
        for (const cbor::Value &run : runs) {
            if (run.integer() == nullptr)
                return AnswerReader::wrongShape("receipts");
            ZHICHA_ASSIGN(const std::optional<OwnRun> own, m_store.runs().ownCovering(*run.integer()));
            if (!own || own->first != *run.integer())
                return fail(Code::BadProof, "receipts for runs that this tablet never cut");
            batch.push_back(*own);
        }
        if (!record.ok())
            return AnswerReader::wrongShape("receipts");
        return m_send.onCarried(std::move(batch), answerOf(std::move(answer)), answerOf(std::move(proof)));
    }

    Status changes(AnswerReader &record) {
        Bytes page = record.bytes("page");
        return record.ok() ? m_pull.onAnswer(answerOf(std::move(page))) : Status(AnswerReader::wrongShape("receipts"));
    }

private:
    LocalStore &m_store;
    SyncContext m_context;
    KeysStep m_keys;
    SendStep m_send;
    PullStep m_pull;
};
} // namespace

Result<OutboxWritten> exportOutbox(LocalStore &store, const Clock &clock, RandomSource &random, Disk &outside,
                                   const std::string &path) {
    const auto identity = store.enrolledIdentity();
    ZHICHA_TRY(identity ? Status() : Status(identity.error()));
    ZHICHA_ASSIGN(CourierWriter file, CourierWriter::create(outside, path, store.keyNote()->sealingKey, random));
    OutboxWritten written;
    ZHICHA_TRY(putHead(file, store, clock));
    ZHICHA_TRY(putRuns(file, store, written));
    ZHICHA_TRY(putPhotos(file, store, written));
    ZHICHA_TRY(file.close());
    return written;
}

Result<ReceiptsRead> importReceipts(LocalStore &store, const Clock &clock, RandomSource &random, Disk &outside,
                                    const std::string &path) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    ZHICHA_ASSIGN(CourierReader file, CourierReader::open(outside, path, identity.box));
    Receipts receipts(store, clock, random);
    ReceiptsRead read;
    for (bool first = true;; first = false) {
        ZHICHA_ASSIGN(const std::optional<Bytes> bytes, file.record());
        if (!bytes && !first)
            break;
        auto value = bytes ? cbor::decode(*bytes) : Result<cbor::Value>(AnswerReader::wrongShape("receipts"));
        if (!value || value->map() == nullptr)
            return fail(Code::BadEncoding, "the receipts do not decode");
        AnswerReader record(*value->map());
        const std::string what = record.text("what");
        if (!record.ok() || first != (what == protocol::kReceiptsRecord))
            return fail(Code::BadEncoding, "the receipts do not have the courier's shape");
        if (first)
            ZHICHA_TRY(receipts.head(record));
        else if (what == protocol::kOperationsRecord)
            ZHICHA_TRY(receipts.operations(record));
        else if (what == protocol::kChangesRecord)
            ZHICHA_TRY(receipts.changes(record));
        read.pages += what == protocol::kChangesRecord ? 1 : 0;
    }
    ZHICHA_ASSIGN(read.acknowledged, store.acknowledged());
    return read;
}

} // namespace zhicha
