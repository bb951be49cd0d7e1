#include "sync-server/office/devices.h"

#include "shared/base/instant.h"
#include "sync-server/office/check_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {

Result<ChainRecord> findDevice(LedgerReader &ledger, std::string_view text) {
    const auto id = uuidFromText(text);
    if (id) {
        ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(*id));
        if (chain && !chain->server)
            return *chain;
    }
    return fail(Code::NotFound, "no device " + std::string(text));
}

Result<std::int64_t> trustedUpto(LedgerReader &ledger, const Uuid &device) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(device));
    constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    return row ? row->integer(kTrustedUptoField).value_or(kAll) : kAll;
}

Status writeCut(Intake &intake, const Actor &actor, const Uuid &device, const char *kind, const char *field,
                std::int64_t seq, const std::string &reason) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const auto appended = transaction->append({kind, device, {{field, seq}, {"reason", reason}}, {}, actor.person});
    ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

Status checkWords(std::int64_t seq, const std::string &reason) {
    if (seq < 0)
        return fail(Code::InvalidArgument, "a sequence is 0 or more");
    if (reason.empty() || reason.size() > 4000 || !isUtf8(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    return {};
}

Result<nlohmann::json> deviceJson(LedgerReader &ledger, CheckLoader &names, const ChainRecord &chain) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(chain.device));
    nlohmann::json out{{"id", toText(chain.device)}, {"name", row ? row->text("name") : ""}, {"head", chain.head.seq}};
    if (chain.person) {
        ZHICHA_ASSIGN(const std::string holder, names.personName(*chain.person));
        out["person"] = toText(*chain.person);
        out["holder"] = holder;
    }
    std::string standing = "trusted";
    ZHICHA_ASSIGN(const std::int64_t upto, trustedUpto(ledger, chain.device));
    if (upto != std::numeric_limits<std::int64_t>::max()) {
        standing = "revoked";
        out["trusted_upto"] = upto;
    }
    nlohmann::json forks = nlohmann::json::array();
    std::int64_t disputed = std::numeric_limits<std::int64_t>::max();
    ZHICHA_ASSIGN(const std::vector<LeafRecord> branches, ledger.forkLeavesOf(chain.device));
    for (const LeafRecord &leaf : branches) {
        disputed = std::min(disputed, leaf.newFrom);
        forks.push_back({{"seq", leaf.newFrom},
                         {"last", leaf.leaf.last},
                         {"log", leaf.leaf.log},
                         {"received_at", toRfc3339(leaf.leaf.receivedAtMs)}});
    }
    if (!forks.empty()) {
        standing = "disputed";
        out["disputed_from"] = disputed;
    }
    out["forks"] = std::move(forks);
    out["standing"] = standing;
    return out;
}
} // namespace

Result<nlohmann::json> listDevices(LedgerReader &ledger) {
    std::vector<ChainRecord> chains;
    ZHICHA_TRY(ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        if (!chain.server)
            chains.push_back(chain);
        return {};
    }));
    CheckLoader names(ledger);
    nlohmann::json devices = nlohmann::json::array();
    for (const ChainRecord &chain : chains) {
        ZHICHA_ASSIGN(nlohmann::json device, deviceJson(ledger, names, chain));
        devices.push_back(std::move(device));
    }
    nlohmann::json alarms = nlohmann::json::array();
    ZHICHA_TRY(ledger.forEachAlarm([&](const Alarm &alarm) -> Status {
        alarms.push_back(
            {{"number", alarm.number}, {"at", toRfc3339(alarm.atMs)}, {"what", alarm.what}, {"detail", alarm.detail}});
        return {};
    }));
    return nlohmann::json{{"devices", std::move(devices)}, {"alarms", std::move(alarms)}};
}

Result<nlohmann::json> revokeDevice(Intake &intake, const Actor &actor, std::string_view device, std::int64_t cut,
                                    const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "security"));
    ZHICHA_TRY(checkWords(cut, reason));
    ZHICHA_ASSIGN(const ChainRecord chain, findDevice(ledger, device));
    ZHICHA_TRY(writeCut(intake, actor, chain.device, "device.revoke", "cut", cut, reason));
    return nlohmann::json{{"device", toText(chain.device)},
                          {"cut", cut},
                          {"without_effect", std::max<std::int64_t>(0, chain.head.seq - cut)}};
}

Result<nlohmann::json> readmitDevice(Intake &intake, const Actor &actor, std::string_view device, std::int64_t upto,
                                     const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "security"));
    ZHICHA_TRY(checkWords(upto, reason));
    ZHICHA_ASSIGN(const ChainRecord chain, findDevice(ledger, device));
    ZHICHA_ASSIGN(const std::int64_t trusted, trustedUpto(ledger, chain.device));
    if (trusted >= upto)
        return fail(Code::WrongUsage, "the device is trusted that far already");
    ZHICHA_TRY(writeCut(intake, actor, chain.device, "device.readmit", "upto", upto, reason));
    return nlohmann::json{{"device", toText(chain.device)}, {"upto", upto}};
}

} // namespace zhicha
