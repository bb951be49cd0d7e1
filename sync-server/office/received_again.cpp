#include "sync-server/office/received_again.h"

#include "sync-server/intake/intake.h"
#include "sync-server/intake/reactions.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

namespace zhicha {

// Clock and random source serve only ids and times of what the server would say, which is thrown away.
ReceivedAgain::ReceivedAgain(std::unique_ptr<LedgerWriter> ledger, const ServerKeys &keys)
    : m_ledger(std::move(ledger)), m_transaction(*m_ledger, keys, systemClock(), systemRandom()) {
    m_transaction.setReact(reactToRun);
}

Status ReceivedAgain::putChains(LedgerReader &from, const ServerKeys &keys) {
    ZHICHA_TRY(m_ledger->begin());
    ZHICHA_TRY(m_ledger->putSetting("ledger", toText(keys.ledger)));
    ZHICHA_TRY(from.forEachChain([&](ChainRecord chain) -> Status {
        chain.head = {0, chainStart(keys.ledger, chain.suite, chain.device, chain.key)};
        const Status put = m_ledger->putChain(chain);
        if (!put || !chain.server)
            return put;
        DeviceFacts facts;
        facts.server = true;
        facts.generation = chain.generation;
        return m_ledger->setDeviceFacts(chain.device, facts);
    }));
    // Where an operation without its body belongs only the order says, and that comes later in the log.
    ZHICHA_TRY(from.forEachWithdrawal([&](Withdrawal expected) -> Status {
        expected.log = 0;
        return m_ledger->noteWithdrawal(expected);
    }));
    return m_ledger->commit();
}

Status ReceivedAgain::receive(LedgerReader &from, LeafRecord leaf, std::int64_t nextLog) {
    const RunBounds bounds{m_ledger->ledgerId(), leaf.suite,  leaf.leaf.device, leaf.leaf.first,
                           leaf.leaf.last,       leaf.before, leaf.leaf.h};
    const bool plausible = bounds.first >= 1 && bounds.last >= bounds.first && leaf.leaf.log >= 1 &&
                           nextLog > leaf.leaf.log &&
                           bounds.last - bounds.first < static_cast<std::int64_t>(kMaxRunOperations);
    const std::int64_t all = plausible ? bounds.last - bounds.first + 1 : 0;
    const std::int64_t count = plausible ? nextLog - leaf.leaf.log : 0;
    if (!plausible || count > all)
        return fail(Code::StoreDamaged, "leaf " + std::to_string(leaf.index) + " has no run that it could stand for");
    leaf.newFrom = leaf.leaf.last + 1 - count;
    Run run{bounds, {}, leaf.signature};
    run.elements.resize(static_cast<std::size_t>(all - count)); // what an earlier run brought already
    ZHICHA_TRY(from.operationsFrom(leaf.leaf.log, static_cast<std::size_t>(count),
                                   [&](const LogOperation &operation) -> Status {
                                       run.elements.push_back({operation.operation.bytes, operation.operation.d});
                                       return {};
                                   }));
    if (static_cast<std::int64_t>(run.elements.size()) != all)
        return fail(Code::StoreDamaged, "operations of leaf " + std::to_string(leaf.index) + " are missing");
    if (leaf.branch > 0)
        ZHICHA_TRY(disputeFrom(*m_ledger, bounds.device, leaf.newFrom));
    return m_transaction.receiveAgain(run, leaf);
}

Result<std::unique_ptr<ReceivedAgain>> ReceivedAgain::from(LedgerReader &ledger, const ServerKeys &keys) {
    ZHICHA_ASSIGN(std::unique_ptr<LedgerWriter> scratch, openScratchLedger());
    std::unique_ptr<ReceivedAgain> again(new ReceivedAgain(std::move(scratch), keys));
    ZHICHA_TRY(again->putChains(ledger, keys));
    ZHICHA_TRY(again->m_transaction.begin());
    ZHICHA_ASSIGN(const std::int64_t lastLog, ledger.lastLog());
    // Each leaf's run ends where the next one's begins.
    std::optional<LeafRecord> before;
    ZHICHA_TRY(ledger.forEachLeaf(0, [&](const LeafRecord &leaf) -> Status {
        const Status received = before ? again->receive(ledger, *before, leaf.leaf.log) : Status();
        before = leaf;
        return received;
    }));
    if (before)
        ZHICHA_TRY(again->receive(ledger, *before, lastLog + 1));
    ZHICHA_TRY(again->m_ledger->dropExpectedWithdrawals());
    return again;
}

} // namespace zhicha
