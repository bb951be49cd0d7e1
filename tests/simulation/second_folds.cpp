#include "tests/simulation/second_folds.h"

#include "sync-server/intake/presented.h"
#include "tests/unit/shared/ledger/memory_store.h"
#include "tests/unit/shared/ledger/reference_fold.h"

#include <algorithm>

namespace zhicha::test {

namespace {
MadeOperation madeOf(const LogOperation &operation) {
    return {operation.operation.device, operation.operation.seq, operation.operation.d, operation.operation.bytes};
}

KnownOperation knownOf(const LogOperation &operation) {
    KnownOperation known;
    known.made = madeOf(operation);
    const auto envelope = decodeEnvelope(operation.operation.bytes.envelope);
    const auto body = decodeBody(*operation.operation.bytes.body);
    if (!envelope || !body) {
        known.form = KnownOperation::Form::Undecodable;
        return known;
    }
    known.kind = envelope->kind;
    known.entity = envelope->id;
    known.estimateMs = envelope->time.estimateMs;
    known.fields = body->fields;
    known.base = envelope->base;
    return known;
}

/** Every server chain and its generation. */
std::map<Uuid, std::int64_t> offices(World &world) {
    std::map<Uuid, std::int64_t> found{{world.office.keys().device(), world.office.keys().note.generation}};
    for (const KeyNote::Past &past : world.office.keys().note.past)
        found[past.serverDevice] = past.generation;
    return found;
}

/** Shuffled, in batches of any size, some of them twice. */
Digest foldInOtherOrder(World &world, const std::vector<LogOperation> &log) {
    MemoryStore store(world.office.keys().ledger);
    for (const auto &[device, generation] : offices(world)) {
        DeviceFacts server;
        server.server = true;
        server.generation = generation;
        store.setFacts(device, server);
    }
    std::vector<MadeOperation> shuffled;
    for (const LogOperation &operation : log)
        if (!isHole(operation))
            shuffled.push_back(madeOf(operation));
    for (std::size_t i = shuffled.size(); i > 1; --i)
        std::swap(shuffled[i - 1], shuffled[static_cast<std::size_t>(world.dice.below(static_cast<int>(i)))]);
    for (std::size_t at = 0; at < shuffled.size();) {
        const std::size_t end = std::min(shuffled.size(), at + 1 + static_cast<std::size_t>(world.dice.below(60)));
        const std::size_t from = at > 2 && world.dice.coin() ? at - 2 : at;
        store.receive({shuffled.begin() + static_cast<std::ptrdiff_t>(from),
                       shuffled.begin() + static_cast<std::ptrdiff_t>(end)});
        at = end;
    }
    return store.stateHash();
}

/** Conflicts and everything else that a row says, by a fold that shares no code with the product's. */
void compareWithText(World &world, const std::map<Uuid, EntityRow> &rows, const std::vector<LogOperation> &log) {
    ReferenceWorld text;
    text.office = world.office.keys().device();
    text.earlier = offices(world);
    text.earlier.erase(text.office);
    std::vector<KnownOperation> known;
    std::set<Digest> there; // what a colleague showed may stand in the log again, as its own tablet brought it
    for (const LogOperation &operation : log)
        if (!isHole(operation) && there.insert(operation.operation.d).second)
            known.push_back(knownOf(operation));
    const ReferenceState reference = referenceFold(text, known);
    for (const auto &[entity, row] : reference.rows) {
        const auto it = rows.find(entity);
        if (it == rows.end()) {
            world.findings.add("16 every version: the office has no row of " + toText(entity));
            continue;
        }
        if (row.contested() && !it->second.contested())
            world.findings.add("17 conflicts: one of " + toText(entity) + " does not reach the office");
        else if (!(it->second == row))
            world.findings.add("3 state hash: the row of " + toText(entity) + " is not what the text says");
    }
    for (const auto &[entity, row] : rows)
        if (!reference.rows.contains(entity))
            world.findings.add("16 every version: a row of " + toText(entity) + " that nothing bore");
}
} // namespace

Status foldsAgree(World &world, LedgerWriter &ledger, const std::vector<LogOperation> &log) {
    ZHICHA_ASSIGN(const Digest stored, ledger.stateHash());
    if (foldInOtherOrder(world, log) != stored)
        world.findings.add("3 state hash: another order of the same operations gives another one");
    std::map<Uuid, EntityRow> rows;
    ZHICHA_TRY(ledger.forEachRow(std::nullopt, [&](const RowRecord &record) {
        rows[record.entity] = record.row;
        return Status();
    }));
    compareWithText(world, rows, log);
    return {};
}

} // namespace zhicha::test
