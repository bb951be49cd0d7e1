#include "sync-server/office/papers/paper_plan.h"

#include "sync-server/office/ledger_rows.h"

namespace zhicha {

Uuid paperReceiptId(const Uuid &ledger, const Uuid &paper, const Uuid &unit) {
    return derivedId(ledger, "paper_receipt", toHex(paper.bytes) + toHex(unit.bytes));
}

Result<PaperPlan> PaperPlan::over(LedgerReader &ledger, const Uuid &ledgerId) {
    PaperPlan plan;
    plan.m_ledgerId = ledgerId;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Paper, [&](const RowRecord &record) -> Status {
        plan.m_known[record.row.text("number")] = {record.entity, record.row};
        return {};
    }));
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::PaperReceipt, [&](const RowRecord &record) -> Status {
        plan.m_receipts.insert(record.entity);
        return {};
    }));
    return plan;
}

Result<bool> PaperPlan::issue(const FileEntry &entry) {
    const auto known = m_known.find(entry.code);
    if (known == m_known.end()) {
        m_known[entry.code] = {entry.id, std::nullopt};
        m_planned.push_back({entry.place, "paper.issue", entry.id, entry.fields});
        return true;
    }
    if (fieldsOfKind(*known->second.row, *findKind("paper.issue")) != entry.fields)
        return fail(Code::InvalidArgument, entry.place + ": other than the paper of this number in the ledger, and an "
                                                         "issued paper never changes");
    return false;
}

Status PaperPlan::revoke(const FileEntry &entry) {
    const auto number = entry.changes.find("revoked_by");
    if (number == entry.changes.end())
        return {};
    const auto by = m_known.find(*number->second.text());
    if (by == m_known.end())
        return fail(Code::InvalidArgument, entry.place + ".revoked_by: no paper of this number");
    const Known &paper = m_known.at(entry.code);
    const auto held = paper.row ? paper.row->uuid("revoked_by") : std::nullopt;
    if (held && *held != by->second.id)
        return fail(Code::InvalidArgument, entry.place + ".revoked_by: the ledger says another one");
    if (!held)
        m_planned.push_back({entry.place,
                             "paper.revoke",
                             paper.id,
                             {{"revoked_by", by->second.id},
                              {"revoked_on", entry.changes.find("revoked_on")->second},
                              {"reason", entry.changes.find("revoked_reason")->second}}});
    return {};
}

Status PaperPlan::receive(const FileEntry &entry) {
    const Uuid &paper = m_known.at(entry.code).id;
    const Uuid id = paperReceiptId(m_ledgerId, paper, *entry.fields.find("unit")->second.uuid());
    if (!m_receipts.insert(id).second)
        return {};
    cbor::Map fields = entry.fields;
    fields["paper"] = paper;
    m_planned.push_back({entry.place, "paper.read", id, std::move(fields)});
    return {};
}

} // namespace zhicha
