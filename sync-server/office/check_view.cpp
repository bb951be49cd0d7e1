#include "sync-server/office/check_view.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {
/** Whether it counts, by what authority says of its chain; the same tests as the fold's. */
bool hasEffect(const FoldOperation &op, const std::map<Uuid, const EntityRow *> &rows) {
    if (op.shape != Ineffective::No || (!op.facts.enrolled && !op.facts.server))
        return false;
    if (op.kind->author == Author::Server && !op.facts.server)
        return false;
    if (op.seq > op.facts.trustedUpto || op.seq >= op.facts.disputedFrom)
        return false;
    const auto row = rows.find(op.envelope.id);
    return row != rows.end() && (op.kind->idRole != IdRole::Birth || row->second->birth == op.d);
}
} // namespace

OperationMark CheckView::birthOf(const EntityRow &row) const {
    const auto it = row.birth ? marks.find(*row.birth) : marks.end();
    return it == marks.end() ? OperationMark() : it->second;
}

Result<const CheckLoader::Device *> CheckLoader::device(const Uuid &id) {
    if (const auto it = m_devices.find(id); it != m_devices.end())
        return &it->second;
    Device device;
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(id));
    if (!chain)
        return fail(Code::StoreDamaged, "an operation's chain is missing");
    device.chain = *chain;
    device.facts.server = chain->server;
    device.facts.generation = chain->generation;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(id));
    device.facts.enrolled = row && row->type == EntityType::Device && row->birth.has_value();
    if (device.facts.enrolled)
        device.facts.trustedUpto = row->integer(kTrustedUptoField).value_or(std::numeric_limits<std::int64_t>::max());
    if (!chain->server) {
        ZHICHA_ASSIGN(const std::vector<LeafRecord> leaves, m_ledger.leavesOf(id, 1, chain->head.seq));
        for (const LeafRecord &leaf : leaves)
            if (leaf.branch > 0)
                device.facts.disputedFrom = std::min(device.facts.disputedFrom, leaf.newFrom);
    }
    return &m_devices.emplace(id, std::move(device)).first->second;
}

Result<std::optional<Uuid>> CheckLoader::personOf(const Uuid &id) {
    ZHICHA_ASSIGN(const Device *known, device(id));
    return known->chain.person;
}

Result<std::string> CheckLoader::personName(const Uuid &person) {
    if (const auto it = m_names.find(person); it != m_names.end())
        return it->second;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(person));
    return m_names.emplace(person, row ? row->text("name") : toText(person)).first->second;
}

Result<CheckView> CheckLoader::load(const Uuid &check) {
    CheckView view;
    view.id = check;
    ZHICHA_TRY(m_ledger.forEachRowOfCheck(check, [&](const RowRecord &record) -> Status {
        if (record.entity == check)
            view.check = record.row;
        else
            view.rows.push_back(record);
        return {};
    }));
    if (!view.check && view.rows.empty())
        return fail(Code::NotFound, "no check " + toText(check));
    ZHICHA_TRY(readOperations(view));
    ZHICHA_TRY(findInspectors(view));
    findState(view);
    return view;
}

Status CheckLoader::readOperations(CheckView &view) {
    std::map<Uuid, const EntityRow *> rows;
    for (const RowRecord &record : view.rows)
        rows[record.entity] = &record.row;
    if (view.check)
        rows[view.id] = &*view.check;
    return m_ledger.forEachOperationOfCheck(view.id, [&](const LogOperation &stored) -> Status {
        const StoredOperation &op = stored.operation;
        ZHICHA_ASSIGN(const Device *known, device(op.device));
        view.heads[op.device] = known->chain.head;
        // The ledger's id only judges derived ids, which the fold has judged before there was a row.
        FoldOperation decoded = foldOperation({}, op.bytes, op.d, op.device, op.seq, known->facts);
        if (decoded.kind != nullptr && decoded.kind->idRole == IdRole::Derived &&
            decoded.shape == Ineffective::BadOperation)
            decoded.shape = Ineffective::No;
        view.marks[op.d] = {decoded.envelope.time.estimateMs, op.device, op.seq};
        if (hasEffect(decoded, rows))
            view.operations.push_back({op.device, op.seq, decoded.kind->name, known->chain.server});
        return {};
    });
}

