// head, desk, health, audit trail, drafts, views, pickers, feedback.
#include "sync-server/http/resources/console/audit_words.h"
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "sync-server/intake/transaction.h"
#include "sync-server/office/console/check_chains.h"
#include "sync-server/office/console/index_keeper.h"
#include "sync-server/office/console/office_lists.h"
#include "sync-server/office/ledger/order_view.h"
#include "sync-server/office/papers/handed_drafts.h"
#include "sync-server/office/signin/api_tokens.h"

#include <algorithm>
#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::size_t kMostDraft = 32 * 1024;
constexpr std::int64_t kFeedbackAnHour = 5;
constexpr std::int64_t kMostBadges = 999;

Status addRequestBadge(ConsoleCall &call, json &badges) {
    if (mayUse(call.roles, Resource::Requests, Verb::Sign) == Reach::None)
        return {};
    const auto mine =
        lookInBook<std::int64_t>(call, [&](LedgerReader &reader, const Book &book) -> Result<std::int64_t> {
            ZHICHA_ASSIGN(const std::string name, ownName(call, reader));
            return requestsToSign(book, call.roles, name);
        });
    ZHICHA_TRY(mine ? Status() : Status(mine.error()));
    if (*mine > 0)
        badges["requests"] = std::min(*mine, kMostBadges);
    return {};
}

/** What waits for the office: answers to judge, reviews to decide; for a unit: what it owes. */
Status addOrderBadge(ConsoleCall &call, json &badges) {
    const bool office = mayUse(call.roles, Resource::Orders, Verb::Review) != Reach::None;
    if (!office && mayUse(call.roles, Resource::Orders, Verb::Report) == Reach::None)
        return {};
    const auto waiting =
        lookInBook<std::int64_t>(call, [&](LedgerReader &reader, const Book &book) -> Result<std::int64_t> {
            OrderScope scope{{office, {}}, {}};
            if (!office) {
                ZHICHA_ASSIGN(scope.units, ownItems(reader, book, call.session->person));
            }
            return ordersWaiting(book, scope, office);
        });
    ZHICHA_TRY(waiting ? Status() : Status(waiting.error()));
    if (*waiting > 0)
        badges["rectifications"] = std::min(*waiting, kMostBadges);
    return {};
}

/** Tokens that wait for this person's confirmation. */
Status addTokenBadge(ConsoleCall &call, json &badges) {
    if (mayUse(call.roles, Resource::Tokens, Verb::Confirm) == Reach::None)
        return {};
    ZHICHA_ASSIGN(const std::vector<ApiToken> tokens,
                  call.access.look<std::vector<ApiToken>>([](LedgerReader &reader) { return allTokens(reader); }));
    const std::int64_t nowMs = call.context.signIn.clock().nowMs();
    const auto waiting = std::count_if(tokens.begin(), tokens.end(), [&](const ApiToken &token) {
        return token.state(nowMs) == "waiting" && token.issuedBy != call.session->person;
    });
    if (waiting > 0)
        badges["tokens"] = waiting;
    return {};
}

/** Drafts of papers: those to be issued by who may, those that came back to whoever wrote them. */
Status addPaperBadge(ConsoleCall &call, json &badges) {
    if (mayUse(call.roles, Resource::Papers, Verb::Write) == Reach::None)
        return {};
    ZHICHA_ASSIGN(
        const std::vector<HandedDraft> drafts,
        call.access.look<std::vector<HandedDraft>>([](LedgerReader &reader) { return handedDrafts(reader); }));
    const bool issues = mayUse(call.roles, Resource::Papers, Verb::Issue) != Reach::None;
    const auto waiting = std::count_if(drafts.begin(), drafts.end(), [&](const HandedDraft &draft) {
        return draft.returned ? draft.drafter == call.session->person : issues;
    });
    if (waiting > 0)
        badges["papers"] = waiting;
    return {};
}

