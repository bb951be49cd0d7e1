#include "mobile/engine/sync/pull_step.h"

#include "mobile/engine/store/erased.h"
#include "mobile/engine/sync/answer.h"
#include "shared/base/plant.h"
#include "shared/protocol/paths.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {
/** Cursors are opaque: everything but letters, digits, `-`, `_` and `.` is escaped. */
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || c == '.';
        if (plain)
            out.push_back(c);
        else
            out += "%" + toHex(viewOf(std::string_view(&c, 1)));
    }
    return out;
}

/** The store itself failed, so that nothing can be parked either. */
bool isOfTheStore(Code code) {
    return code == Code::DiskFull || code == Code::DiskError || code == Code::StoreDamaged ||
           code == Code::StoreLocked || code == Code::Internal;
}
} // namespace

Result<std::optional<HttpRequest>> PullStep::next() {
    if (m_done || m_context.uploadOnly)
        return std::optional<HttpRequest>();
    ZHICHA_ASSIGN(const std::optional<Bytes> cursor, m_context.store.state().get(statekey::kCursor));
    std::string path(protocol::kChangesPath);
    if (cursor && !cursor->empty())
        path += "?after=" + escaped(textOf(*cursor));
    return std::optional(m_context.authorized("GET", std::move(path)));
}

Status PullStep::onAnswer(const HttpResponse &response) {
    ZHICHA_ASSIGN(const cbor::Map map, cborAnswer(response));
    AnswerReader answer(map);
    const cbor::Array &runs = answer.array("runs");
    const std::string cursor = answer.text("cursor");
    const bool more = answer.boolean("more");
    const std::string note = answer.text("checkpoint");
    if (!answer.ok())
        return AnswerReader::wrongShape("GET /changes");
    const auto checkpoint = m_context.open(note); // of this origin, or a newer note is needed
    if (!checkpoint)
        return checkpoint.error();
    m_origin = checkpoint->generation;
    LocalStore &store = m_context.store;
    if (plant("cursor_off_by_one"))
        ZHICHA_TRY(store.state().put(statekey::kCursor, viewOf(cursor)));
    m_erasedFiles.clear();
    ZHICHA_ASSIGN(Transaction transaction, store.begin());
    for (const cbor::Value &entry : runs) {
        const cbor::Array *pair = entry.array();
        if (pair == nullptr || pair->size() != 2 || (*pair)[0].integer() == nullptr || (*pair)[1].bytes() == nullptr)
            return AnswerReader::wrongShape("GET /changes");
        ZHICHA_TRY(takeOrPark(*(*pair)[1].bytes(), *(*pair)[0].integer()));
    }
    if (!runs.empty())
        ZHICHA_TRY(retryParked());
    ZHICHA_TRY(store.state().put(statekey::kCursor, viewOf(cursor)));
    ZHICHA_TRY(transaction.commit());
    // Without their keys they are noise: one that cannot be removed harms nobody.
    for (const std::string &file : m_erasedFiles)
        static_cast<void>(store.disk().remove(file).has_value());
    m_done = !more;
    return {};
}

Status PullStep::obeyErasures(const std::vector<StoredOperation> &fresh) {
    for (const StoredOperation &operation : fresh) {
        const auto envelope = decodeEnvelope(operation.bytes.envelope);
        const KindInfo *kind = envelope ? findKind(envelope->kind) : nullptr;
        if (kind == nullptr || kind->entity != EntityType::Erasure)
            continue;
        ZHICHA_ASSIGN(const std::vector<std::string> files, obeyErasure(m_context.store, envelope->id));
        m_erasedFiles.insert(m_erasedFiles.end(), files.begin(), files.end());
    }
    return {};
}

Status PullStep::takeOrPark(ByteView bytes, std::int64_t log) {
    Status taken = takeRun(bytes, log);
    if (taken || isOfTheStore(taken.error().code))
        return taken;
    return m_context.store.runs().park(bytes, log, codeName(taken.error().code), taken.error().detail);
}

Status PullStep::retryParked() {
    ZHICHA_ASSIGN(const std::vector<ParkedRun> parked, m_context.store.runs().parked());
    for (const ParkedRun &run : parked) {
        if (run.code != codeName(Code::UnknownDevice))
            continue;
        Status taken = takeRun(run.run, run.log);
        if (taken)
            ZHICHA_TRY(m_context.store.runs().unpark(run.run));
        else if (isOfTheStore(taken.error().code))
            return taken;
    }
    return {};
}

Result<std::optional<PublicKey>> PullStep::keyOf(const Uuid &device) {
    const KeyNote &note = *m_context.store.keyNote();
    if (device == note.serverDevice)
        return std::optional(note.serverKey);
    for (const KeyNote::Past &past : note.past)
        if (device == past.serverDevice)
            return std::optional(past.serverKey);
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_context.store.entities().row(device));
    const cbor::Value *key = row && row->type == EntityType::Device ? row->value("sign_key") : nullptr;
    return key != nullptr && key->bytes() != nullptr ? fixedBytes<32>(*key->bytes()) : std::nullopt;
}

