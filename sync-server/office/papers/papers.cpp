#include "sync-server/office/papers/papers.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "shared/documents/pdf.h"
#include "shared/documents/typesetter.h"
#include "shared/rules/official_number.h"
#include "sync-server/office/papers/paper_plan.h"
#include "sync-server/office/papers/paper_text.h"
#include "sync-server/office/signin/policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
using nlohmann::json;

constexpr std::size_t kMaxReasonBytes = 4000;

Result<std::string> appendPaper(Intake &intake, ServerOperation operation,
                                const std::optional<DraftTaken> &from = std::nullopt) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    ZHICHA_ASSIGN(const Digest d, transaction->append(std::move(operation)));
    if (from)
        ZHICHA_TRY(takeHandedDraft(transaction->ledger(), *from));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    return toHex(d);
}

bool isRevoked(const EntityRow &paper) {
    return paper.value("revoked_by") != nullptr;
}

std::vector<Uuid> unitsOf(const EntityRow &paper) {
    std::vector<Uuid> units;
    const cbor::Value *to = paper.value("to");
    if (to != nullptr && to->array() != nullptr)
        for (const cbor::Value &unit : *to->array())
            if (const auto id = unit.uuid())
                units.push_back(*id);
    return units;
}

cbor::Array idArray(const std::vector<Uuid> &ids) {
    cbor::Array out;
    for (const Uuid &id : ids)
        out.emplace_back(id);
    return out;
}

/** Whether a paper that stands says the same: then it is revoked before another is issued. */
bool saysTheSame(const EntityRow &row, const PaperDraft &draft) {
    if (isRevoked(row) || row.text("kind") != draft.kind->name || row.uuid("item") != draft.item ||
        row.text("month") != draft.month)
        return false;
    const std::string day = row.text("issued_on");
    if (draft.kind->name == "supervision_notice")
        return unitsOf(row) == draft.to; // after a transfer the new unit is told
    if (draft.kind->step > 0)            // an extension opens the ladder anew
        return draft.due != rules::kNever && day > rules::dayText(draft.due);
    return draft.kind->subject == PaperSubject::Month || day == draft.paper.day;
}

struct Standing {
    std::vector<std::string> numbers; ///< of all papers, revoked ones too
    std::string same;                 ///< the number of one that says the same
};

Result<Standing> standingPapers(LedgerReader &ledger, const PaperDraft &draft) {
    Standing standing;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Paper, [&](const RowRecord &record) -> Status {
        standing.numbers.push_back(record.row.text("number"));
        if (saysTheSame(record.row, draft))
            standing.same = record.row.text("number");
        return {};
    }));
    return standing;
}

json issuedJson(const Uuid &id, const EntityRow &row, const std::string &operation) {
    json out{{"paper", toText(id)},        {"number", row.text("number")}, {"kind", row.text("kind")},
             {"title", row.text("title")}, {"day", row.text("issued_on")}, {"to", unitsOf(row).size()}};
    if (!operation.empty())
        out["operation"] = operation;
    return out;
}

/** The same order again gets the same answer; another paper under its id is refused. */
Result<std::optional<json>> issuedBefore(LedgerReader &ledger, const PaperDraft &draft) {
    if (!draft.id)
        return std::optional<json>();
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*draft.id));
    if (!row)
        return std::optional<json>();
    if (row->type != EntityType::Paper || row->text("kind") != draft.kind->name || row->uuid("item") != draft.item ||
        row->text("month") != draft.month || row->text("issued_on") != draft.paper.day)
        return fail(Code::AlreadyDone, "the id is in use with other content");
    return std::optional(issuedJson(*draft.id, *row, ""));
}

Status unchangedSince(LedgerReader &ledger, const PaperDraft &draft) {
    if (!draft.item || !draft.itemRow)
        return {};
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*draft.item));
    if (!row || rowHash(*draft.item, encodeRow(*row)) != *draft.itemRow)
        return fail(Code::Conflict, "事项在起草以后有改动，请重新起草 · the item has changed since the draft was made",
                    Retry::AfterUser);
    return {};
}

/** Days on which units received papers, by paper and unit. */
using Receipts = std::map<Uuid, std::map<Uuid, std::string>>;
Result<Receipts> allReceipts(LedgerReader &ledger) {
    Receipts receipts;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::PaperReceipt, [&](const RowRecord &record) -> Status {
        const auto paper = record.row.uuid("paper");
        const auto unit = record.row.uuid("unit");
        if (paper && unit)
            receipts[*paper][*unit] = record.row.text("read_on");
        return {};
    }));
    return receipts;
}