Result<Response> getHead(ConsoleCall &call) {
    std::int64_t since = call.context.hub.log();
    if (const std::string text = call.query("since"); !text.empty())
        std::from_chars(text.data(), text.data() + text.size(), since);
    ZHICHA_ASSIGN(json out, call.access.look<json>([&](LedgerReader &reader) {
        return headJson(reader, call.roles, call.context.signIn.clock().nowMs());
    }));
    ZHICHA_TRY(addRequestBadge(call, out["badges"]));
    ZHICHA_TRY(addOrderBadge(call, out["badges"]));
    ZHICHA_TRY(addTokenBadge(call, out["badges"]));
    ZHICHA_TRY(addPaperBadge(call, out["badges"]));
    json fresh{{"checks", 0}, {"conflicts", 0}, {"findings", 0}};
    if (mayUse(call.roles, Resource::Checks, Verb::Read) == Reach::All) {
        std::set<std::pair<std::string, std::string>> seen;
        for (const ConsoleChange &change : call.context.hub.since(since).changes)
            if (const std::string list = change.kind + "s";
                fresh.contains(list) && seen.emplace(list, change.id).second)
                fresh[list] = fresh[list].get<int>() + 1;
    }
    out["new_rows"] = std::move(fresh);
    const std::string text = out.dump();
    const std::string tag = "\"" + toHex(ByteView(sha256(viewOf(text))).first(8)) + "\"";
    Response response = call.request.header("if-none-match") == tag ? emptyResponse(304) : jsonResponse(200, out);
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "no-cache, private");
    return response;
}

Result<Response> getDesk(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) {
        return deskJson(reader, call.roles, call.session->person, call.context.signIn.clock().nowMs());
    }));
    return jsonResponse(200, out);
}

Result<Response> getHealth(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) {
        return healthJson(reader, call.context.signIn.clock().nowMs());
    }));
    return jsonResponse(200, out);
}

Result<Response> getAudit(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    AuditFilter filter;
    ZHICHA_ASSIGN(filter.person, call.queryId("actor"));
    if (const std::string act = call.query("act"); !act.empty())
        filter.act = act.substr(0, 64);
    if (const std::string result = call.query("result"); !result.empty()) {
        if (result != "ok" && result != "refused")
            return call.badField("result", "ok or refused");
        filter.result = result;
    }
    ZHICHA_TRY(readPeriod(call, filter.fromMs, filter.untilMs));
    const std::string text = "audit&" + call.query("actor") + "&" + call.query("act") + "&" + call.query("result") +
                             "&" + call.query("from") + "&" + call.query("to");
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(ListPage page, auditRows(reader, filter, text, call.query("after"), limit));
        for (json &row : page.rows) {
            const auto [zh, en] = auditWords(row["act"].get<std::string>());
            row["act_words"] = zh;
            row["act_words_en"] = en;
        }
        ZHICHA_ASSIGN(json list, listJson(reader, std::move(page)));
        ZHICHA_ASSIGN(const AuditHead head, reader.audit().auditHead());
        list["chain"] = {{"last", head.number}, {"digest", toHex(head.h)}};
        std::string day;
        const Status read = reader.forEachRowOfType(EntityType::AuditHead, [&](const RowRecord &record) -> Status {
            if (record.row.text("day") > day) {
                day = record.row.text("day");
                list["chain"]["head_in_ledger"] = {{"day", day}, {"count", record.row.integer("count").value_or(0)}};
            }
            return {};
        });
        ZHICHA_TRY(read);
        return list;
    }));
    return jsonResponse(200, out);
}

/** What a witness outside keeps: the newest signed checkpoint, and whether the tree is still the one that it names. */
Result<Response> getCheckpoints(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        json list{{"rows", json::array()}};
        ZHICHA_ASSIGN(const std::optional<std::string> note, reader.setting(std::string(kCheckpointSetting)));
        if (!note)
            return list;
        ZHICHA_ASSIGN(const std::int64_t size, provenSize(reader));
        ZHICHA_ASSIGN(const std::int64_t leaves, reader.leafCount());
        json row{{"note", *note}, {"size", leaves}, {"proven", size > 0 && size == leaves}};
        if (leaves > 0) {
            ZHICHA_ASSIGN(const std::optional<LeafRecord> last, reader.leaf(leaves - 1));
            ZHICHA_ASSIGN(const Digest root, merkleRoot(reader.tree(), leaves));
            row["root"] = toHex(root);
            if (last)
                row["at"] = toRfc3339(last->leaf.receivedAtMs);
        }
        list["rows"].push_back(std::move(row));
        return list;
    }));
    return jsonResponse(200, out);
}