Status PullStep::takeRun(ByteView bytes, std::int64_t log) {
    ZHICHA_ASSIGN(const Run run, decodeRun(bytes));
    const Identity &identity = *m_context.store.identity();
    if (run.bounds.ledger != identity.ledger || run.bounds.suite != kSuite1)
        return fail(Code::BadEncoding, "a run of another ledger or suite");
    if (run.bounds.device == identity.device)
        return {}; // the own chain is here already
    ZHICHA_ASSIGN(const std::optional<PublicKey> key, keyOf(run.bounds.device));
    if (!key)
        return fail(Code::UnknownDevice, "a run of a device that this tablet does not know yet");
    if (!runSignatureFits(run.bounds, *key, run.signature))
        return fail(Code::BadSignature, "a run is not signed by its device");
    return storeRun(run, log);
}

Status PullStep::storeRun(const Run &run, std::int64_t log) {
    LocalStore &store = m_context.store;
    const Uuid &device = run.bounds.device;
    std::vector<StoredOperation> fresh;
    std::optional<std::int64_t> forkAt;
    bool lacking = false;
    for (std::size_t i = 0; i < run.elements.size(); ++i) {
        const RunElement &element = run.elements[i];
        const std::int64_t seq = run.bounds.first + static_cast<std::int64_t>(i);
        std::optional<Envelope> envelope;
        std::optional<Uuid> check;
        std::optional<Body> body;
        if (element.operation) {
            if (auto decoded = decodeEnvelope(element.operation->envelope))
                envelope = std::move(*decoded);
            if (element.operation->body)
                if (auto decoded = decodeBody(*element.operation->body))
                    body = std::move(*decoded);
        }
        const KindInfo *kind = envelope ? findKind(envelope->kind) : nullptr;
        if (kind != nullptr && body)
            check = namedCheck(*kind, envelope->id, body->fields);
        if (envelope && !check) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(envelope->id));
            check = row ? row->check : std::nullopt;
        }
        ZHICHA_ASSIGN(const OperationTable::Stored stored,
                      store.operations().storePulled(device, seq, element, check, envelope));
        if (stored == OperationTable::Stored::Fork && !forkAt)
            forkAt = seq;
        // A restored office may have this run from a colleague who saw less of it.
        lacking = lacking || stored == OperationTable::Stored::HeldAlone;
        if (stored == OperationTable::Stored::Known || !element.operation)
            continue;
        fresh.push_back({device, seq, element.d, *element.operation});
        // Only the chain that speaks now knows what its photo store holds: an earlier one may have lost it since.
        const bool current = device == store.keyNote()->serverDevice;
        if (current && kind != nullptr && body && kind->name == "photos.received")
            ZHICHA_TRY(noteReceived(body->fields));
        if (current && kind != nullptr && body && kind->name == "photo.mismatch")
            ZHICHA_TRY(noteMismatch(body->fields));
    }
    ZHICHA_TRY(store.runs().addPulled(run.bounds, run.signature, log, m_origin, lacking));
    Apply apply(store.fold());
    if (!fresh.empty()) {
        ZHICHA_ASSIGN(const std::vector<ApplyOutcome> outcomes, apply.batch(fresh));
        ZHICHA_TRY(obeyErasures(fresh));
    }
    return forkAt ? disputeFrom(device, *forkAt) : Status();
}

/** Two operations under one number: until the office decides, both branches from there on are disputed. */
Status PullStep::disputeFrom(const Uuid &device, std::int64_t seq) {
    LocalStore &store = m_context.store;
    ZHICHA_ASSIGN(DeviceFacts facts, store.fold().deviceFacts(device));
    if (facts.disputedFrom <= seq)
        return {};
    facts.disputedFrom = seq;
    ZHICHA_TRY(store.fold().setDeviceFacts(device, facts));
    std::set<Uuid> touched;
    ZHICHA_TRY(store.operations().entitiesWrittenBy(device, seq, [&](const Uuid &entity) -> Status {
        touched.insert(entity);
        return {};
    }));
    return Apply(store.fold()).again(touched);
}

/** The office's word, in a run that verifies: now the photo counts as delivered. */
Status PullStep::noteReceived(const cbor::Map &fields) {
    const auto digests = fields.find("digests");
    if (digests == fields.end() || digests->second.array() == nullptr)
        return {};
    const auto named = fields.find("check");
    for (const cbor::Value &value : *digests->second.array()) {
        const auto digest = value.digest();
        if (!digest)
            continue;
        ZHICHA_ASSIGN(std::optional<PhotoRecord> photo, m_context.store.photos().find(*digest));
        // Said of another check, it leaves this one waiting: the office is asked about each.
        if (!photo || photo->state == PhotoState::Capturing ||
            (named != fields.end() && named->second.uuid() != photo->check))
            continue;
        photo->state = PhotoState::Delivered;
        photo->sentBytes = photo->size;
        photo->problem.clear();
        ZHICHA_TRY(m_context.store.photos().update(*photo));
    }
    return {};
}

Status PullStep::noteMismatch(const cbor::Map &fields) {
    const auto hash = fields.find("sha256");
    const auto digest = hash == fields.end() ? std::nullopt : hash->second.digest();
    if (!digest)
        return {};
    ZHICHA_ASSIGN(std::optional<PhotoRecord> photo, m_context.store.photos().find(*digest));
    if (!photo || photo->state == PhotoState::Delivered || photo->state == PhotoState::Capturing)
        return {};
    photo->state = PhotoState::Parked;
    photo->problem = codeName(Code::DigestMismatch);
    return m_context.store.photos().update(*photo);
}

} // namespace zhicha