class PaperRows {
public:
    static Result<PaperRows> load(LedgerReader &ledger) {
        PaperRows rows;
        ZHICHA_ASSIGN(rows.m_receipts, allReceipts(ledger));
        ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Unit, [&](const RowRecord &record) -> Status {
            rows.m_units[record.entity] = record.row.text("name");
            return {};
        }));
        return rows;
    }

    [[nodiscard]] std::string unitName(const Uuid &unit) const {
        const auto it = m_units.find(unit);
        return it == m_units.end() ? toText(unit) : it->second;
    }
    [[nodiscard]] std::string receivedOn(const Uuid &paper, const Uuid &unit) const {
        const auto of = m_receipts.find(paper);
        if (of == m_receipts.end())
            return {};
        const auto it = of->second.find(unit);
        return it == of->second.end() ? std::string() : it->second;
    }

    [[nodiscard]] json row(const Uuid &id, const EntityRow &paper) const {
        json to = json::array();
        std::size_t received = 0;
        const std::vector<Uuid> units = unitsOf(paper);
        for (const Uuid &unit : units) {
            to.push_back({{"id", toText(unit)}, {"name", unitName(unit)}});
            received += receivedOn(id, unit).empty() ? 0 : 1;
        }
        const PaperKind *kind = findPaperKind(paper.text("kind"));
        json out{{"id", toText(id)},
                 {"number", paper.text("number")},
                 {"kind", paper.text("kind")},
                 {"words", kind != nullptr ? std::string(kind->words) : std::string()},
                 {"title", paper.text("title")},
                 {"to", std::move(to)},
                 {"level", paper.text("level")},
                 {"day", paper.text("issued_on")},
                 {"received", received},
                 {"of", units.size()},
                 {"state", stateOf(paper, received, units.size())}};
        if (const auto by = paper.uuid("revoked_by"))
            out["revoked_by"] = toText(*by);
        if (const auto item = paper.uuid("item"))
            out["item"] = toText(*item);
        if (!paper.text("month").empty())
            out["month"] = paper.text("month");
        return out;
    }

private:
    static const char *stateOf(const EntityRow &paper, std::size_t received, std::size_t of) {
        return isRevoked(paper) ? "revoked" : of > 0 && received == of ? "received" : "issued";
    }

    Receipts m_receipts;
    std::map<Uuid, std::string> m_units;
};

bool asked(const PaperQuery &query, const EntityRow &paper) {
    const auto toThem = [&](const Uuid &unit) { return isTo(paper, unit); };
    if (query.among && std::none_of(query.among->begin(), query.among->end(), toThem))
        return false;
    return (query.kind.empty() || paper.text("kind") == query.kind) && (!query.unit || isTo(paper, *query.unit)) &&
           (!query.item || paper.uuid("item") == *query.item);
}

Result<EntityRow> paperRow(LedgerReader &ledger, const Uuid &id) {
    ZHICHA_ASSIGN(std::optional<EntityRow> row, ledger.rowOf(id));
    if (!row || row->type != EntityType::Paper)
        return fail(Code::NotFound, "no paper " + toText(id));
    return *std::move(row);
}

/** The log number under which a paper was issued: what is later. */
Result<std::int64_t> issuedAt(LedgerReader &ledger, const Uuid &id, const EntityRow &paper) {
    if (!paper.birth)
        return 0;
    ZHICHA_ASSIGN(const std::optional<LogOperation> birth, ledger.operationByDigest(id, *paper.birth));
    return birth ? birth->log : 0;
}

Status requireClerkOf(LedgerReader &ledger, const Actor &actor, const Uuid &unit) {
    if (actor.isOperator())
        return fail(Code::NotAllowed, "a unit's clerk signs for a paper, with --as PERSON", Retry::Never);
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    const bool clerk = std::any_of(grants.begin(), grants.end(), [&](const RoleGrant &grant) {
        return grant.inForce && grant.person == *actor.person && grant.role == "unit_clerk" && grant.unit == unit;
    });
    return clerk ? Status() : Status(fail(Code::NotAllowed, "this takes a clerk of the unit", Retry::Never));
}
} // namespace

bool isTo(const EntityRow &paper, const Uuid &unit) {
    const std::vector<Uuid> units = unitsOf(paper);
    return std::find(units.begin(), units.end(), unit) != units.end();
}