Status checkDraftName(const ConsoleCall &call) {
    const auto fits = [](std::string_view text, std::size_t most, const char *letters) {
        return !text.empty() && text.size() <= most && text.find_first_not_of(letters) == std::string_view::npos;
    };
    const bool ok =
        fits(call.request.param("form"), 32, "abcdefghijklmnopqrstuvwxyz-") &&
        fits(call.request.param("id"), 64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");
    return ok ? Status() : fail(Code::NotFound, "no such draft");
}

std::string draftPurpose(const ConsoleCall &call) {
    return "draft/" + toText(call.session->person) + "/" + std::string(call.request.param("form")) + "/" +
           std::string(call.request.param("id"));
}

Result<Response> getDraft(ConsoleCall &call) {
    ZHICHA_TRY(checkDraftName(call));
    ZHICHA_ASSIGN(const std::optional<FormDraft> draft,
                  call.access.look<std::optional<FormDraft>>([&](LedgerReader &reader) {
                      return reader.accounts().draft(call.session->person, std::string(call.request.param("form")),
                                                     std::string(call.request.param("id")));
                  }));
    // Nothing typed yet is no error: a 404 would stand in the browser's log.
    if (!draft)
        return emptyResponse(204);
    ZHICHA_ASSIGN(const Bytes content, call.context.signIn.openFor(draftPurpose(call), draft->content));
    return jsonResponse(200, {{"content", json::parse(content, nullptr, false)}, {"at", toRfc3339(draft->atMs)}});
}

Result<Response> putDraft(ConsoleCall &call) {
    ZHICHA_TRY(checkDraftName(call));
    const std::string content = call.body.dump();
    if (content.size() > kMostDraft)
        return fail(Code::TooLarge, "a draft is at most 32 KiB");
    const FormDraft draft{call.context.signIn.sealFor(draftPurpose(call), viewOf(content)),
                          call.context.signIn.clock().nowMs()};
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) {
        return ledger.accounts().putDraft(call.session->person, std::string(call.request.param("form")),
                                          std::string(call.request.param("id")), draft);
    }));
    return jsonResponse(200, {{"at", toRfc3339(draft.atMs)}});
}

Result<Response> dropDraft(ConsoleCall &call) {
    ZHICHA_TRY(checkDraftName(call));
    ZHICHA_TRY(inTransaction(call.access, [&](LedgerWriter &ledger) {
        return ledger.accounts().dropDraft(call.session->person, std::string(call.request.param("form")),
                                           std::string(call.request.param("id")));
    }));
    return emptyResponse(204);
}

/** Units, sites, items or inspectors whose name or code holds what was typed. */
Result<Response> lookUp(ConsoleCall &call) {
    static const std::map<std::string, EntityType, std::less<>> kTypes{{"units", EntityType::Unit},
                                                                       {"sites", EntityType::Site},
                                                                       {"items", EntityType::Item},
                                                                       {"inspectors", EntityType::Person}};
    const auto type = kTypes.find(call.request.param("what"));
    const std::string typed = call.query("q");
    if (type == kTypes.end())
        return fail(Code::NotFound, "no such list");
    // Whoever may be asked to take an item over is no secret; everything else is the office's.
    if (call.reach != Reach::All && type->second != EntityType::Unit)
        return notYours(call, Resource::Lookup, Verb::Read);
    if (typed.size() > 160)
        return call.badField("q", "at most 40 characters");
    ZHICHA_ASSIGN(const std::int64_t limit, call.limit());
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        std::vector<Uuid> found;
        const Status read = reader.forEachRowOfType(type->second, [&](const RowRecord &record) -> Status {
            const std::string text = record.row.text("name") + "\n" + record.row.text("title") + "\n" +
                                     record.row.text("code") + "\n" + record.row.text("number");
            if (static_cast<std::int64_t>(found.size()) < limit && !record.row.isVoid() &&
                text.find(typed) != std::string::npos)
                found.push_back(record.entity);
            return {};
        });
        ZHICHA_TRY(read);
        Names names(reader);
        ZHICHA_ASSIGN(json rows, names.refs(found));
        return json{{"rows", std::move(rows)}};
    }));
    return jsonResponse(200, out);
}

