#include "sync-server/http/resources/console/list_query.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "sync-server/office/console/check_file.h"
#include "sync-server/office/console/index_keeper.h"

#include <algorithm>
#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::int64_t kShanghaiMs = 8 * 60 * 60 * 1000;

std::optional<std::int64_t> dayStart(const std::string &day) {
    if (!isDay(day))
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) { return std::atoi(day.substr(at, size).c_str()); };
    return daysFromCivil(number(0, 4), number(5, 2), number(8, 2)) * kDayMs - kShanghaiMs;
}

/** Own things or the team's. */
Result<std::optional<std::vector<Uuid>>> amongOf(ConsoleCall &call, LedgerReader &reader) {
    if (call.reach == Reach::All)
        return std::optional<std::vector<Uuid>>();
    if (call.reach == Reach::Own)
        return std::optional(std::vector<Uuid>{call.session->person});
    ZHICHA_ASSIGN(std::vector<Uuid> team, teamOf(reader, call.session->person));
    return std::optional(std::move(team));
}

/** A filter of another type would be taken for none, and the answer for what was asked. */
Status filtersAreTexts(ConsoleCall &call) {
    for (const auto &[name, value] : call.body.items())
        if (name != "limit" && !value.is_string())
            return call.badField(name, "a text");
    return {};
}

std::optional<CheckState> stateFromName(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(CheckState::Void); ++i)
        if (checkStateName(static_cast<CheckState>(i)) == name)
            return static_cast<CheckState>(i);
    return std::nullopt;
}

Result<int> severityFilter(ConsoleCall &call) {
    const std::string word = call.query("sev");
    const int rank = severityRank(word);
    return word.empty() || rank > 0 ? Result<int>(rank) : call.badField("sev", "minor, major or critical");
}

std::string namesOf(ConsoleCall &call, std::initializer_list<const char *> fields) {
    std::string text;
    for (const char *field : fields)
        text += std::string(field) + "=" + call.query(field) + "&";
    return text + toText(call.session->person);
}
} // namespace

Status readPeriod(ConsoleCall &call, std::optional<std::int64_t> &fromMs, std::optional<std::int64_t> &untilMs) {
    if (const std::string from = call.query("from"); !from.empty()) {
        fromMs = dayStart(from);
        if (!fromMs)
            return call.badField("from", "YYYY-MM-DD");
    }
    if (const std::string to = call.query("to"); !to.empty()) {
        untilMs = dayStart(to);
        if (!untilMs)
            return call.badField("to", "YYYY-MM-DD");
        *untilMs += kDayMs;
    }
    return {};
}