Status CheckLoader::findInspectors(CheckView &view) {
    std::vector<std::pair<OperationMark, Uuid>> devices;
    if (view.check && view.check->device)
        devices.push_back({OperationMark(), *view.check->device}); // sorts first
    for (const RowRecord &record : view.rows)
        if ((record.row.type == EntityType::Join || record.row.type == EntityType::Sign) && !record.row.isVoid() &&
            record.row.device)
            devices.push_back({view.birthOf(record.row), *record.row.device});
    std::sort(devices.begin(), devices.end());
    for (const auto &[mark, id] : devices) {
        ZHICHA_ASSIGN(const std::optional<Uuid> person, personOf(id));
        if (person && std::find(view.m_inspectors.begin(), view.m_inspectors.end(), *person) == view.m_inspectors.end())
            view.m_inspectors.push_back(*person);
    }
    return {};
}

void CheckLoader::findState(CheckView &view) {
    ClosureView closure;
    closure.check = view.check ? &*view.check : nullptr;
    for (const auto &[id, head] : view.heads)
        closure.heads[id] = head.seq;
    std::set<Bytes> received; // or erased: nobody waits for those
    for (const RowRecord &record : view.rows) {
        const bool erased = record.row.type == EntityType::Erasure && record.row.value("erased_on") != nullptr;
        if (!erased && record.row.type != EntityType::Received)
            continue;
        const cbor::Value *digests = record.row.value(erased ? "photos" : "digests");
        for (const cbor::Value &digest : digests != nullptr && digests->array() ? *digests->array() : cbor::Array())
            received.insert(*digest.bytes());
    }
    for (const RowRecord &record : view.rows) {
        closure.rows.push_back(&record.row);
        const cbor::Value *photo = record.row.value("sha256");
        if (record.row.type == EntityType::Photo && !record.row.isVoid() && photo != nullptr &&
            !received.contains(*photo->bytes()))
            view.missingPhotos.push_back(*photo->digest());
        if (record.row.type == EntityType::Review && !record.row.isVoid())
            closure.reviews.push_back(&record.row);
    }
    // Chain order of one server chain after the other is the order of their estimates, which never fall.
    std::stable_sort(closure.reviews.begin(), closure.reviews.end(),
                     [&](const EntityRow *a, const EntityRow *b) { return view.birthOf(*a) < view.birthOf(*b); });
    closure.operations = view.operations;
    closure.missingOriginals = static_cast<std::int64_t>(view.missingPhotos.size());
    view.state = checkState(closure);
}

Result<Uuid> ledgerIdOf(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::optional<std::string> text, ledger.setting("ledger"));
    const auto id = text ? uuidFromText(*text) : std::nullopt;
    if (!id)
        return fail(Code::StoreDamaged, "the ledger's id is missing");
    return *id;
}

Result<Uuid> findCheck(LedgerReader &ledger, std::string_view text) {
    if (const auto id = uuidFromText(text)) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*id));
        if (row && row->type == EntityType::Check)
            return *id;
        return fail(Code::NotFound, "no check " + std::string(text));
    }
    std::optional<Uuid> found;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Check, [&](const RowRecord &record) -> Status {
        ZHICHA_ASSIGN(const std::optional<std::string> number, ledger.setting("numbered/" + toText(record.entity)));
        if (number && *number == text)
            found = record.entity;
        return {};
    }));
    if (!found)
        return fail(Code::NotFound, "no check " + std::string(text));
    return *found;
}

Result<Uuid> findAnyEntity(LedgerReader &ledger, std::string_view text) {
    if (const auto id = uuidFromText(text)) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*id));
        return row ? Result<Uuid>(*id) : fail(Code::NotFound, "nothing has the id " + std::string(text));
    }
    ZHICHA_ASSIGN(const Uuid ledgerId, ledgerIdOf(ledger));
    std::vector<Uuid> found;
    for (const std::string_view type : {"unit", "site", "item", "event", "report", "ranking"})
        if (const auto id = findEntity(ledger, ledgerId, type, text))
            found.push_back(*id);
    if (const auto check = findCheck(ledger, text))
        found.push_back(*check);
    if (found.empty())
        return fail(Code::NotFound, "nothing is called " + std::string(text));
    if (found.size() > 1)
        return fail(Code::Ambiguous,
                    std::to_string(found.size()) + " entities have the code " + std::string(text) + ": use the UUID");
    return found.front();
}

} // namespace zhicha
