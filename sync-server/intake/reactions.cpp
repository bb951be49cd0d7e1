#include "sync-server/intake/reactions.h"

#include "shared/base/instant.h"
#include "shared/ledger/erasure.h"
#include "sync-server/intake/presented.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {

class Reactions {
public:
    explicit Reactions(IntakeTransaction &transaction) : m_transaction(transaction) {}

    Status one(const FoldOperation &op, ApplyOutcome &outcome, std::int64_t log) {
        if (op.shape == Ineffective::Withheld)
            return noteDerived(m_transaction.ledger(), op, log);
        if (op.shape != Ineffective::No)
            return {};
        if (outcome.reason == Ineffective::AlreadyBorn || outcome.reason == Ineffective::No)
            if (op.kind->idRole == IdRole::Birth && !op.facts.server)
                ZHICHA_TRY(claimIfBornTwice(op, outcome));
        // Without effect or not: a photo that a signed operation names is evidence, and is asked for.
        ZHICHA_TRY(noteDerived(m_transaction.ledger(), op, log));
        if (outcome.reason != Ineffective::No)
            return {};
        if (op.kind->name == "check.start")
            return started(op);
        if (op.kind->name == "check.join")
            return joined(op);
        if (op.kind->name == "device.readmit" || op.kind->name == "device.revoke")
            return readmitted(op.envelope.id);
        return {};
    }

private:
    /** Until an officer has ended a reconciliation, a tablet may still bring the number that a check had before. */
    Status started(const FoldOperation &op) {
        ZHICHA_ASSIGN(const bool reconciling, reconciliationIsOpen(m_transaction.ledger()));
        return reconciling ? Status() : numberCheck(m_transaction, op.envelope.id);
    }

    /** What was past a cut and is not any more is answered like what has just arrived: a start gets its number and a
     *  join its grant, in the transaction that moves the cut. */
    Status readmitted(const Uuid &device) {
        LedgerWriter &ledger = m_transaction.ledger();
        ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(device));
        ZHICHA_ASSIGN(const DeviceFacts facts, ledger.deviceFacts(device));
        const std::int64_t upto = chain ? std::min(chain->head.seq, facts.trustedUpto) : 0;
        const auto page = static_cast<std::int64_t>(kMaxRunOperations);
        for (std::int64_t from = 1; from <= upto; from += page) {
            ZHICHA_ASSIGN(const std::vector<LogOperation> operations,
                          ledger.operationsOfChain(device, 0, from, std::min(from + page - 1, upto)));
            for (const LogOperation &stored : operations)
                if (stored.outcome == outcomeWord({{}, {}, Ineffective::PastCut, false}))
                    ZHICHA_TRY(answerLate(stored, facts));
        }
        return {};
    }

    Status answerLate(const LogOperation &stored, const DeviceFacts &facts) {
        if (stored.kind != "check.start" && stored.kind != "check.join")
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_transaction.ledger().rowOf(stored.entity));
        if (!row || row->birth != stored.operation.d)
            return {};
        const FoldOperation op = foldOperation(m_transaction.keys().ledger, stored.operation.bytes, stored.operation.d,
                                               stored.operation.device, stored.operation.seq, facts);
        return stored.kind == "check.start" ? started(op) : joined(op);
    }

    Status joined(const FoldOperation &op) {
        const Uuid check = *op.fields.find("check")->second.uuid();
        ZHICHA_ASSIGN(const bool already, m_transaction.ledger().inScope(op.device, check));
        if (already)
            return {};
        std::string why;
        if (const auto invite = op.fields.find("invite"); invite != op.fields.end()) {
            ZHICHA_ASSIGN(const bool fits, inviteFits(m_transaction.ledger(), m_transaction.keys().ledger, check,
                                                      *invite->second.bytes(), op.envelope.time.estimateMs));
            why = fits ? "invite" : "";
        }
        if (why.empty()) {
            ZHICHA_ASSIGN(const bool same, sameTeam(op.device, check));
            why = same ? "team" : "";
        }
        if (why.empty())
            return m_transaction.ledger().addAlarm(m_transaction.nowMs(), "join_waits",
                                                   "a join of check " + toText(check) + " waits for a reviewer");
        return queue({"scope.grant", m_transaction.newId(), {{"device", op.device}, {"entity", check}, {"why", why}}});
    }

    Result<std::string> teamOf(const Uuid &device) {
        ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_transaction.ledger().chain(device));
        if (!chain || !chain->person)
            return std::string();
        ZHICHA_ASSIGN(const std::optional<EntityRow> person, m_transaction.ledger().rowOf(*chain->person));
        return person ? person->text("team") : std::string();
    }

    Result<bool> sameTeam(const Uuid &device, const Uuid &check) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_transaction.ledger().rowOf(check));
        if (!row || !row->device)
            return false;
        ZHICHA_ASSIGN(const std::string mine, teamOf(device));
        ZHICHA_ASSIGN(const std::string theirs, teamOf(*row->device));
        return !mine.empty() && mine == theirs;
    }

    /** Which of two births counts depends on arrival, so it is written into the server's chain. */
    Status claimIfBornTwice(const FoldOperation &op, ApplyOutcome &outcome) {
        ZHICHA_ASSIGN(const std::optional<Digest> claimed, m_transaction.ledger().claimOf(op.envelope.id));
        if (claimed)
            return {};
        std::optional<Digest> first;
        std::set<Digest> births; // a fork's run may bring one again
        ZHICHA_TRY(
            m_transaction.ledger().forEachOperationOfEntity(op.envelope.id, [&](const LogOperation &stored) -> Status {
                const KindInfo *kind = findKind(stored.kind);
                if (kind == nullptr || kind->idRole != IdRole::Birth || kind->author == Author::Server)
                    return {};
                births.insert(stored.operation.d);
                if (!first)
                    first = stored.operation.d;
                return {};
            }));
        if (births.size() < 2)
            return {};
        // Until the claim is folded, a wrong clock may have let the later one win.
        if (op.d != *first)
            outcome.reason = Ineffective::AlreadyBorn;
        ZHICHA_TRY(m_transaction.ledger().addAlarm(m_transaction.nowMs(), "claim",
                                                   "entity " + toText(op.envelope.id) + " was born twice"));
        return queue({"entity.claim", m_transaction.newId(), {{"entity", op.envelope.id}, {"kept", *first}}});
    }

    Status queue(ServerOperation operation) {
        auto queued = m_transaction.append(std::move(operation));
        return queued ? Status() : Status(queued.error());
    }

    IntakeTransaction &m_transaction;
};
} // namespace

