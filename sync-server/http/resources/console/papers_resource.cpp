// papers: the list, one paper with its receipts, its pages, PDF and DOCX; issuing, revoking, signing for one.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/paper_calls.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/documents/docx.h"
#include "shared/documents/pdf.h"
#include "shared/documents/typesetter.h"
#include "sync-server/office/papers/papers.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr double kDotsOfAPage = 4; ///< a millimetre: sharp on a screen, some 100 kB a page

/** Units whose papers somebody of limited reach sees: a clerk's own; a vice mayor's that name them. */
Result<std::vector<Uuid>> paperUnitsOf(ConsoleCall &call, LedgerReader &reader) {
    std::vector<Uuid> units;
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(reader));
    for (const RoleGrant &grant : grants)
        if (grant.inForce && grant.person == call.session->person && grant.role == "unit_clerk" && grant.unit)
            units.push_back(*grant.unit);
    if (!call.roles.contains("vice_mayor"))
        return units;
    ZHICHA_ASSIGN(const std::optional<EntityRow> person, reader.rowOf(call.session->person));
    const std::string name = person ? person->text("name") : std::string();
    ZHICHA_TRY(reader.forEachRowOfType(EntityType::Unit, [&](const RowRecord &record) -> Status {
        if (!name.empty() && record.row.text("vice_mayor") == name)
            units.push_back(record.entity);
        return {};
    }));
    return units;
}

/** Of a paper to many, a unit sees its own receipt alone. */
void narrowReceipts(json &paper, const std::vector<Uuid> &units) {
    std::size_t received = 0;
    json own = json::array();
    for (const json &receipt : paper["receipts"]) {
        const auto unit = uuidFromText(receipt["unit"].get<std::string>());
        if (!unit || std::find(units.begin(), units.end(), *unit) == units.end())
            continue;
        received += receipt.contains("read_on") ? 1 : 0;
        own.push_back(receipt);
    }
    paper["of"] = own.size();
    paper["received"] = received;
    if (paper["state"] != "revoked")
        paper["state"] = received == own.size() ? "received" : "issued";
    paper["receipts"] = std::move(own);
}

Result<ListPage> pageOfPapers(ConsoleCall &call, json rows, std::int64_t limit) {
    ListPage page;
    page.count = std::min<std::int64_t>(static_cast<std::int64_t>(rows.size()), kCountedUpTo);
    page.capped = static_cast<std::int64_t>(rows.size()) > kCountedUpTo;
    const std::string after = call.query("after");
    std::size_t at = 0;
    while (!after.empty() && at < rows.size() && rows[at]["id"] != after)
        ++at;
    if (!after.empty() && at == rows.size())
        return call.badField("after", "of another list");
    for (at += after.empty() ? 0 : 1; at < rows.size() && static_cast<std::int64_t>(page.rows.size()) < limit; ++at)
        page.rows.push_back(std::move(rows[at]));
    if (at < rows.size())
        page.next = page.rows.back()["id"].get<std::string>();
    return page;
}

Result<Response> listPapersOf(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    PaperQuery query;
    query.kind = call.query("kind");
    query.state = call.query("state");
    if (!query.kind.empty() && findPaperKind(query.kind) == nullptr)
        return call.badField("kind", "a kind of paper");
    if (!query.state.empty() && query.state != "issued" && query.state != "received" && query.state != "revoked")
        return call.badField("state", "issued, received or revoked");
    ZHICHA_ASSIGN(query.unit, call.queryId("unit"));
    ZHICHA_ASSIGN(query.item, call.queryId("item"));
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        if (call.reach != Reach::All) {
            ZHICHA_ASSIGN(query.among, paperUnitsOf(call, reader));
        }
        ZHICHA_ASSIGN(json list, listPapers(reader, query));
        ZHICHA_ASSIGN(ListPage page, pageOfPapers(call, std::move(list["papers"]), limit));
        return listJson(reader, std::move(page));
    }));
    return jsonResponse(200, out);
}

struct SeenPaper {
    EntityRow row;
    std::vector<Uuid> units; ///< through which a limited reach sees it
};

/** The paper of the path that the caller may see; the same refusal whether it exists or not. */
Result<SeenPaper> paperOfPath(ConsoleCall &call, LedgerReader &reader) {
    const auto id = uuidFromText(call.request.param("paper"));
    ZHICHA_ASSIGN(std::optional<EntityRow> row,
                  id ? reader.rowOf(*id) : Result<std::optional<EntityRow>>(std::nullopt));
    const bool there = row && row->type == EntityType::Paper;
    if (!there && call.reach == Reach::All)
        return fail(Code::NotFound, "no such paper");
    if (call.reach == Reach::All)
        return SeenPaper{*std::move(row), {}};
    ZHICHA_ASSIGN(std::vector<Uuid> units, paperUnitsOf(call, reader));
    const bool theirs =
        there && std::any_of(units.begin(), units.end(), [&](const Uuid &unit) { return isTo(*row, unit); });
    if (!theirs)
        return notYours(call, Resource::Papers, Verb::Read);
    return SeenPaper{*std::move(row), std::move(units)};
}