Result<ReadQuery> readCheckQuery(ConsoleCall &call, LedgerReader &reader) {
    ZHICHA_TRY(filtersAreTexts(call));
    using View = CheckListQuery::View;
    using Order = CheckListQuery::Order;
    static const std::map<std::string, View> kViews{{"todo", View::Todo},         {"replied", View::Replied},
                                                    {"conflict", View::Conflict}, {"returned", View::Returned},
                                                    {"arriving", View::Arriving}, {"month", View::All},
                                                    {"all", View::All},           {"mine", View::All}};
    ReadQuery out;
    CheckListQuery &query = out.query;
    std::string view = call.query("view");
    if (view.empty())
        view = call.reach == Reach::All ? "todo" : "all";
    const auto known = kViews.find(view);
    if (known == kViews.end())
        return call.badField("view", "no such view");
    query.view = known->second;
    const std::string sort = call.query("sort");
    query.order = sort == "number" ? Order::Number
                  : sort == "new"  ? Order::New
                  : sort == "wait" || query.view == View::Todo || query.view == View::Replied ||
                          query.view == View::Conflict || query.view == View::Returned
                      ? Order::Wait
                      : Order::New;
    if (!sort.empty() && sort != "number" && sort != "new" && sort != "wait")
        return call.badField("sort", "wait, new or number");
    if (const std::string state = call.query("state"); !state.empty()) {
        query.state = stateFromName(state);
        if (!query.state)
            return call.badField("state", "no such state");
    }
    ZHICHA_ASSIGN(query.unit, call.queryId("unit"));
    ZHICHA_ASSIGN(query.site, call.queryId("site"));
    ZHICHA_ASSIGN(query.item, call.queryId("item"));
    ZHICHA_ASSIGN(query.person, call.queryId("inspector"));
    if (view == "mine")
        query.person = call.session->person;
    ZHICHA_ASSIGN(query.severity, severityFilter(call));
    query.exception = call.query("att") == "exception";
    query.imported = call.query("imported") == "1";
    if (const std::string wide = call.query("wide"); !wide.empty()) {
        std::int64_t hours = 0;
        const auto [end, error] = std::from_chars(wide.data(), wide.data() + wide.size(), hours);
        if (error != std::errc() || end != wide.data() + wide.size() || hours < 0 || hours > 10'000)
            return call.badField("wide", "hours");
        query.widerThanMs = hours * 3'600'000;
    }
    ZHICHA_TRY(readPeriod(call, query.fromMs, query.untilMs));
    if (view == "month" && !query.fromMs)
        query.fromMs = dayStart(shanghaiDay(call.context.signIn.clock().nowMs()).substr(0, 8) + "01");
    ZHICHA_ASSIGN(query.among, amongOf(call, reader));
    query.text = call.query("text");
    if (query.text.size() > 200 || !isUtf8(query.text))
        return call.badField("text", "at most 200 bytes");
    out.text = namesOf(call, {"view", "sort", "state", "unit", "site", "item", "inspector", "sev", "att", "imported",
                              "wide", "from", "to", "text"});
    return out;
}

Result<ReadFindingQuery> readFindingQuery(ConsoleCall &call, LedgerReader &reader) {
    ZHICHA_TRY(filtersAreTexts(call));
    ReadFindingQuery out;
    FindingListQuery &query = out.query;
    ZHICHA_ASSIGN(query.unit, call.queryId("unit"));
    ZHICHA_ASSIGN(query.site, call.queryId("site"));
    ZHICHA_ASSIGN(query.item, call.queryId("item"));
    ZHICHA_ASSIGN(query.check, call.queryId("check"));
    ZHICHA_ASSIGN(query.severity, severityFilter(call));
    query.state = call.query("state");
    if (!query.state.empty() && query.state != "open" && query.state != "contested" && query.state != "void")
        return call.badField("state", "open, contested or void");
    query.imported = call.query("imported") == "1";
    ZHICHA_TRY(readPeriod(call, query.fromMs, query.untilMs));
    ZHICHA_ASSIGN(query.among, amongOf(call, reader));
    query.text = call.query("text");
    if (query.text.size() > 200 || !isUtf8(query.text))
        return call.badField("text", "at most 200 bytes");
    out.text = namesOf(call, {"unit", "site", "item", "check", "sev", "state", "imported", "from", "to", "text"});
    return out;
}

Result<bool> covers(ConsoleCall &call, LedgerReader &reader, const std::vector<Uuid> &people) {
    if (call.reach == Reach::All)
        return true;
    ZHICHA_ASSIGN(const std::optional<std::vector<Uuid>> among, amongOf(call, reader));
    return among && std::any_of(people.begin(), people.end(), [&](const Uuid &person) {
               return std::find(among->begin(), among->end(), person) != among->end();
           });
}

Error notYours(ConsoleCall &call, Resource resource, Verb verb) {
    return call.refuse("not_yours", {{"needed", rolesThatMay(resource, verb)}});
}

Uuid idOfRequest(const ConsoleCall &call) {
    return uuidFromDigest(taggedDigest("zhicha/v1/console-id",
                                       {call.session->person.bytes, viewOf(call.request.header("idempotency-key"))}));
}

Result<Response> operate(ConsoleCall &call, const std::function<Result<json>(Intake &)> &work) {
    ZHICHA_ASSIGN(json answer, call.access.ask<json>([&](Intake &intake) -> Result<json> {
        const Uuid server = intake.keys().device();
        ZHICHA_ASSIGN(const std::optional<ChainRecord> before, intake.ledger().chain(server));
        ZHICHA_ASSIGN(json done, work(intake));
        const std::int64_t seq = (before ? before->head.seq : 0) + 1;
        ZHICHA_ASSIGN(const std::vector<LogOperation> written, intake.ledger().operationsOfChain(server, 0, seq, seq));
        if (!written.empty()) {
            done["operation"] = toHex(written.front().operation.d);
            done["log"] = written.front().log;
            done["outcome"] = written.front().outcome;
        }
        return done;
    }));
    ZHICHA_TRY(call.context.keeper.catchUp());
    return jsonResponse(200, answer);
}

Result<std::int64_t> shownLog(ConsoleCall &call) {
    const auto base = call.body.find("base");
    if (base == call.body.end() || !base->is_object() || !base->contains("log") || !(*base)["log"].is_number_integer())
        return call.badField("base", "{log} as it was shown");
    return (*base)["log"].get<std::int64_t>();
}

Response fileResponse(const ConsoleCall &call, const std::string &what, const Bytes &bytes, const std::string &type,
                      const std::string &ending) {
    Response response = textResponse(200, type, textOf(bytes));
    const std::string id(call.request.param(what).substr(0, 8));
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + what + "-" + id + "." + ending + "\"");
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

} // namespace zhicha
