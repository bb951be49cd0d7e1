#include "sync-server/office/reconcile.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "sync-server/intake/presented.h"
#include "sync-server/intake/reactions.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
constexpr std::int64_t kMostSkipped = 100'000;

Result<std::int64_t> numberSetting(LedgerReader &ledger, const char *name) {
    ZHICHA_ASSIGN(const std::optional<std::string> text, ledger.setting(name));
    std::int64_t value = 0;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

/** The numbers that the ledger knows: check → each number that a server chain gave it. */
Result<std::map<Uuid, std::set<std::string>>> knownNumbers(LedgerReader &ledger) {
    std::map<Uuid, std::set<std::string>> numbers;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Check, [&](const RowRecord &check) -> Status {
        return ledger.forEachRowOfCheck(check.entity, [&](const RowRecord &record) -> Status {
            if (record.row.type == EntityType::CheckNumber)
                numbers[check.entity].insert(std::string(record.row.text("number")));
            return {};
        });
    }));
    return numbers;
}

/** Checks that began and have no number, in the order in which their starts stand in the log. */
Result<std::vector<Uuid>> withoutNumber(LedgerReader &ledger, const std::map<Uuid, std::set<std::string>> &numbers) {
    std::vector<std::pair<std::int64_t, Uuid>> found;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Check, [&](const RowRecord &check) -> Status {
        if (!check.row.birth || numbers.contains(check.entity))
            return {};
        ZHICHA_ASSIGN(const std::optional<LogOperation> start,
                      ledger.operationByDigest(check.entity, *check.row.birth));
        found.emplace_back(start ? start->log : 0, check.entity);
        return {};
    }));
    std::sort(found.begin(), found.end());
    std::vector<Uuid> checks;
    for (const auto &[log, check] : found)
        checks.push_back(check);
    return checks;
}

/** A number that two checks have, or a check with two: for people to put right. */
nlohmann::json doubled(const std::map<Uuid, std::set<std::string>> &numbers) {
    std::map<std::string, std::vector<Uuid>> holders;
    nlohmann::json out = nlohmann::json::array();
    for (const auto &[check, given] : numbers) {
        if (given.size() > 1)
            out.push_back({{"check", toText(check)}, {"numbers", given}});
        for (const std::string &number : given)
            holders[number].push_back(check);
    }
    for (const auto &[number, checks] : holders) {
        if (checks.size() < 2)
            continue;
        nlohmann::json those = nlohmann::json::array();
        for (const Uuid &check : checks)
            those.push_back(toText(check));
        out.push_back({{"number", number}, {"checks", std::move(those)}});
    }
    return out;
}

/** 检〔2026〕0382 → 2026, 382. */
std::optional<std::pair<std::string, std::int64_t>> partsOf(std::string_view number) {
    constexpr std::string_view kBefore = "检〔";
    constexpr std::string_view kAfter = "〕";
    const std::size_t end = number.find(kAfter);
    if (!number.starts_with(kBefore) || end == std::string_view::npos)
        return std::nullopt;
    const std::string_view digits = number.substr(end + kAfter.size());
    std::int64_t value = 0;
    const auto [stop, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (bad != std::errc() || stop != digits.data() + digits.size() || value < 1)
        return std::nullopt;
    return std::pair(std::string(number.substr(kBefore.size(), end - kBefore.size())), value);
}

/** Counters go on after the highest number that came back, so that none is given twice. */
Status raiseCounters(LedgerWriter &ledger, const std::map<Uuid, std::set<std::string>> &numbers, std::int64_t skip,
                     const std::string &thisYear) {
    std::map<std::string, std::int64_t> highest{{thisYear, 0}};
    for (const auto &[check, given] : numbers)
        for (const std::string &number : given) {
            if (const auto parts = partsOf(number))
                highest[parts->first] = std::max(highest[parts->first], parts->second);
            ZHICHA_TRY(ledger.putSetting("numbered/" + toText(check), number));
        }
    for (const auto &[year, value] : highest) {
        const std::string counter = "check_number/" + year;
        ZHICHA_ASSIGN(const std::int64_t before, numberSetting(ledger, counter.c_str()));
        const std::int64_t next = std::max(before, value) + (year == thisYear ? skip : 0);
        ZHICHA_TRY(ledger.putSetting(counter, std::to_string(next)));
    }
    return {};
}

Result<std::optional<Uuid>> startOf(LedgerReader &ledger, std::int64_t generation) {
    std::optional<Uuid> start;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::LogStart, [&](const RowRecord &record) -> Status {
        if (record.row.integer("generation") == generation)
            start = record.entity;
        return {};
    }));
    return start;
}
} // namespace