Result<Response> postFeedback(ConsoleCall &call) {
    call.audit = {"feedback", "", ""};
    ZHICHA_ASSIGN(const std::string text, call.text("text"));
    ZHICHA_ASSIGN(const std::optional<std::string> contact, call.maybeText("contact", 200));
    std::string number;
    bool tooMany = false;
    ZHICHA_ASSIGN(const json out, call.access.ask<json>([&](Intake &intake) -> Result<json> {
        LedgerWriter &ledger = intake.ledger();
        const std::int64_t now = intake.clock().nowMs();
        ZHICHA_ASSIGN(Failures given, ledger.accounts().failures("feedback/" + call.request.peer));
        if (now - given.lastMs > 3'600'000)
            given.count = 0;
        tooMany = !call.session && given.count >= kFeedbackAnHour;
        if (tooMany)
            return json::object();
        given.count += 1;
        given.lastMs = now;
        ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
        ZHICHA_TRY(ledger.accounts().putFailures(given));
        const Uuid id = transaction->newId();
        cbor::Map fields{{"text", text}};
        if (contact && !contact->empty())
            fields["contact"] = *contact;
        const auto appended = transaction->append({"feedback.give", id, std::move(fields), {}, call.actor().person});
        ZHICHA_TRY(appended ? Status() : Status(appended.error()));
        const auto committed = transaction->commit();
        ZHICHA_TRY(committed ? Status() : Status(committed.error()));
        return json{{"number", toText(id)}};
    }));
    if (tooMany)
        return call.refuse("too_many");
    return jsonResponse(201, out);
}

Result<Response> getFeedback(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("number"));
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(id));
        if (!row || row->type != EntityType::Feedback || row->value("feedback") != nullptr)
            return fail(Code::NotFound, "no such number");
        json answer{{"number", toText(id)}, {"state", "received"}};
        const Status read = reader.forEachRowOfType(EntityType::Feedback, [&](const RowRecord &record) -> Status {
            if (record.row.uuid("feedback") == id)
                answer.update({{"state", "answered"}, {"answer", record.row.text("text")}});
            return {};
        });
        ZHICHA_TRY(read);
        return answer;
    }));
    return jsonResponse(200, out);
}
} // namespace

void addFrameRoutes(ConsoleGate &gate) {
    ConsoleRule quiet{Resource::Frame, Verb::Read};
    quiet.background = true;
    ConsoleRule write{Resource::Frame, Verb::Write};
    ConsoleRule open{Resource::Feedback, Verb::Write};
    open.admits = Admits::Anybody;
    gate.add("GET", "/head", quiet, getHead);
    gate.add("GET", "/desk", {Resource::Desk, Verb::Read}, getDesk);
    gate.add("GET", "/health", {Resource::Health, Verb::Read}, getHealth);
    gate.add("GET", "/audit", {Resource::Audit, Verb::Read}, getAudit);
    gate.add("GET", "/checkpoints", {Resource::Audit, Verb::Read}, getCheckpoints);
    gate.add("GET", "/drafts/{form}/{id}", {Resource::Frame, Verb::Read}, getDraft);
    gate.add("PUT", "/drafts/{form}/{id}", write, putDraft);
    gate.add("DELETE", "/drafts/{form}/{id}", write, dropDraft);
    gate.add("GET", "/lookup/{what}", {Resource::Lookup, Verb::Read}, lookUp);
    gate.add("POST", "/feedback", open, postFeedback);
    gate.add("GET", "/feedback/{number}", open, getFeedback);
}

} // namespace zhicha
