#include "sync-server/intake/changes.h"

#include "shared/base/plant.h"
#include "shared/ledger/erasure.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {
// A page reads at most this many log numbers ahead and carries at most so many operations: a tablet on a bad link gets
// somewhere with every answer, and no answer takes long to make.
constexpr std::int64_t kWindow = 20'000;
constexpr std::int64_t kPageOperations = 400;
// Log numbers looked at together: a page that is not full yet may begin one more run, and then has all of it that is
// visible.
constexpr std::int64_t kLogsAhead = kPageOperations + static_cast<std::int64_t>(kMaxRunOperations);
constexpr std::size_t kPageBytes = 512 * 1024;
constexpr std::size_t kMaxBackfills = 10'000;

/** All operations with log <= position are delivered, but those of `backfills`, which go on from where each stands. */
struct Cursor {
    std::int64_t position = 0;
    struct Backfill {
        Uuid check;
        std::int64_t after = 0; ///< delivered up to here
        std::int64_t upto = 0;  ///< the grant's log number
    };
    std::vector<Backfill> backfills;
};

std::string encodeCursor(const Cursor &cursor) {
    Bytes out;
    cbor::Writer writer(out);
    writer.array(2).integer(cursor.position).array(cursor.backfills.size());
    for (const Cursor::Backfill &b : cursor.backfills)
        writer.array(3).bytes(b.check.bytes).integer(b.after).integer(b.upto);
    return toHex(out);
}

Result<Cursor> decodeCursor(std::string_view text) {
    Cursor cursor;
    if (text.empty())
        return cursor;
    const auto bytes = fromHex(text);
    if (!bytes)
        return fail(Code::InvalidArgument, "the cursor is not one of this office's");
    cbor::Reader in(*bytes);
    if (in.array() != 2)
        in.breakOff("a cursor has 2 parts");
    cursor.position = in.integer();
    const std::size_t count = in.array();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        if (in.array() != 3)
            in.breakOff("a backfill has 3 parts");
        Cursor::Backfill b;
        b.check = Uuid{in.fixed<16>()};
        b.after = in.integer();
        b.upto = in.integer();
        cursor.backfills.push_back(b);
    }
    if (!in.finish() || cursor.position < 0 || count > kMaxBackfills)
        return fail(Code::InvalidArgument, "the cursor is not one of this office's");
    return cursor;
}

/** A cursor comes from outside: none is ahead of the log, and it opens no check that is not granted. */
Status checkCursor(LedgerReader &ledger, const Uuid &device, Cursor &cursor, std::int64_t lastLog) {
    if (cursor.position > lastLog)
        return fail(Code::InvalidArgument, "the cursor is ahead of this log");
    std::vector<Cursor::Backfill> granted;
    for (const Cursor::Backfill &b : cursor.backfills) {
        if (b.after < 0 || b.after >= b.upto || b.upto > cursor.position)
            return fail(Code::InvalidArgument, "the cursor is not one of this office's");
        ZHICHA_ASSIGN(const bool inScope, ledger.inScope(device, b.check));
        if (inScope)
            granted.push_back(b);
    }
    cursor.backfills = std::move(granted);
    return {};
}

class PageBuilder {
public:
    PageBuilder(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &reader, bool withdrawn)
        : m_ledger(ledger), m_ledgerId(ledgerId), m_reader(reader), m_withdrawn(withdrawn) {}

    /** The page has this operation, body and all. A run that is here for other operations of it does not count. */
    [[nodiscard]] bool holds(std::int64_t log) const { return m_delivered.contains(log); }

    /** The run that brought this operation, with everything visible in it. */
    Status add(std::int64_t log, const std::set<std::int64_t> &visible) {
        ZHICHA_ASSIGN(const std::optional<LogOperation> operation, m_ledger.operationAt(log));
        if (!operation)
            return fail(Code::StoreDamaged, "the log has a hole at " + std::to_string(log));
        const StoredOperation &stored = operation->operation;
        ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, m_ledger.leavesOf(stored.device, stored.seq, stored.seq));
        for (const LeafRecord &leaf : leaves) {
            if (leaf.branch != operation->branch || leaf.newFrom > stored.seq)
                continue;
            return addLeaf(leaf, visible);
        }
        return fail(Code::StoreDamaged, "no leaf brought operation " + std::to_string(log));
    }

    [[nodiscard]] bool full() const { return m_operations >= kPageOperations || m_bytes >= kPageBytes; }
    std::vector<ChangesPage::PageRun> take() { return std::move(m_runs); }