Status beginReconciliation(LedgerWriter &ledger, std::int64_t generation, std::int64_t lastLog, std::int64_t leaves) {
    ZHICHA_TRY(ledger.putSetting(kReconcilingSetting, std::to_string(generation)));
    ZHICHA_TRY(ledger.putSetting(kRestoredLogSetting, std::to_string(lastLog)));
    ZHICHA_TRY(ledger.putSetting(kRestoredSizeSetting, std::to_string(leaves)));
    ZHICHA_TRY(ledger.putSetting(kSeenSizeSetting, std::to_string(leaves)));
    return ledger.putSetting(kSeenLogsSetting, lastLog > 0 ? "1-" + std::to_string(lastLog) : "");
}

Result<nlohmann::json> reconciliationReport(LedgerReader &ledger, const ServerKeys &keys) {
    ZHICHA_ASSIGN(const bool open, reconciliationIsOpen(ledger));
    ZHICHA_ASSIGN(const std::int64_t restoredLog, numberSetting(ledger, kRestoredLogSetting));
    ZHICHA_ASSIGN(const std::int64_t restoredSize, numberSetting(ledger, kRestoredSizeSetting));
    ZHICHA_ASSIGN(const std::int64_t provenSize, numberSetting(ledger, kSeenSizeSetting));
    ZHICHA_ASSIGN(const std::optional<std::string> seen, ledger.setting(kSeenLogsSetting));
    nlohmann::json recovered = nlohmann::json::array();
    nlohmann::json missing = nlohmann::json::array();
    std::int64_t missingCount = 0;
    std::int64_t last = restoredLog;
    for (const auto &[from, upto] : readLogSpans(seen.value_or(""))) {
        if (from > last + 1) {
            missing.push_back({last + 1, from - 1});
            missingCount += from - last - 1;
        }
        if (upto > restoredLog)
            recovered.push_back({std::max(from, restoredLog + 1), upto});
        last = std::max(last, upto);
    }
    ZHICHA_ASSIGN(const auto numbers, knownNumbers(ledger));
    ZHICHA_ASSIGN(const std::vector<Uuid> waiting, withoutNumber(ledger, numbers));
    nlohmann::json devices = nlohmann::json::array();
    ZHICHA_TRY(ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        if (chain.server)
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(chain.device));
        devices.push_back(
            {{"id", toText(chain.device)}, {"name", row ? row->text("name") : ""}, {"head", chain.head.seq}});
        return {};
    }));
    return nlohmann::json{{"open", open},
                          {"generation", keys.note.generation},
                          {"restored_log", restoredLog},
                          {"restored_leaves", restoredSize},
                          {"proven_leaves", provenSize},
                          {"logs_seen", last},
                          {"recovered", std::move(recovered)},
                          {"missing", std::move(missing)},
                          {"missing_count", missingCount},
                          {"waiting_numbers", waiting.size()},
                          {"doubled_numbers", doubled(numbers)},
                          {"devices", std::move(devices)}};
}

Result<nlohmann::json> endReconciliation(Intake &intake, const Actor &actor, std::int64_t skip) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "chief"));
    if (skip < 0 || skip > kMostSkipped)
        return fail(Code::InvalidArgument, "between 0 and " + std::to_string(kMostSkipped) + " numbers are skipped");
    ZHICHA_ASSIGN(nlohmann::json report, reconciliationReport(ledger, intake.keys()));
    if (!report["open"].get<bool>())
        return fail(Code::AlreadyDone, "no reconciliation is open");
    ZHICHA_ASSIGN(const std::optional<Uuid> start, startOf(ledger, intake.keys().note.generation));
    if (!start)
        return fail(Code::StoreDamaged, "this generation's log.open is missing");
    ZHICHA_ASSIGN(const auto numbers, knownNumbers(ledger));
    ZHICHA_ASSIGN(const std::vector<Uuid> waiting, withoutNumber(ledger, numbers));
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const auto said = transaction->append(
        {"log.reconciled",
         *start,
         {{"report", sha256(viewOf(report.dump()))}, {"missing", report["missing_count"].get<std::int64_t>()}},
         {},
         actor.person});
    ZHICHA_TRY(said ? Status() : Status(said.error()));
    ZHICHA_TRY(raiseCounters(ledger, numbers, skip, shanghaiDay(transaction->nowMs()).substr(0, 4)));
    ZHICHA_TRY(ledger.putSetting(kReconcilingSetting, ""));
    for (const Uuid &check : waiting)
        ZHICHA_TRY(numberCheck(*transaction, check));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    report["open"] = false;
    report["numbered"] = waiting.size();
    return report;
}

} // namespace zhicha