Result<Response> getPaper(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const SeenPaper seen, paperOfPath(call, reader));
        ZHICHA_ASSIGN(json paper, paperDetail(reader, *uuidFromText(call.request.param("paper"))));
        ZHICHA_ASSIGN(const documents::Paper issued, issuedPaper(reader, seen.row));
        ZHICHA_ASSIGN(const std::vector<documents::Page> pages, paperPages(issued));
        paper["pages"] = pages.size();
        if (call.reach != Reach::All)
            narrowReceipts(paper, seen.units);
        return paper;
    }));
    return jsonResponse(200, out);
}

Result<documents::Paper> shownPaper(ConsoleCall &call) {
    return call.access.look<documents::Paper>([&](LedgerReader &reader) -> Result<documents::Paper> {
        ZHICHA_ASSIGN(const SeenPaper seen, paperOfPath(call, reader));
        return issuedPaper(reader, seen.row);
    });
}

Result<Response> getPaperPdf(ConsoleCall &call) {
    call.audit = {"paper_download", "paper", std::string(call.request.param("paper"))};
    ZHICHA_ASSIGN(const documents::Paper paper, shownPaper(call));
    ZHICHA_ASSIGN(const Bytes pdf, paperPdf(paper));
    return fileResponse(call, "paper", pdf, "application/pdf", "pdf");
}

Result<Response> getPaperDocx(ConsoleCall &call) {
    call.audit = {"paper_download", "paper", std::string(call.request.param("paper"))};
    ZHICHA_ASSIGN(const documents::Paper paper, shownPaper(call));
    ZHICHA_ASSIGN(const Bytes docx, documents::writeDocx(paper));
    return fileResponse(call, "paper", docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "docx");
}

Result<Response> getPaperPage(ConsoleCall &call) {
    const std::string number(call.request.param("page"));
    ZHICHA_ASSIGN(const documents::Paper paper, shownPaper(call));
    ZHICHA_ASSIGN(const std::vector<documents::Page> pages, paperPages(paper));
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (number != std::to_string(i + 1))
            continue;
        ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
        ZHICHA_ASSIGN(const Bytes png, documents::writePng(fonts, pages[i], kDotsOfAPage));
        Response response = textResponse(200, "image/png", textOf(png));
        response.headers.emplace_back("Cache-Control", "no-store");
        return response;
    }
    return fail(Code::NotFound, "no such page");
}

/** The draft of the queue that is issued, if it is one. */
Result<std::optional<DraftTaken>> draftTakenOf(ConsoleCall &call) {
    if (!call.body.contains("draft"))
        return std::optional<DraftTaken>();
    DraftTaken taken;
    ZHICHA_ASSIGN(taken.id, call.id("draft"));
    ZHICHA_ASSIGN(taken.version, call.number("version"));
    return std::optional(taken);
}

Result<Response> postPaperIssue(ConsoleCall &call) {
    ZHICHA_ASSIGN(PaperOrder order, paperOrderOf(call));
    order.id = idOfRequest(call);
    call.audit = {"paper_issue", "paper", toText(*order.id)};
    ZHICHA_ASSIGN(const std::optional<DraftTaken> from, draftTakenOf(call));
    ZHICHA_ASSIGN(const PaperDraft draft, paperDraftOf(call, order));
    return operate(call, [&](Intake &intake) { return issuePaper(intake, call.actor(), draft, from); });
}

Result<Response> postPaperRevoke(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid paper, call.pathId("paper"));
    call.audit = {"paper_revoke", "paper", toText(paper)};
    ZHICHA_ASSIGN(const std::string by, call.text("by", 80));
    ZHICHA_ASSIGN(const std::string reason, call.text("reason"));
    return operate(call, [&](Intake &intake) { return revokePaper(intake, call.actor(), toText(paper), by, reason); });
}

/** 签收 by the clerk's own unit; one of several where the body names it. */
Result<Response> postPaperReceipt(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid paper, call.pathId("paper"));
    call.audit = {"paper_receive", "paper", toText(paper)};
    ZHICHA_ASSIGN(const std::optional<std::string> wanted, call.maybeText("unit", 64));
    return operate(call, [&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const SeenPaper seen, paperOfPath(call, intake.ledger()));
        for (const Uuid &unit : seen.units)
            if (isTo(seen.row, unit) && (!wanted || *wanted == toText(unit)))
                return receivePaper(intake, call.actor(), toText(paper), toText(unit));
        return notYours(call, Resource::Papers, Verb::Receive);
    });
}

} // namespace

void addPaperRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Papers, Verb::Read};
    gate.add("GET", "/papers", read, listPapersOf);
    gate.add("GET", "/papers/{paper}", read, getPaper);
    gate.add("GET", "/papers/{paper}/pdf", read, getPaperPdf);
    gate.add("GET", "/papers/{paper}/docx", read, getPaperDocx);
    gate.add("GET", "/papers/{paper}/pages/{page}", read, getPaperPage);
    gate.add("POST", "/papers", operationRule(Resource::Papers, Verb::Issue, true), postPaperIssue);
    gate.add("POST", "/papers/{paper}/revoke", operationRule(Resource::Papers, Verb::Issue, true), postPaperRevoke);
    gate.add("POST", "/papers/{paper}/receipts", operationRule(Resource::Papers, Verb::Receive), postPaperReceipt);
}

} // namespace zhicha