Result<Uuid> findPaper(LedgerReader &ledger, const std::string &text) {
    if (const auto id = uuidFromText(text)) {
        ZHICHA_ASSIGN(const EntityRow row, paperRow(ledger, *id));
        return *id;
    }
    std::optional<Uuid> found;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Paper, [&](const RowRecord &record) -> Status {
        if (!text.empty() && record.row.text("number") == text)
            found = record.entity;
        return {};
    }));
    return found ? Result<Uuid>(*found) : Result<Uuid>(fail(Code::NotFound, "no paper " + text.substr(0, 80)));
}

Result<std::string> paperThatStands(LedgerReader &ledger, const PaperDraft &draft) {
    ZHICHA_ASSIGN(Standing standing, standingPapers(ledger, draft));
    return std::move(standing.same);
}

Result<json> issuePaper(Intake &intake, const Actor &actor, PaperDraft draft, const std::optional<DraftTaken> &from) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "chief"));
    ZHICHA_ASSIGN(std::optional<json> before, issuedBefore(ledger, draft));
    if (before)
        return *std::move(before);
    if (from)
        ZHICHA_TRY(checkDraftTaken(ledger, *from, draft));
    ZHICHA_TRY(unchangedSince(ledger, draft));
    documents::Paper &paper = draft.paper;
    if (draft.kind->to == PaperTo::Superior && paper.signer.empty())
        return fail(Code::InvalidArgument, "上行文要写签发人 · a paper to a superior names who signs it");
    ZHICHA_ASSIGN(const Standing standing, standingPapers(ledger, draft));
    if (!standing.same.empty())
        return fail(Code::AlreadyDone, "已经发过 " + standing.same + "；要重发，先用后文撤销它 · " + standing.same +
                                           " says the same and stands: a later paper must revoke it first");
    ZHICHA_ASSIGN(const rules::OfficialNumber number,
                  rules::nextOfficialNumber(rules::sanmenxiaRules().noticeNumberPrefix,
                                            rules::yearOf(*rules::dayFromText(paper.day)), standing.numbers));
    paper.number = rules::officialNumberText(number);
    ZHICHA_ASSIGN(std::string content, paperContentText({paper, draft.restsOn}));
    cbor::Array copies;
    for (const std::string &copy : paper.copies)
        copies.emplace_back(copy);
    cbor::Map fields{{"kind", std::string(draft.kind->name)},
                     {"number", paper.number},
                     {"level", paper.level},
                     {"title", withoutBreaks(paper.title)},
                     {"to", idArray(draft.to)},
                     {"copies", std::move(copies)},
                     {"issued_on", paper.day},
                     {"digest", sha256(viewOf(content))}};
    fields["content"] = std::move(content);
    if (draft.item)
        fields["item"] = *draft.item;
    if (!draft.month.empty())
        fields["month"] = draft.month;
    const Uuid id = draft.id.value_or(newUuid(intake.clock(), intake.random()));
    ZHICHA_ASSIGN(const std::string operation,
                  appendPaper(intake, {"paper.issue", id, std::move(fields), {}, actor.person}, from));
    ZHICHA_ASSIGN(const EntityRow row, paperRow(ledger, id));
    return issuedJson(id, row, operation);
}

Result<json> revokePaper(Intake &intake, const Actor &actor, const std::string &text, const std::string &by,
                         const std::string &reason) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "chief"));
    if (reason.empty() || reason.size() > kMaxReasonBytes || !isUtf8(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(const Uuid id, findPaper(ledger, text));
    ZHICHA_ASSIGN(const Uuid later, findPaper(ledger, by));
    ZHICHA_ASSIGN(const EntityRow row, paperRow(ledger, id));
    ZHICHA_ASSIGN(const EntityRow laterRow, paperRow(ledger, later));
    if (isRevoked(row))
        return fail(Code::AlreadyDone, row.text("number") + " 已被撤销 · is revoked already");
    ZHICHA_ASSIGN(const std::int64_t at, issuedAt(ledger, id, row));
    ZHICHA_ASSIGN(const std::int64_t laterAt, issuedAt(ledger, later, laterRow));
    if (laterAt <= at || isRevoked(laterRow))
        return fail(Code::WrongUsage,
                    "只有后发的、没有被撤销的公文才能撤销前文 · only a later paper that stands revokes another");
    ZHICHA_ASSIGN(
        const std::string operation,
        appendPaper(intake,
                    {"paper.revoke",
                     id,
                     {{"revoked_by", later}, {"revoked_on", shanghaiDay(intake.clock().nowMs())}, {"reason", reason}},
                     {},
                     actor.person}));
    return json{{"paper", toText(id)}, {"revoked_by", toText(later)}, {"operation", operation}};
}

Result<json> receivePaper(Intake &intake, const Actor &actor, const std::string &text, const std::string &unitText) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_ASSIGN(const Uuid unit, findEntity(ledger, intake.keys().ledger, "unit", unitText));
    ZHICHA_TRY(requireClerkOf(ledger, actor, unit));
    ZHICHA_ASSIGN(const Uuid id, findPaper(ledger, text));
    ZHICHA_ASSIGN(const EntityRow row, paperRow(ledger, id));
    if (!isTo(row, unit))
        return fail(Code::NotFound, "no paper " + text.substr(0, 80)); // not theirs: they do not learn that it exists
    const Uuid receipt = paperReceiptId(intake.keys().ledger, id, unit);
    ZHICHA_ASSIGN(const std::optional<EntityRow> before, ledger.rowOf(receipt));
    const std::string day = before ? before->text("read_on") : shanghaiDay(intake.clock().nowMs());
    if (!before) {
        const auto written = appendPaper(
            intake, {"paper.read", receipt, {{"paper", id}, {"unit", unit}, {"read_on", day}}, {}, actor.person});
        ZHICHA_TRY(written ? Status() : Status(written.error()));
    }
    return json{{"paper", toText(id)}, {"unit", toText(unit)}, {"read_on", day}};
}

