#include "sync-server/office/rebuild.h"

#include "sync-server/intake/reactions.h"
#include "sync-server/office/received_again.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace zhicha {

namespace {
constexpr std::size_t kBatch = 1000;

/** Facts about chains that no operation states: which are the server's, and where forks begin. */
Status restoreChainFacts(LedgerWriter &ledger) {
    std::map<Uuid, DeviceFacts> facts;
    ZHICHA_TRY(ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        facts[chain.device].server = chain.server;
        facts[chain.device].generation = chain.generation;
        return {};
    }));
    ZHICHA_TRY(ledger.forEachLeaf(0, [&](const LeafRecord &leaf) -> Status {
        DeviceFacts &fact = facts[leaf.leaf.device];
        if (leaf.branch > 0)
            fact.disputedFrom = std::min(fact.disputedFrom, leaf.newFrom);
        return {};
    }));
    for (const auto &[device, fact] : facts)
        if (fact != DeviceFacts())
            ZHICHA_TRY(ledger.setDeviceFacts(device, fact));
    return {};
}
} // namespace

Status refold(LedgerWriter &ledger) {
    ZHICHA_TRY(ledger.forgetFold());
    ZHICHA_TRY(restoreChainFacts(ledger));
    Apply apply(ledger);
    std::int64_t from = 1;
    for (;;) {
        std::vector<StoredOperation> batch;
        std::int64_t last = from - 1;
        ZHICHA_TRY(ledger.operationsFrom(from, kBatch, [&](const LogOperation &operation) -> Status {
            last = operation.log;
            batch.push_back(operation.operation);
            return {};
        }));
        if (batch.empty())
            return ledger.dropExpectedWithdrawals();
        ZHICHA_ASSIGN(const std::vector<FoldOperation> decoded, apply.decode(batch));
        const auto outcomes = apply.batch(decoded);
        ZHICHA_TRY(outcomes ? Status() : Status(outcomes.error()));
        for (std::size_t i = 0; i < decoded.size(); ++i)
            ZHICHA_TRY(noteDerived(ledger, decoded[i], from + static_cast<std::int64_t>(i)));
        from = last + 1;
    }
}

Result<nlohmann::json> rebuildLedger(LedgerWriter &ledger) {
    ZHICHA_ASSIGN(const Digest before, ledger.stateHash());
    ZHICHA_TRY(ledger.begin());
    Status folded = refold(ledger);
    // The console's lists follow from the rows: whoever serves makes them anew.
    if (folded)
        folded = ledger.consoleIndex().forgetConsoleIndex();
    if (folded)
        folded = ledger.putSetting(kIndexCursorSetting, "0");
    if (!folded) {
        ledger.rollback();
        return folded.error();
    }
    ZHICHA_TRY(ledger.commit());
    ZHICHA_ASSIGN(const Digest after, ledger.stateHash());
    ZHICHA_ASSIGN(const std::int64_t operations, ledger.lastLog());
    return nlohmann::json{{"operations", operations},
                          {"state_hash", toHex(after)},
                          {"state_hash_before", toHex(before)},
                          {"same", before == after}};
}

namespace {
Status placeOne(LedgerWriter &ledger, LedgerReader &again, std::int64_t log) {
    ZHICHA_ASSIGN(const Audience audience, again.audienceOf(log));
    ZHICHA_ASSIGN(const std::optional<LogOperation> operation, again.operationAt(log));
    ZHICHA_TRY(ledger.setAudience(log, audience));
    return ledger.setOutcome(log, operation->outcome);
}

Result<std::size_t> placeAll(LedgerWriter &ledger, const ServerKeys &keys) {
    ZHICHA_ASSIGN(const std::unique_ptr<ReceivedAgain> again, ReceivedAgain::from(ledger, keys));
    std::set<std::int64_t> elsewhere;
    ZHICHA_TRY(ledger.compareWith(again->ledger(), [&](const StoreFault &fault) {
        if (fault.table == "operations" && !fault.column.empty())
            elsewhere.insert(std::stoll(fault.row));
    }));
    for (const std::int64_t log : elsewhere)
        ZHICHA_TRY(placeOne(ledger, again->ledger(), log));
    return elsewhere.size();
}
} // namespace

Result<nlohmann::json> placeAgain(LedgerWriter &ledger, const ServerKeys &keys, bool acceptTables) {
    ZHICHA_TRY(ledger.begin());
    const auto placed = placeAll(ledger, keys);
    Status status = placed ? Status() : Status(placed.error());
    if (status && acceptTables)
        status = ledger.sealTables();
    if (!status) {
        ledger.rollback();
        return status.error();
    }
    ZHICHA_TRY(ledger.commit());
    return nlohmann::json{{"placed", *placed}};
}

} // namespace zhicha