Status numberCheck(IntakeTransaction &transaction, const Uuid &check) {
    LedgerWriter &ledger = transaction.ledger();
    const std::string numbered = "numbered/" + toText(check);
    ZHICHA_ASSIGN(const std::optional<std::string> already, ledger.setting(numbered));
    if (already)
        return {};
    const std::string year = shanghaiDay(transaction.nowMs()).substr(0, 4);
    const std::string counter = "check_number/" + year;
    ZHICHA_ASSIGN(const std::optional<std::string> last, ledger.setting(counter));
    const std::string next = std::to_string((last ? std::stoll(*last) : 0) + 1);
    const std::string padded = next.size() < 4 ? std::string(4 - next.size(), '0') + next : next;
    const std::string number = "检〔" + year + "〕" + padded;
    ZHICHA_TRY(ledger.putSetting(counter, next));
    ZHICHA_TRY(ledger.putSetting(numbered, number));
    const auto queued =
        transaction.append({"check.number", transaction.newId(), {{"check", check}, {"number", number}}});
    return queued ? Status() : Status(queued.error());
}

Result<bool> inviteFits(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &check, ByteView invite,
                        std::int64_t nowMs) {
    cbor::Reader in(invite);
    if (in.array() != 3)
        in.breakOff("an invite has 3 parts");
    const Uuid device{in.fixed<16>()};
    const std::int64_t expiresAt = in.integer();
    const Signature signature = in.fixed<64>();
    if (!in.finish() || nowMs > expiresAt)
        return false;
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(device));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(check));
    // The starter may still be out of range: then the team, or a reviewer, decides.
    if (!chain || (row && row->device && *row->device != device))
        return false;
    Bytes content;
    cbor::Writer(content).array(3).bytes(ledgerId.bytes).bytes(check.bytes).integer(expiresAt);
    return verifyFor(chain->key, "join", content, signature);
}

