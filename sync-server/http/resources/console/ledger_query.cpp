#include "sync-server/http/resources/console/ledger_query.h"

#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
Result<std::optional<rules::Day>> dayFilter(ConsoleCall &call, const char *name) {
    const std::string text = call.query(name);
    if (text.empty())
        return std::optional<rules::Day>();
    const auto day = rules::dayFromText(text);
    if (!day)
        return call.badField(name, "YYYY-MM-DD");
    return std::optional(*day);
}

Status readLamps(ConsoleCall &call, ItemListQuery &query) {
    const std::string words = call.query("lamp");
    for (std::size_t at = 0; !words.empty() && at <= words.size();) {
        const std::size_t end = std::min(words.find(',', at), words.size());
        const auto lamp = lampFromName(words.substr(at, end - at));
        if (!lamp)
            return call.badField("lamp", "no such lamp");
        query.lamps.insert(*lamp);
        at = end + 1;
    }
    return {};
}

Status readWords(ConsoleCall &call, ItemListQuery &query) {
    const std::string sort = call.query("sort");
    if (!sort.empty() && sort != "lamp" && sort != "number" && sort != "due")
        return call.badField("sort", "lamp, number or due");
    query.order = sort == "number" ? ItemOrder::Number : sort == "due" ? ItemOrder::Due : ItemOrder::Lamp;
    query.part = call.query("part");
    if (!query.part.empty() && query.part != "lead" && query.part != "cooperating")
        return call.badField("part", "lead or cooperating");
    if (const std::string source = call.query("source"); !source.empty()) {
        const auto [end, error] = std::from_chars(source.data(), source.data() + source.size(), query.source);
        if (error != std::errc() || end != source.data() + source.size() || query.source < 1 || query.source > 99)
            return call.badField("source", "1 to 5");
    }
    query.kind = call.query("kind");
    if (query.kind.size() > 32)
        return call.badField("kind", "a kind");
    query.supervisor = call.query("supervisor");
    query.text = call.query("text");
    for (const char *name : {"supervisor", "text"})
        if (const std::string &text = name[0] == 't' ? query.text : query.supervisor;
            text.size() > 300 || !isUtf8(text))
            return call.badField(name, "at most 300 bytes");
    return {};
}
} // namespace

Result<ItemScope> scopeOf(ConsoleCall &call, LedgerReader &reader, const Book &book) {
    if (call.reach == Reach::All)
        return ItemScope{true, {}};
    return ownItems(reader, book, call.session->person);
}

Result<const BookItem *> itemOfPath(ConsoleCall &call, LedgerReader &reader, const Book &book, Resource resource) {
    const auto id = uuidFromText(call.request.param("item"));
    const BookItem *item = id ? book.item(*id) : nullptr;
    ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
    if (item == nullptr && scope.all)
        return fail(Code::NotFound, "no such item");
    if (item == nullptr || !scope.covers(*item))
        return call.refuse("not_yours", {{"needed", rolesThatMay(resource, Verb::Read)}});
    return item;
}

Result<ReadItemQuery> readItemQuery(ConsoleCall &call, LedgerReader &reader, const Book &book) {
    for (const auto &[name, value] : call.body.items())
        if (name != "limit" && !value.is_string())
            return call.badField(name, "a text");
    ReadItemQuery out;
    ZHICHA_TRY(readLamps(call, out.query));
    ZHICHA_TRY(readWords(call, out.query));
    ZHICHA_ASSIGN(out.query.unit, call.queryId("unit"));
    ZHICHA_ASSIGN(out.query.from, dayFilter(call, "from"));
    ZHICHA_ASSIGN(out.query.until, dayFilter(call, "to"));
    ZHICHA_ASSIGN(out.query.scope, scopeOf(call, reader, book));
    for (const char *name : {"lamp", "sort", "part", "unit", "source", "kind", "supervisor", "from", "to", "text"})
        out.text += std::string(name) + "=" + call.query(name) + "&";
    out.text += toText(call.session->person);
    return out;
}

Result<Response> actOnLedger(ConsoleCall &call, const std::function<Result<json>(const LedgerAct &)> &work) {
    return operate(call, [&](Intake &intake) -> Result<json> {
        const LedgerAct act{intake, call.context.book, call.actor(), idOfRequest(call)};
        auto done = work(act);
        // What the roles allow was asked at the gate: what is refused here belongs to somebody else.
        if (!done && done.error().code == Code::NotAllowed && !call.refused())
            return call.refuse("not_yours", {{"needed", json::array()}});
        return done;
    });
}

Result<ItemDraft> readItemDraft(ConsoleCall &call, const json &body) {
    ItemDraft draft;
    if (!body.is_object())
        return call.badField("rows", "objects");
    for (const std::string &field : draftFields()) {
        const auto at = body.find(field);
        if (at == body.end())
            continue;
        if (!at->is_string())
            return call.badField(field, "a text");
        draft.texts[field] = at->get<std::string>();
    }
    const auto units = body.find("cooperating");
    if (units == body.end())
        return draft;
    if (!units->is_array())
        return call.badField("cooperating", "a list of texts");
    draft.cooperating.emplace();
    for (const json &unit : *units) {
        if (!unit.is_string())
            return call.badField("cooperating", "a list of texts");
        draft.cooperating->push_back(unit.get<std::string>());
    }
    return draft;
}

Result<json> orByTheNotice(ConsoleCall &call, Result<json> done, const Refusal &refusal) {
    if (!done && done.error().code == Code::WrongUsage && !refusal.why.empty())
        return call.refuse(
            "against_rules",
            {{"reason", refusal.why}, {"clause", refusal.clause.number}, {"wording", refusal.clause.wording}});
    return done;
}

Result<std::string> ownName(ConsoleCall &call, LedgerReader &reader) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(call.session->person));
    return row ? row->text("name") : std::string();
}

} // namespace zhicha