private:
    Status addLeaf(const LeafRecord &leaf, const std::set<std::int64_t> &visible) {
        Run run;
        run.bounds = {m_ledgerId,     leaf.suite,  leaf.leaf.device, leaf.leaf.first,
                      leaf.leaf.last, leaf.before, leaf.leaf.h};
        run.signature = leaf.signature;
        const auto addFrom = [&](std::int64_t branch, std::int64_t first, std::int64_t last) -> Status {
            ZHICHA_ASSIGN(std::vector<LogOperation> operations,
                          m_ledger.operationsOfChain(leaf.leaf.device, branch, first, last));
            for (LogOperation &operation : operations) {
                RunElement element;
                element.d = operation.operation.d;
                if (visible.contains(operation.log)) {
                    m_delivered.insert(operation.log);
                    m_bytes += operation.operation.bytes.envelope.size() +
                               (operation.operation.bytes.body ? operation.operation.bytes.body->size() : 0);
                    element.operation = std::move(operation.operation.bytes);
                    ZHICHA_TRY(holdBack(element, leaf.leaf.device));
                }
                run.elements.push_back(std::move(element));
            }
            return {};
        };
        // A fork's run starts with operations that both branches share.
        if (leaf.branch != 0 && leaf.newFrom > leaf.leaf.first)
            ZHICHA_TRY(addFrom(0, leaf.leaf.first, leaf.newFrom - 1));
        ZHICHA_TRY(addFrom(leaf.branch, leaf.branch != 0 ? leaf.newFrom : leaf.leaf.first, leaf.leaf.last));
        ZHICHA_ASSIGN(Bytes bytes, encodeRun(run));
        m_operations += static_cast<std::int64_t>(run.elements.size());
        m_runs.push_back({leaf.leaf.log, std::move(bytes)});
        return {};
    }

    /** A body that the office does not give out stays here; whoever wrote it has it anyway. */
    Status holdBack(RunElement &element, const Uuid &author) {
        if (!m_withdrawn)
            return {};
        ZHICHA_ASSIGN(const std::optional<Withdrawal> withheld,
                      m_ledger.withdrawal(Withdrawal::What::WithheldBody, element.d));
        const auto envelope = withheld ? decodeEnvelope(element.operation->envelope) : Result<Envelope>(Envelope());
        if (withheld && author != m_reader && envelope && bodyMayGo(envelope->kind))
            element.operation->body.reset();
        return {};
    }

    LedgerReader &m_ledger;
    const Uuid &m_ledgerId;
    const Uuid &m_reader;
    const bool m_withdrawn; ///< something is withheld in this ledger
    std::set<std::int64_t> m_delivered;
    std::vector<ChangesPage::PageRun> m_runs;
    std::int64_t m_operations = 0;
    std::size_t m_bytes = 0;
};

/** Adds in order until the page is full; answers up to which log number everything given is in. */
Result<std::int64_t> addAll(PageBuilder &page, const std::vector<std::int64_t> &logs, std::int64_t end) {
    const std::set<std::int64_t> visible(logs.begin(), logs.end());
    std::int64_t done = logs.empty() ? end : logs.front() - 1;
    for (std::size_t i = 0; i < logs.size(); ++i) {
        if (!page.holds(logs[i])) {
            if (page.full())
                return done;
            ZHICHA_TRY(page.add(logs[i], visible));
        }
        done = i + 1 < logs.size() ? logs[i] : end;
    }
    return done;
}
} // namespace

Result<ChangesPage> readChanges(LedgerReader &ledger, const Uuid &ledgerId, const Uuid &device,
                                std::string_view cursorText) {
    ZHICHA_ASSIGN(Cursor cursor, decodeCursor(cursorText));
    ZHICHA_ASSIGN(const std::int64_t lastLog, ledger.lastLog());
    ZHICHA_TRY(checkCursor(ledger, device, cursor, lastLog));
    ZHICHA_ASSIGN(const bool withdrawn, ledger.anyWithdrawal());
    PageBuilder page(ledger, ledgerId, device, withdrawn);
    while (!page.full()) {
        if (!cursor.backfills.empty()) {
            Cursor::Backfill &b = cursor.backfills.front();
            ZHICHA_ASSIGN(const std::vector<std::int64_t> logs,
                          ledger.logsOfCheck(b.check, b.after, b.upto, kLogsAhead));
            const bool all = logs.size() < static_cast<std::size_t>(kLogsAhead);
            const std::int64_t end = all || logs.empty() ? b.upto : logs.back();
            ZHICHA_ASSIGN(b.after, addAll(page, logs, end));
            if (b.after >= b.upto)
                cursor.backfills.erase(cursor.backfills.begin());
            continue;
        }
        if (cursor.position >= lastLog)
            break;
        std::int64_t end = std::min(cursor.position + kWindow, lastLog);
        ZHICHA_ASSIGN(const std::vector<LedgerReader::Granted> granted, ledger.grants(device, cursor.position, end));
        // A page stops at the first new grant, so that the check's earlier operations come before anything later.
        if (!granted.empty())
            end = granted.front().log;
        ZHICHA_ASSIGN(const std::vector<std::int64_t> logs,
                      ledger.visibleLogs(device, cursor.position, end, kLogsAhead));
        const bool all = logs.size() < static_cast<std::size_t>(kLogsAhead);
        ZHICHA_ASSIGN(const std::int64_t done, addAll(page, logs, all ? end : logs.back()));
        if (!granted.empty() && done >= end)
            cursor.backfills.push_back({granted.front().entity, 0, end});
        cursor.position = done;
    }
    ChangesPage out;
    out.runs = page.take();
    out.more = cursor.position < lastLog || !cursor.backfills.empty();
    if (plant("changes_skip_one") && cursor.position > 0 && out.more)
        ++cursor.position;
    out.cursor = encodeCursor(cursor);
    return out;
}

} // namespace zhicha
