#include "sync-server/intake/own_chain.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::size_t kOwnPageBytes = 512 * 1024;

/** The leaf of the first branch that reaches furthest from this sequence on. */
Result<std::optional<LeafRecord>> leafFrom(LedgerReader &ledger, const Uuid &device, std::int64_t seq) {
    ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, ledger.leavesOf(device, seq, seq));
    std::optional<LeafRecord> best;
    for (const LeafRecord &leaf : leaves)
        if (leaf.branch == 0 && (!best || leaf.leaf.last > best->leaf.last))
            best = leaf;
    return best;
}
} // namespace

Result<OwnChainPage> readOwnChain(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &device, std::int64_t after) {
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(device));
    if (!chain || chain->server)
        return fail(Code::UnknownDevice, "no such device is enrolled");
    OwnChainPage page;
    std::size_t bytes = 0;
    std::int64_t seq = std::max<std::int64_t>(after, 0) + 1;
    while (seq <= chain->head.seq && bytes < kOwnPageBytes) {
        ZHICHA_ASSIGN(const std::optional<LeafRecord> leaf, leafFrom(ledger, device, seq));
        if (!leaf)
            return fail(Code::StoreDamaged, "no leaf covers operation " + std::to_string(seq) + " of a chain");
        Run run;
        run.bounds = {ledgerId, leaf->suite, device, leaf->leaf.first, leaf->leaf.last, leaf->before, leaf->leaf.h};
        run.signature = leaf->signature;
        ZHICHA_ASSIGN(std::vector<LogOperation> operations,
                      ledger.operationsOfChain(device, 0, leaf->leaf.first, leaf->leaf.last));
        for (LogOperation &operation : operations)
            run.elements.push_back({std::move(operation.operation.bytes), operation.operation.d});
        ZHICHA_ASSIGN(Bytes encoded, encodeRun(run));
        bytes += encoded.size();
        page.runs.push_back(std::move(encoded));
        seq = leaf->leaf.last + 1;
    }
    page.more = seq <= chain->head.seq;
    return page;
}

} // namespace zhicha
