#include "sync-server/office/console/check_chains.h"

#include "shared/base/instant.h"
#include "shared/oplog/checkpoint.h"
#include "sync-server/intake/transaction.h"

#include <algorithm>
#include <set>

namespace zhicha {

using nlohmann::json;

namespace {
/** Holes in [first, last] that no run on the first branch covers. */
std::int64_t gapsIn(const std::vector<LeafRecord> &leaves, std::int64_t first, std::int64_t last) {
    std::vector<std::pair<std::int64_t, std::int64_t>> covered;
    for (const LeafRecord &leaf : leaves)
        if (leaf.branch == 0)
            covered.emplace_back(leaf.leaf.first, leaf.leaf.last);
    std::sort(covered.begin(), covered.end());
    std::int64_t next = first;
    std::int64_t gaps = 0;
    for (const auto &[from, until] : covered) {
        gaps += from > next && next <= last ? 1 : 0;
        next = std::max(next, until + 1);
    }
    return gaps + (next <= last ? 1 : 0);
}

/** What one chain wrote of the check. */
struct Part {
    std::int64_t first = 0, last = 0, disputed = 0;
    bool finished = false;
};

Part partOf(const CheckFile &file, const Uuid &device) {
    Part part;
    for (const FileOperation &operation : file.operations) {
        if (operation.device != device)
            continue;
        part.first = part.first == 0 ? operation.seq : std::min(part.first, operation.seq);
        part.last = std::max(part.last, operation.seq);
        part.disputed += operation.outcome == "fork" || operation.outcome == "ineffective:past_cut" ? 1 : 0;
        part.finished = part.finished || operation.kind == "check.finish" || operation.kind == "check.close";
    }
    return part;
}

Result<json> chainJson(LedgerReader &ledger, Names &names, const CheckFile &file, const ChainRecord &chain,
                       std::int64_t head) {
    const Part part = partOf(file, chain.device);
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, ledger.leavesOf(chain.device, part.first, part.last));
    ZHICHA_ASSIGN(const std::vector<LeafRecord> branches, ledger.forkLeavesOf(chain.device));
    std::set<std::int64_t> forks;
    for (const LeafRecord &leaf : branches)
        forks.insert(leaf.branch);
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(chain.device));
    const auto cut = row ? row->integer(kTrustedUptoField) : std::nullopt;
    const bool revoked = cut && *cut != std::numeric_limits<std::int64_t>::max();
    json out{{"device", toText(chain.device)},
             {"head", head},
             {"first", part.first},
             {"last", part.last},
             {"gaps", gapsIn(leaves, part.first, part.last)},
             {"forks", forks.size()},
             {"disputed_operations", part.disputed},
             {"finished", part.finished},
             {"standing", !forks.empty() ? "disputed"
                          : revoked      ? "revoked"
                                         : "trusted"}};
    ZHICHA_ASSIGN(out["name"], names.deviceName(chain.device));
    if (chain.person) {
        ZHICHA_ASSIGN(out["holder"], names.ref(*chain.person));
    }
    return out;
}

Result<json> receiptJson(LedgerReader &ledger, const CheckFile &file) {
    std::int64_t firstLog = 0, receivedMs = 0;
    const FileOperation *newest = nullptr;
    for (const FileOperation &operation : file.operations) {
        if (operation.serverChain)
            continue;
        firstLog = firstLog == 0 ? operation.log : std::min(firstLog, operation.log);
        receivedMs = std::max(receivedMs, operation.bounds.receivedMs);
    }
    if (!file.operations.empty())
        newest = &file.operations.back();
    std::int64_t leafIndex = -1;
    if (newest != nullptr) {
        ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, ledger.leavesOf(newest->device, newest->seq, newest->seq));
        for (const LeafRecord &leaf : leaves)
            if (leaf.branch == newest->branch && (leafIndex < 0 || leaf.index < leafIndex))
                leafIndex = leaf.index;
    }
    ZHICHA_ASSIGN(const std::int64_t proven, provenSize(ledger));
    return json{{"first_log", firstLog},
                {"last_log", file.lastLog()},
                {"received_at", toRfc3339(receivedMs)},
                {"in_checkpoint", leafIndex >= 0 && leafIndex < proven}};
}
} // namespace

Status addChainsJson(LedgerReader &ledger, Names &names, const CheckFile &file, json &out) {
    json list = json::array();
    for (const auto &[device, head] : file.view.heads) {
        ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(device));
        if (!chain || chain->server)
            continue;
        ZHICHA_ASSIGN(json entry, chainJson(ledger, names, file, *chain, head.seq));
        if (file.view.check && file.view.check->device == device)
            out["chain"] = entry;
        list.push_back(std::move(entry));
    }
    out["chains"] = std::move(list);
    ZHICHA_ASSIGN(out["receipt"], receiptJson(ledger, file));
    return {};
}

Result<bool> isSigned(LedgerReader &ledger, const FileOperation &operation) {
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(operation.device));
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves,
                  ledger.leavesOf(operation.device, operation.seq, operation.seq));
    for (const LeafRecord &leaf : leaves) {
        if (!chain || leaf.branch != operation.branch)
            continue;
        const std::int64_t first = leaf.leaf.first;
        const std::int64_t last = leaf.leaf.last;
        std::vector<LogOperation> run;
        if (leaf.branch != 0 && first < leaf.newFrom) { // a fork's run begins on what both branches share
            ZHICHA_ASSIGN(run, ledger.operationsOfChain(operation.device, 0, first, leaf.newFrom - 1));
        }
        const std::int64_t own = leaf.branch != 0 ? std::max(first, leaf.newFrom) : first;
        ZHICHA_ASSIGN(const std::vector<LogOperation> rest,
                      ledger.operationsOfChain(operation.device, leaf.branch, own, last));
        run.insert(run.end(), rest.begin(), rest.end());
        Digest h = leaf.before;
        bool here = false;
        for (const LogOperation &each : run) {
            h = chainNext(h, each.operation.d);
            here = here || (each.operation.d == operation.d && each.operation.bytes.digest() == operation.d);
        }
        const RunBounds bounds{leaf.leaf.ledger, leaf.suite, operation.device, first, last, leaf.before, leaf.leaf.h};
        if (here && h == leaf.leaf.h && runSignatureFits(bounds, chain->key, leaf.signature))
            return true;
    }
    return false;
}

Result<std::int64_t> provenSize(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::optional<std::string> note, ledger.setting(std::string(kCheckpointSetting)));
    if (!note)
        return std::int64_t{0};
    std::optional<Checkpoint> opened;
    const Status keys = ledger.forEachRowOfType(EntityType::Key, [&](const RowRecord &record) -> Status {
        const cbor::Value *raw = record.row.value("key");
        const auto key = raw != nullptr && raw->bytes() != nullptr ? fixedBytes<32>(*raw->bytes()) : std::nullopt;
        if (opened || record.row.text("purpose") != "log" || !key)
            return {};
        if (const auto checkpoint = openCheckpoint(*note, PublicKey{*key}))
            opened = *checkpoint;
        return {};
    });
    ZHICHA_TRY(keys);
    if (!opened || opened->size == 0)
        return std::int64_t{0};
    ZHICHA_ASSIGN(const std::int64_t leaves, ledger.leafCount());
    if (opened->size > leaves)
        return std::int64_t{0};
    ZHICHA_ASSIGN(const Digest root, merkleRoot(ledger.tree(), opened->size));
    return root == opened->root ? opened->size : std::int64_t{0};
}

} // namespace zhicha
