#include "sync-server/office/console/check_file.h"

#include "shared/base/instant.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

const FileOperation *CheckFile::find(const Digest &d) const {
    const auto it = byDigest.find(d);
    return it == byDigest.end() ? nullptr : &operations[it->second];
}

const FileOperation *CheckFile::birth(const EntityRow &row) const {
    return row.birth ? find(*row.birth) : nullptr;
}

std::vector<const RowRecord *> CheckFile::rowsOf(EntityType type, bool withVoid) const {
    std::vector<const RowRecord *> out;
    for (const RowRecord &record : view.rows)
        if (record.row.type == type && (withVoid || !record.row.isVoid()))
            out.push_back(&record);
    std::stable_sort(out.begin(), out.end(), [&](const RowRecord *a, const RowRecord *b) {
        return view.birthOf(a->row) < view.birthOf(b->row);
    });
    return out;
}

Result<OperationBounds> boundsOf(LedgerReader &ledger, const LogOperation &stored, const Envelope &envelope) {
    OperationBounds bounds;
    bounds.device = envelope.device;
    bounds.time = envelope.time;
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves,
                  ledger.leavesOf(stored.operation.device, stored.operation.seq, stored.operation.seq));
    for (const LeafRecord &leaf : leaves)
        if (leaf.branch == stored.branch && (bounds.receivedMs == 0 || leaf.leaf.receivedAtMs < bounds.receivedMs)) {
            bounds.receivedMs = leaf.leaf.receivedAtMs;
            bounds.receiptLog = leaf.leaf.log;
        }
    // The checkpoint of a size was made when its last leaf was received.
    if (envelope.anchor.size > 0) {
        ZHICHA_ASSIGN(const std::optional<LeafRecord> last, ledger.leaf(envelope.anchor.size - 1));
        if (last && last->leaf.receivedAtMs <= bounds.receivedMs) {
            bounds.anchorMs = last->leaf.receivedAtMs;
            bounds.anchorLog = last->leaf.log;
        }
    }
    return bounds;
}

Result<CheckFile> loadCheckFile(LedgerReader &ledger, const Uuid &check) {
    CheckFile file;
    ZHICHA_ASSIGN(file.view, CheckLoader(ledger).load(check));
    std::map<Uuid, bool> servers;
    std::vector<LogOperation> stored;
    ZHICHA_TRY(ledger.forEachOperationOfCheck(check, [&](const LogOperation &operation) -> Status {
        stored.push_back(operation);
        return {};
    }));
    for (const LogOperation &operation : stored) {
        const auto envelope = decodeEnvelope(operation.operation.bytes.envelope);
        if (!envelope)
            continue;
        FileOperation entry;
        entry.d = operation.operation.d;
        entry.device = operation.operation.device;
        entry.seq = operation.operation.seq;
        entry.log = operation.log;
        entry.branch = operation.branch;
        entry.kind = operation.kind;
        entry.entity = operation.entity;
        entry.outcome = operation.outcome;
        entry.actor = envelope->actor;
        entry.base = envelope->base;
        if (const auto it = servers.find(entry.device); it != servers.end()) {
            entry.serverChain = it->second;
        } else {
            ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(entry.device));
            entry.serverChain = servers[entry.device] = chain && chain->server;
        }
        ZHICHA_ASSIGN(entry.bounds, boundsOf(ledger, operation, *envelope));
        if (operation.operation.bytes.body)
            if (auto body = decodeBody(*operation.operation.bytes.body))
                entry.fields = std::move(body->fields);
        file.spans.add(entry.bounds);
        file.byDigest.emplace(entry.d, file.operations.size());
        file.operations.push_back(std::move(entry));
    }
    return file;
}

json spanJson(const TimeSpan &span) {
    json basis = json::array();
    if (span.fromMs && !span.byMonotonic && !span.byGnss)
        basis.push_back("anchor");
    if (span.byMonotonic)
        basis.push_back("monotonic");
    if (span.byGnss)
        basis.push_back("gnss");
    basis.push_back("receipt");
    json out{{"to", toRfc3339(span.toMs)},
             {"device", toRfc3339(span.deviceMs)},
             {"device_error_ms", span.deviceErrorMs},
             {"basis", std::move(basis)}};
    if (span.fromMs)
        out["from"] = toRfc3339(*span.fromMs);
    if (span.anchorLog > 0)
        out["anchor_log"] = span.anchorLog;
    if (span.receiptLog > 0)
        out["receipt_log"] = span.receiptLog;
    return out;
}

json spanJson(const CheckFile &file, const FileOperation &operation) {
    return spanJson(file.spans.span(operation.bounds));
}

Result<json> authorJson(Names &names, const FileOperation &operation) {
    const bool byServer = operation.kind == "photos.received" || operation.kind == "check.number" ||
                          operation.kind == "photo.mismatch" || operation.kind == "scope.grant" ||
                          operation.kind == "entity.claim";
    return names.author(operation.device, operation.actor, byServer);
}

std::vector<const RowRecord *> photosTo(const CheckFile &file, const Uuid &entity) {
    std::vector<const RowRecord *> out;
    for (const RowRecord &record : file.view.rows)
        if (record.row.type == EntityType::Photo && !record.row.isVoid() && record.row.uuid("to") == entity)
            out.push_back(&record);
    std::sort(out.begin(), out.end(), [](const RowRecord *a, const RowRecord *b) {
        return std::pair(a->row.text("rank"), a->entity) < std::pair(b->row.text("rank"), b->entity);
    });
    return out;
}

int severityRank(std::string_view word) {
    return word == "critical" ? 3 : word == "major" ? 2 : word == "minor" ? 1 : 0;
}

int severityOf(const EntityRow &finding) {
    int graver = 0;
    if (const FieldRow *field = finding.field("severity"))
        for (const cbor::Value &value : field->values)
            if (value.text() != nullptr)
                graver = std::max(graver, severityRank(*value.text()));
    return graver;
}

} // namespace zhicha