Result<json> listPapers(LedgerReader &ledger, const PaperQuery &query) {
    ZHICHA_ASSIGN(const PaperRows rows, PaperRows::load(ledger));
    std::vector<std::pair<std::string, json>> found;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Paper, [&](const RowRecord &record) -> Status {
        if (!asked(query, record.row))
            return {};
        json row = rows.row(record.entity, record.row);
        if (!query.state.empty() && row["state"] != query.state)
            return {};
        const auto number = rules::officialNumberFromText(record.row.text("number"));
        std::string order = std::to_string(1'000'000 + (number ? number->number : 0));
        found.emplace_back(record.row.text("issued_on") + order, std::move(row));
        return {};
    }));
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    json papers = json::array();
    for (auto &[order, row] : found)
        papers.push_back(std::move(row));
    return json{{"papers", std::move(papers)}};
}

Result<json> paperDetail(LedgerReader &ledger, const Uuid &id) {
    ZHICHA_ASSIGN(const EntityRow row, paperRow(ledger, id));
    ZHICHA_ASSIGN(const PaperRows rows, PaperRows::load(ledger));
    ZHICHA_ASSIGN(const PaperContent content, readPaperContent(row.text("content")));
    json out = rows.row(id, row);
    out["content"] = paperContentJson(content);
    const cbor::Value *digest = row.value("digest");
    if (digest != nullptr && digest->digest())
        out["digest"] = toHex(*digest->digest());
    json receipts = json::array();
    for (const Uuid &unit : unitsOf(row)) {
        json entry{{"unit", toText(unit)}, {"name", rows.unitName(unit)}};
        if (const std::string day = rows.receivedOn(id, unit); !day.empty())
            entry["read_on"] = day;
        receipts.push_back(std::move(entry));
    }
    out["receipts"] = std::move(receipts);
    if (const auto by = row.uuid("revoked_by")) {
        ZHICHA_ASSIGN(const EntityRow later, paperRow(ledger, *by));
        out["revocation"] = {{"by", toText(*by)},
                             {"number", later.text("number")},
                             {"on", row.text("revoked_on")},
                             {"reason", row.text("reason")}};
    }
    return out;
}

Result<documents::Paper> issuedPaper(LedgerReader &ledger, const EntityRow &row) {
    ZHICHA_ASSIGN(PaperContent content, readPaperContent(row.text("content")));
    if (const auto by = row.uuid("revoked_by")) {
        ZHICHA_ASSIGN(const EntityRow later, paperRow(ledger, *by));
        content.paper.note = "已被" + later.text("number") + "撤销";
    }
    return std::move(content.paper);
}

documents::Paper draftAsShown(const PaperDraft &draft) {
    documents::Paper paper = draft.paper;
    paper.note = "草稿，未签发";
    return paper;
}

Result<std::vector<documents::Page>> paperPages(const documents::Paper &paper) {
    ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
    return documents::typeset(fonts, paper);
}

Result<Bytes> paperPdf(const documents::Paper &paper) {
    ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
    ZHICHA_ASSIGN(const std::vector<documents::Page> pages, documents::typeset(fonts, paper));
    const std::string title = withoutBreaks(paper.title);
    return documents::writePdf(
        fonts, pages, {paper.number.empty() ? title : paper.number + " " + title, paper.signature, "", paper.day});
}

} // namespace zhicha