namespace {
/** A tablet sees the check that it bore, but not one that another bore under the same id and brought first. */
Status noteOwnCheck(LedgerWriter &ledger, const FoldOperation &op, std::int64_t log) {
    const Uuid &check = op.envelope.id;
    bool others = false;
    ZHICHA_TRY(ledger.forEachOperationOfEntity(check, [&](const LogOperation &stored) -> Status {
        others = others || (stored.log < log && stored.kind == op.kind->name && stored.operation.device != op.device &&
                            stored.branch == 0 && !stored.outcome.starts_with("ineffective"));
        return {};
    }));
    if (others)
        return {};
    // Who joined may have been in range sooner: what is here already is delivered like a grant's backfill.
    ZHICHA_ASSIGN(const std::vector<std::int64_t> earlier, ledger.logsOfCheck(check, 0, log - 1, 1));
    return ledger.addScope(op.device, check, earlier.empty() ? 0 : log);
}

/** Amendments, voids and places may be here before the entity's birth (a restored server): they had no check and no
 *  reader. The log files them under it now; who has the check reads it again up to this birth. Decided from the log
 *  alone, so that a rebuild says the same. */
Status deliverEarlier(LedgerWriter &ledger, const FoldOperation &op, const Uuid &check, std::int64_t log) {
    bool earlier = false;
    bool bornBefore = false;
    ZHICHA_TRY(ledger.forEachOperationOfEntity(op.envelope.id, [&](const LogOperation &stored) -> Status {
        const KindInfo *kind = stored.log < log ? findKind(stored.kind) : nullptr;
        if (kind == nullptr)
            return {};
        const bool bears = kind->idRole == IdRole::Birth || kind->idRole == IdRole::Derived;
        bornBefore = bornBefore || bears;
        earlier = earlier || !bears;
        return {};
    }));
    if (!earlier || bornBefore)
        return {};
    std::vector<Uuid> readers;
    ZHICHA_TRY(ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        ZHICHA_ASSIGN(const bool reads, ledger.inScope(chain.device, check));
        if (reads)
            readers.push_back(chain.device);
        return {};
    }));
    for (const Uuid &reader : readers)
        ZHICHA_TRY(ledger.addScope(reader, check, log));
    return {};
}
} // namespace

namespace {
/** The word of an earlier server chain that came back through a tablet: what it had received is not here by that, so
 *  the original is awaited again. Decided from the log alone: a newer generation was opened before this log number. */
Result<bool> saidBeforeARestore(LedgerWriter &ledger, const FoldOperation &op, std::int64_t log) {
    std::vector<Uuid> newer;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::LogStart, [&](const RowRecord &record) -> Status {
        if (record.row.integer("generation").value_or(0) > op.facts.generation)
            newer.push_back(record.entity);
        return {};
    }));
    bool before = false;
    for (const Uuid &start : newer)
        ZHICHA_TRY(ledger.forEachOperationOfEntity(start, [&](const LogOperation &stored) -> Status {
            before = before || (stored.kind == "log.open" && stored.log < log);
            return {};
        }));
    return before;
}
} // namespace

namespace {
/** An erasure whose second word is here: the bodies go in this transaction, and with them the keys of the photos. Their
 *  files go after it, and again at the next start if that was cut short (office/console/finish_erasure.h). */
Status noteErasure(LedgerWriter &ledger, const FoldOperation &op, std::int64_t log) {
    std::vector<FoldOperation> known;
    ZHICHA_TRY(ledger.forEachOperationOfEntity(op.envelope.id, [&](const LogOperation &stored) -> Status {
        const StoredOperation &said = stored.operation;
        if (stored.log > log) // a rebuild comes to it later
            return {};
        ZHICHA_ASSIGN(const DeviceFacts facts, ledger.deviceFacts(said.device));
        known.push_back(foldOperation(ledger.ledgerId(), said.bytes, said.d, said.device, said.seq, facts));
        return {};
    }));
    FoldOperations operations;
    for (const FoldOperation &one : known)
        operations.push_back(&one);
    const std::optional<ErasureOrder> order = standingErasure(operations);
    if (!order)
        return {};
    bool fresh = false; // a rebuild finds nothing that was not removed before
    const auto note = [&](Withdrawal::What what, const Digest &digest) -> Status {
        ZHICHA_ASSIGN(const std::optional<Withdrawal> before, ledger.withdrawal(what, digest));
        fresh = fresh || !before;
        return ledger.noteWithdrawal({digest, what, order->check, op.envelope.id, log});
    };
    for (const Digest &d : order->operations)
        ZHICHA_TRY(note(Withdrawal::What::ErasedBody, d));
    for (const Digest &photo : order->photos) {
        ZHICHA_TRY(note(Withdrawal::What::ErasedPhoto, photo));
        ZHICHA_TRY(ledger.dropPhotoKey(photo));
    }
    if (fresh)
        ZHICHA_TRY(ledger.putSetting(std::string(kErasureOwedSetting), "1"));
    ZHICHA_ASSIGN(const std::set<Uuid> touched,
                  ledger.eraseBodies({order->operations.begin(), order->operations.end()}, order->check));
    return Apply(ledger).again(touched);
}

Status noteWithholding(LedgerWriter &ledger, const FoldOperation &op, std::int64_t log) {
    const std::optional<WithholdingOrder> order = standingWithholding(op);
    for (const Digest &d : order ? order->operations : std::vector<Digest>())
        ZHICHA_TRY(ledger.noteWithdrawal({d, Withdrawal::What::WithheldBody, order->check, op.envelope.id, log}));
    return {};
}

/** Of a birth that was erased there is only this left to do. */
Status noteErasedBirth(LedgerWriter &ledger, const FoldOperation &op, std::int64_t log) {
    if (op.kind->idRole != IdRole::Birth && op.kind->idRole != IdRole::Derived)
        return {};
    ZHICHA_ASSIGN(const std::optional<Withdrawal> erased, ledger.withdrawal(Withdrawal::What::ErasedBody, op.d));
    return erased ? deliverEarlier(ledger, op, erased->check, log) : Status();
}
} // namespace

