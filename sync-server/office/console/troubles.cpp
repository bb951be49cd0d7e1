#include "sync-server/office/console/troubles.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {
/** Checks that alarms of this kind name, with when the first was raised: their details end on or hold the id. */
std::map<Uuid, std::int64_t> checksNamed(const std::vector<Alarm> &alarms, std::string_view what) {
    constexpr std::string_view kMark = "check ";
    constexpr std::size_t kIdLength = 36;
    std::map<Uuid, std::int64_t> checks;
    for (const Alarm &alarm : alarms) {
        const std::size_t at = alarm.detail.find(kMark);
        if (alarm.what != what || at == std::string::npos)
            continue;
        if (const auto id = uuidFromText(std::string_view(alarm.detail).substr(at + kMark.size(), kIdLength)))
            checks.emplace(*id, alarm.atMs);
    }
    return checks;
}

Result<std::int64_t> openMismatches(LedgerReader &ledger, const Uuid &check) {
    std::set<Digest> differing;
    ZHICHA_TRY(ledger.forEachRowOfCheck(check, [&](const RowRecord &record) -> Status {
        if (const cbor::Value *sha = record.row.type == EntityType::Mismatch ? record.row.value("sha256") : nullptr;
            sha != nullptr && sha->digest())
            differing.insert(*sha->digest());
        return {};
    }));
    std::int64_t open = 0;
    for (const Digest &photo : differing) {
        ZHICHA_ASSIGN(const std::vector<PhotoExpectation> places, ledger.photoExpectations(photo));
        open += std::none_of(places.begin(), places.end(), [](const PhotoExpectation &of) { return of.received; });
    }
    return open;
}

Result<std::int64_t> openJoins(LedgerReader &ledger, const Uuid &check) {
    std::set<Uuid> devices;
    ZHICHA_TRY(ledger.forEachRowOfCheck(check, [&](const RowRecord &record) -> Status {
        if (record.row.type == EntityType::Join && record.row.device && !record.row.isVoid())
            devices.insert(*record.row.device);
        return {};
    }));
    std::int64_t open = 0;
    for (const Uuid &device : devices) {
        ZHICHA_ASSIGN(const bool granted, ledger.inScope(device, check));
        open += granted ? 0 : 1;
    }
    return open;
}

using Counting = Result<std::int64_t> (*)(LedgerReader &, const Uuid &);

Result<std::vector<CheckTrouble>> standing(LedgerReader &ledger, const std::map<Uuid, std::int64_t> &checks,
                                           Counting count) {
    std::vector<CheckTrouble> out;
    for (const auto &[check, sinceMs] : checks) {
        ZHICHA_ASSIGN(const std::int64_t open, count(ledger, check));
        if (open > 0)
            out.push_back({check, open, sinceMs});
    }
    std::sort(out.begin(), out.end(),
              [](const CheckTrouble &a, const CheckTrouble &b) { return a.sinceMs < b.sinceMs; });
    return out;
}
} // namespace

Result<Troubles> standingTroubles(LedgerReader &ledger) {
    Troubles out;
    std::vector<Alarm> alarms;
    ZHICHA_TRY(ledger.forEachAlarm([&](const Alarm &alarm) -> Status {
        alarms.push_back(alarm);
        return {};
    }));
    ZHICHA_ASSIGN(out.mismatches, standing(ledger, checksNamed(alarms, "photo_mismatch"), openMismatches));
    ZHICHA_ASSIGN(out.joins, standing(ledger, checksNamed(alarms, "join_waits"), openJoins));
    std::vector<Uuid> devices;
    ZHICHA_TRY(ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        if (!chain.server)
            devices.push_back(chain.device);
        return {};
    }));
    for (const Uuid &device : devices) {
        ZHICHA_ASSIGN(const std::vector<LeafRecord> branches, ledger.forkLeavesOf(device));
        if (!branches.empty())
            out.forked.push_back({device, branches.front().newFrom, branches.front().leaf.receivedAtMs});
    }
    std::sort(out.forked.begin(), out.forked.end(),
              [](const ForkedDevice &a, const ForkedDevice &b) { return a.sinceMs < b.sinceMs; });
    return out;
}

} // namespace zhicha
