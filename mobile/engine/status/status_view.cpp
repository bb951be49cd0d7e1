#include "mobile/engine/status/status_view.h"

#include "shared/base/plant.h"

namespace zhicha {

std::string_view stageName(OperationStatus::Stage stage) {
    switch (stage) {
    case OperationStatus::Stage::Recorded:
        return "recorded";
    case OperationStatus::Stage::Signed:
        return "signed";
    case OperationStatus::Stage::Acknowledged:
        return "acknowledged";
    }
    return "";
}

/** Of own operations in the order of the chain: how far each is. */
class StatusView::Stages {
public:
    explicit Stages(LocalStore &store) : m_store(store) {}

    Status begin() {
        ZHICHA_ASSIGN(m_acknowledged, m_store.acknowledged());
        ZHICHA_ASSIGN(m_cut, m_store.runs().lastCut());
        return {};
    }
    Result<OperationStatus> of(const OwnOperation &op) {
        OperationStatus status;
        status.seq = op.seq;
        status.kind = op.kind;
        status.entity = op.entity;
        status.outcome = op.outcome;
        status.stage = op.seq <= m_acknowledged ? OperationStatus::Stage::Acknowledged
                       : op.seq <= m_cut        ? OperationStatus::Stage::Signed
                                                : OperationStatus::Stage::Recorded;
        // Neighbours share their run and its receipt.
        if (!m_receipt || op.seq > m_receipt->last || op.seq < m_receipt->first) {
            ZHICHA_ASSIGN(m_receipt, m_store.runs().receiptFor(op.seq));
        }
        if (m_receipt) {
            status.log = m_receipt->log;
            status.receivedAtMs = m_receipt->receivedAtMs;
        }
        if (op.seq <= m_cut && (!m_run || op.seq > m_run->last)) {
            ZHICHA_ASSIGN(m_run, m_store.runs().ownCovering(op.seq));
        }
        if (m_run && op.seq >= m_run->first && op.seq <= m_run->last)
            status.refused = m_run->refused;
        return status;
    }
    /** For a visitor of the operation table. */
    auto into(std::vector<OperationStatus> &out) {
        return [this, &out](const OwnOperation &op) -> Status {
            ZHICHA_ASSIGN(OperationStatus status, of(op));
            out.push_back(std::move(status));
            return {};
        };
    }

private:
    LocalStore &m_store;
    std::int64_t m_acknowledged = 0, m_cut = 0;
    std::optional<StoredReceipt> m_receipt;
    std::optional<OwnRun> m_run;
};

Result<std::vector<OperationStatus>> StatusView::operations() {
    Stages stages(m_store);
    std::vector<OperationStatus> out;
    ZHICHA_TRY(stages.begin());
    ZHICHA_TRY(m_store.operations().forEachOwn(1, stages.into(out)));
    return out;
}

Result<std::vector<OperationStatus>> StatusView::operationsOf(const Uuid &check) {
    Stages stages(m_store);
    std::vector<OperationStatus> out;
    ZHICHA_TRY(stages.begin());
    ZHICHA_TRY(m_store.operations().forEachOwnInCheck(check, stages.into(out)));
    return out;
}

Result<std::vector<OperationStatus>> StatusView::troubledOperations() {
    Stages stages(m_store);
    std::vector<OperationStatus> out;
    ZHICHA_TRY(stages.begin());
    ZHICHA_TRY(m_store.operations().forEachOwnTroubled(stages.into(out)));
    return out;
}

namespace {
void count(FileLane &lane, const Statement &row) { // preview, state, count, size, sent
    const std::string_view state = row.text(1);
    lane.all += row.integer(2);
    lane.bytes += row.integer(3);
    lane.sentBytes += row.integer(4);
    lane.done += state == photoStateName(PhotoState::Delivered) ? row.integer(2) : 0;
    lane.parked += state == photoStateName(PhotoState::Parked) ? row.integer(2) : 0;
}
} // namespace

Result<StatusBrief> StatusView::brief() {
    StatusBrief brief;
    brief.sync = loadSyncState(m_store).value_or(SyncState{});
    const std::optional<Identity> &identity = m_store.identity();
    if (!identity || !identity->enrolled)
        return brief;
    brief.enrolled = true;
    ZHICHA_ASSIGN(const std::optional<ClockEstimate> estimate, m_store.clock());
    if (estimate)
        brief.clockBehindMs = estimate->at(systemClock()) - systemClock().nowMs();
    ZHICHA_ASSIGN(const ChainHead head, m_store.chainHead());
    ZHICHA_ASSIGN(const std::int64_t acknowledged, m_store.acknowledged());
    brief.records = head.seq;
    brief.acknowledged = std::min(acknowledged, head.seq);
    ZHICHA_ASSIGN(Statement photos,
                  m_store.database().prepare("SELECT preview, state, count(*), sum(size), sum(sent_bytes) "
                                             "FROM photos WHERE state != 'capturing' GROUP BY preview, state"));
    ZHICHA_TRY(photos.forEach([&](const Statement &row) -> Status {
        count(row.integer(0) != 0 ? brief.previews : brief.originals, row);
        return {};
    }));
    ZHICHA_ASSIGN(brief.troubled, m_store.database().readInteger("SELECT count(*) FROM operations WHERE own = 1 AND "
                                                                 "outcome NOT IN ('', 'applied', 'duplicate')"));
    ZHICHA_ASSIGN(const std::int64_t refused,
                  m_store.database().readInteger("SELECT count(*) FROM runs_own WHERE refused != ''"));
    brief.troubled += refused;
    ZHICHA_ASSIGN(brief.parkedRuns, m_store.database().readInteger("SELECT count(*) FROM runs_parked"));
    if (brief.acknowledged > 0) {
        ZHICHA_ASSIGN(const std::optional<StoredReceipt> receipt, m_store.runs().receiptFor(brief.acknowledged));
        brief.lastLog = receipt ? receipt->log : 0;
        brief.lastReceivedMs = receipt ? receipt->receivedAtMs : 0;
    }
    return brief;
}

Result<StatusSummary> StatusView::summary() {
    StatusSummary summary;
    summary.sync = loadSyncState(m_store).value_or(SyncState{});
    ZHICHA_ASSIGN(summary.stateHash, m_store.entities().stateHash());
    ZHICHA_ASSIGN(summary.entities, m_store.entities().count());
    const std::optional<Identity> &identity = m_store.identity();
    if (!identity || !identity->enrolled) {
        summary.state = "not_enrolled";
        return summary;
    }
    summary.enrolled = true;
    summary.personName = identity->personName;
    summary.server = identity->server;
    ZHICHA_ASSIGN(const ChainHead head, m_store.chainHead());
    ZHICHA_ASSIGN(const std::int64_t acknowledged, m_store.acknowledged());
    summary.operations = head.seq;
    summary.pendingOperations = head.seq - std::min(acknowledged, head.seq);
    if (plant("outbox_forgets_first") && acknowledged == 0 && head.seq > 0)
        --summary.pendingOperations;
    ZHICHA_ASSIGN(const std::vector<OperationStatus> troubled, troubledOperations());
    summary.troubled = static_cast<std::int64_t>(troubled.size());
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> photos, m_store.photos().all());
    for (const PhotoRecord &photo : photos) {
        summary.photos += photo.preview ? 0 : 1;
        summary.pendingPhotos += photo.state == PhotoState::Waiting || photo.state == PhotoState::Sent ? 1 : 0;
        summary.deliveredPhotos += !photo.preview && photo.state == PhotoState::Delivered ? 1 : 0;
        summary.parkedPhotos += photo.state == PhotoState::Parked ? 1 : 0;
    }
    ZHICHA_ASSIGN(const std::optional<cbor::Value> breaks, m_store.state().value(statekey::kBreaks));
    summary.breaks = breaks && breaks->array() != nullptr ? static_cast<std::int64_t>(breaks->array()->size()) : 0;
    ZHICHA_ASSIGN(const std::vector<ParkedRun> parked, m_store.runs().parked());
    summary.parkedRuns = static_cast<std::int64_t>(parked.size());
    const bool pending = summary.pendingOperations > 0 || summary.pendingPhotos > 0;
    summary.state = summary.sync.stopped         ? "stopped"
                    : summary.sync.nextTryMs > 0 ? "waiting"
                    : pending                    ? "pending"
                                                 : "in_step";
    return summary;
}

} // namespace zhicha