Status noteDerived(LedgerWriter &ledger, const FoldOperation &op, std::int64_t log) {
    if (op.shape == Ineffective::Withheld)
        return noteErasedBirth(ledger, op, log);
    if (op.shape != Ineffective::No)
        return {};
    // What only a server chain may say opens nothing when a tablet says it.
    if (op.kind->author == Author::Server) {
        ZHICHA_ASSIGN(const DeviceFacts facts, ledger.deviceFacts(op.device));
        if (!facts.server)
            return {};
    }
    if (op.kind->idRole == IdRole::Birth || op.kind->idRole == IdRole::Derived)
        if (const auto check = namedCheck(*op.kind, op.envelope.id, op.fields))
            ZHICHA_TRY(deliverEarlier(ledger, op, *check, log));
    if (op.kind->name == "check.start")
        return noteOwnCheck(ledger, op, log);
    if (op.kind->entity == EntityType::Erasure)
        return noteErasure(ledger, op, log);
    if (op.kind->entity == EntityType::Withholding)
        return noteWithholding(ledger, op, log);
    if (op.kind->name == "scope.grant")
        return ledger.addScope(*op.fields.find("device")->second.uuid(), *op.fields.find("entity")->second.uuid(), log);
    if (op.kind->name == "scope.end")
        return ledger.removeScope(*op.fields.find("device")->second.uuid(), *op.fields.find("entity")->second.uuid());
    if (op.kind->name == "photos.received") {
        ZHICHA_ASSIGN(const bool earlier, saidBeforeARestore(ledger, op, log));
        if (earlier)
            return {};
        for (const cbor::Value &digest : *op.fields.find("digests")->second.array())
            ZHICHA_TRY(ledger.markReceived(*digest.digest()));
        return {};
    }
    // Evidence of a unit's answer came before the answer: it is kept, copied and verified as photos of checks are.
    if (op.kind->name == "order.answer") {
        const Uuid order = *op.fields.find("order")->second.uuid();
        for (const cbor::Value &digest : *op.fields.find("photos")->second.array())
            ZHICHA_TRY(ledger.expectPhoto({*digest.digest(), op.device, order, 0, false, true}));
        return {};
    }
    if (op.kind->name != "photo.add")
        return {};
    const Uuid check = *op.fields.find("check")->second.uuid();
    const Digest photo = *op.fields.find("sha256")->second.digest();
    ZHICHA_TRY(ledger.expectPhoto({photo, op.device, check, *op.fields.find("size")->second.integer(), false, false}));
    if (const auto preview = op.fields.find("preview"); preview != op.fields.end())
        ZHICHA_TRY(ledger.expectPhoto({*preview->second.digest(), op.device, check, 0, true, false}));
    return {};
}

Status reactToRun(IntakeTransaction &transaction, const std::vector<FoldOperation> &operations,
                  std::vector<ApplyOutcome> &outcomes) {
    Reactions reactions(transaction);
    const std::int64_t firstLog = transaction.lastLog() - static_cast<std::int64_t>(operations.size()) + 1;
    for (std::size_t i = 0; i < operations.size(); ++i)
        ZHICHA_TRY(reactions.one(operations[i], outcomes[i], firstLog + static_cast<std::int64_t>(i)));
    return {};
}

} // namespace zhicha
