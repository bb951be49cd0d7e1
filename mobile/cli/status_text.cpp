#include "mobile/cli/status_text.h"

#include "mobile/cli/output.h"
#include "shared/base/instant.h"

namespace zhicha::cli {

namespace {
std::string stateWords(const StatusSummary &summary) {
    if (summary.state == "in_step")
        return "已同步 / in step";
    if (summary.state == "pending")
        return "有待送 / pending";
    if (summary.state == "waiting")
        return "等待再试 / waiting to try again";
    if (summary.state == "stopped")
        return "已停止，需处理 / stopped until somebody acts";
    return "未登记 / not enrolled";
}

nlohmann::json instantJson(std::int64_t ms) {
    return ms == 0 ? nlohmann::json() : nlohmann::json(toRfc3339(ms));
}
} // namespace

std::string statusLine(const StatusSummary &summary) {
    std::string line = stateWords(summary);
    line += " · 上次成功 / last success: " +
            (summary.sync.lastSuccessMs == 0 ? std::string("从未 / never") : toRfc3339(summary.sync.lastSuccessMs));
    line += " · 待送 / pending: " + std::to_string(summary.pendingOperations) + " 条记录 / records, " +
            std::to_string(summary.pendingPhotos) + " 张照片 / photos";
    if (summary.parkedPhotos + summary.parkedRuns > 0)
        line += " · 搁置 / parked: " + std::to_string(summary.parkedPhotos + summary.parkedRuns);
    line += " · 下次尝试 / next try: " + (summary.sync.nextTryMs == 0 ? std::string("下次同步时 / at the next sync")
                                                                      : toRfc3339(summary.sync.nextTryMs));
    if (summary.breaks > 0)
        line += " · 督查室曾丢失已收记录并恢复，本机所存已重新送出 / the office lost what it had received and was "
                "restored; everything held here was sent again";
    if (!summary.sync.code.empty())
        line += " · " + wordsOf(summary.sync.code);
    return line;
}

nlohmann::json summaryJson(const StatusSummary &summary) {
    return {{"enrolled", summary.enrolled},
            {"person", summary.personName},
            {"server", summary.server},
            {"state", summary.state},
            {"line", statusLine(summary)},
            {"last_success", instantJson(summary.sync.lastSuccessMs)},
            {"next_try", instantJson(summary.sync.nextTryMs)},
            {"error", summary.sync.code.empty() ? nlohmann::json() : nlohmann::json(summary.sync.code)},
            {"failures", summary.sync.failures},
            {"operations", summary.operations},
            {"pending", {{"operations", summary.pendingOperations}, {"photos", summary.pendingPhotos}}},
            {"photos_total", summary.photos},
            {"photos_delivered", summary.deliveredPhotos},
            {"parked", {{"photos", summary.parkedPhotos}, {"runs", summary.parkedRuns}}},
            {"troubled", summary.troubled},
            {"breaks", summary.breaks},
            {"entities", summary.entities},
            {"state_hash", toHex(summary.stateHash)}};
}

nlohmann::json operationJson(const OperationStatus &operation) {
    nlohmann::json json{{"seq", operation.seq},
                        {"kind", operation.kind},
                        {"entity", toText(operation.entity)},
                        {"stage", stageName(operation.stage)}};
    if (!operation.outcome.empty())
        json["outcome"] = operation.outcome;
    if (!operation.refused.empty())
        json["refused"] = operation.refused;
    if (operation.log > 0) {
        json["run_log"] = operation.log;
        json["received_at"] = toRfc3339(operation.receivedAtMs);
    }
    return json;
}

nlohmann::json photoJson(const PhotoRecord &photo) {
    nlohmann::json json{{"sha256", toHex(photo.digest)},
                        {"kind", photo.preview ? "preview" : "original"},
                        {"check", toText(photo.check)},
                        {"type", photo.type},
                        {"size", photo.size},
                        {"state", photoStateName(photo.state)},
                        {"at_office", photo.sentBytes}};
    if (!photo.problem.empty())
        json["problem"] = photo.problem;
    return json;
}

} // namespace zhicha::cli
