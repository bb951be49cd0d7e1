#include "sync-server/office/ledger/ranking_board.h"

#include "shared/crypto/digest.h"
#include "shared/rules/assessment.h"
#include "shared/rules/rules_data.h"
#include "sync-server/office/ledger/extra_fields.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Day;
using rules::Index;
using rules::kNever;
using rules::kNone;
using rules::Month;

namespace {
/** What fits into one operation beside everything else; a larger table is frozen by its digest alone. */
constexpr std::size_t kMostFrozenBytes = 48 * 1024;
constexpr const char *kFrozenColumns[] = {"items",  "earned",   "total", "efficacy", "item_score",
                                          "merits", "demerits", "score", "rank"};

Month monthOf(Day day) {
    const rules::CivilDay civil = rules::civilOf(day);
    return {civil.year, civil.month};
}

Day asOfDay(const Book &book, Month month) {
    return std::min(month.last(), book.today);
}

const rules::Publication *publicationOf(const Book &book, Month month) {
    for (const auto &[id, publication] : book.publications)
        if (publication.month == month)
            return &publication;
    return nullptr;
}

/** The figures of a month as they are computed now: what `assess` prints. */
Result<std::string> figuresOf(const Book &book, const rules::Ledger &ledger, Month month, bool explain) {
    rules::AssessRequest request;
    request.asOf = asOfDay(book, month);
    request.explain = explain;
    ZHICHA_ASSIGN(rules::Figures figures, rules::assessLedger(book.rules, ledger, request));
    return std::move(figures.json);
}

/** Who wins the month by the ledger of today: as if it were published, on its day or now, without naming anybody. */
std::vector<Index> winnersNow(const Book &book, rules::Ledger ledger, Month month) {
    const rules::Publication *published = publicationOf(book, month);
    const Day on = published != nullptr ? published->publishedOn : std::max(month.last() + 1, book.today);
    std::erase_if(ledger.publications, [&](const rules::Publication &one) { return one.month == month; });
    const auto asked = static_cast<Index>(ledger.publications.size());
    ledger.publications.push_back({month, on, false, {}});
    rules::Assessor assessor(book.rules, ledger, on);
    std::vector<Index> winners;
    if (!assessor.settle())
        return winners;
    for (Index unit = 0; unit < ledger.units.size(); ++unit)
        for (const rules::Entry &entry : assessor.entriesOf(unit))
            if (entry.source == rules::EntrySource::MonthlyRanking && entry.index == asked &&
                entry.reason == rules::NotCounted::No)
                winners.push_back(unit);
    return winners;
}

std::map<std::string, Index> unitsByCode(const Book &book) {
    std::map<std::string, Index> units;
    for (Index i = 0; i < book.units.size(); ++i)
        if (book.units[i].isHere)
            units.emplace(book.units[i].of.id, i);
    return units;
}

/** The published table: {unit code: [columns]}; null if the operation bears none. */
Result<json> frozenTable(LedgerReader &ledger, const Book &book, Month month, std::optional<Digest> &digest) {
    for (const auto &[id, publication] : book.publications) {
        if (!(publication.month == month))
            continue;
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(id));
        if (!row)
            return json(nullptr);
        if (const cbor::Value *figures = row->value("figures"); figures != nullptr)
            digest = figures->digest();
        const std::string *kept = extraJson(*row, "table");
        json table = kept != nullptr ? json::parse(*kept, nullptr, false) : json(nullptr);
        return table.is_object() ? table : json(nullptr);
    }
    return json(nullptr);
}

json columnsOf(const json &unit) {
    json columns = json::array();
    for (const char *name : kFrozenColumns)
        columns.push_back(unit.value(name, json(nullptr)));
    return columns;
}

/** What stands in the published table and is other now. */
json differenceOf(const json &table, const json &units, const std::map<std::string, Index> &known, Names &names,
                  const Book &book) {
    json out = json::array();
    if (!table.is_object())
        return out;
    for (const json &unit : units) {
        const auto frozen = table.find(unit["id"].get<std::string>());
        const json now = columnsOf(unit);
        const auto at = known.find(unit["id"].get<std::string>());
        if (at == known.end() || (frozen != table.end() && *frozen == now))
            continue;
        json one{{"unit", names.ref(book.units[at->second].id).value_or(json::object())}};
        for (std::size_t i = 0; i < std::size(kFrozenColumns); ++i) {
            const json before =
                frozen != table.end() && frozen->is_array() && i < frozen->size() ? (*frozen)[i] : json(nullptr);
            if (before != now[i])
                one["fields"].push_back({{"field", kFrozenColumns[i]}, {"frozen", before}, {"now", now[i]}});
        }
        out.push_back(std::move(one));
    }
    return out;
}

/** A row as it was published where it was, else as it is computed. */
json rowOf(const json &unit, const json &table) {
    json row = unit;
    row.erase("events");
    row.erase("explanation");
    row.erase("id");
    const auto frozen = table.is_object() ? table.find(unit["id"].get<std::string>()) : table.end();
    if (table.is_object() && frozen != table.end() && frozen->is_array())
        for (std::size_t i = 0; i < std::size(kFrozenColumns) && i < frozen->size(); ++i)
            row[kFrozenColumns[i]] = (*frozen)[i];
    return row;
}

bool isWinner(const std::vector<Index> &winners, Index unit) {
    return std::find(winners.begin(), winners.end(), unit) != winners.end();
}
} // namespace

Result<json> rankingMonthsJson(const Book &book) {
    std::map<Month, json> months;
    const Month now = monthOf(book.today);
    for (int month = 1; month <= now.month; ++month)
        months[{now.year, month}] = {{"state", "trial"}};
    for (const auto &[id, publication] : book.publications)
        months[publication.month] = {{"state", "frozen"}, {"published_on", rules::dayText(publication.publishedOn)}};
    const rules::Ledger ledger = book.asLedger();
    rules::Assessor assessor(book.rules, ledger, book.today);
    ZHICHA_TRY(assessor.settle());
    for (const rules::RankingDifference &one : assessor.rankingDifferences())
        months[ledger.publications[one.publication].month]["winners_differ"] = true;
    json out{{"months", json::array()}, {"today", rules::dayText(book.today)}};
    for (auto at = months.rbegin(); at != months.rend(); ++at) {
        at->second["month"] = rules::monthText(at->first);
        out["months"].push_back(at->second);
    }
    return out;
}

Result<json> rankingJson(LedgerReader &ledger, const Book &book, Month month, const ItemScope &scope) {
    if (month.first() > book.today)
        return fail(Code::NotFound, "this month has not begun");
    rules::Ledger whole = book.asLedger();
    ZHICHA_ASSIGN(const std::string printed, figuresOf(book, whole, month, false));
    const json figures = json::parse(printed, nullptr, false);
    const rules::Publication *published = publicationOf(book, month);
    std::optional<Digest> frozenDigest;
    ZHICHA_ASSIGN(const json table, frozenTable(ledger, book, month, frozenDigest));
    const std::vector<Index> winners =
        published != nullptr && published->hasWinners ? published->winners : winnersNow(book, std::move(whole), month);
    const std::map<std::string, Index> known = unitsByCode(book);
    Names names(ledger);
    json out{{"month", rules::monthText(month)},
             {"as_of", rules::dayText(asOfDay(book, month))},
             {"ended", month.last() < book.today},
             {"state", published != nullptr ? "frozen" : "trial"},
             {"figures", toHex(sha256(viewOf(printed)))},
             {"rows", json::array()},
             {"difference", json::array()},
             {"notice", book.rules.notice},
             {"rule_file", toHex(sha256(viewOf(rules::sanmenxiaRulesText())))}};
    if (published != nullptr)
        out["published_on"] = rules::dayText(published->publishedOn);
    if (frozenDigest)
        out["frozen_figures"] = toHex(*frozenDigest);
    for (const json &unit : figures["units"]) {
        const auto at = known.find(unit["id"].get<std::string>());
        if (at == known.end() || !scope.has(at->second))
            continue;
        json row = rowOf(unit, table);
        ZHICHA_ASSIGN(row["unit"], names.ref(book.units[at->second].id));
        row["winner"] = isWinner(winners, at->second);
        out["rows"].push_back(std::move(row));
    }
    if (scope.all)
        out["difference"] = differenceOf(table, figures["units"], known, names, book);
    for (const rules::Group &group : book.rules.groups)
        out["groups"].push_back({{"id", group.id}, {"name", group.name}, {"winners", group.monthlyWinners}});
    return out;
}

Result<json> rankingUnitJson(LedgerReader &ledger, const Book &book, Month month, Index unit) {
    if (month.first() > book.today)
        return fail(Code::NotFound, "this month has not begun");
    ZHICHA_ASSIGN(const std::string printed, figuresOf(book, book.asLedger(), month, true));
    const json figures = json::parse(printed, nullptr, false);
    Names names(ledger);
    for (json found : figures["units"]) {
        if (found["id"] != book.units[unit].of.id)
            continue;
        found.erase("id");
        ZHICHA_ASSIGN(found["unit"], names.ref(book.units[unit].id));
        return found;
    }
    return fail(Code::NotFound, "no figures of this unit");
}

Result<json> publishRanking(const LedgerAct &act, Month month, const Digest &figures) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "chief"));
    const std::string today = rules::dayText(act.today());
    ZHICHA_ASSIGN(cbor::Map fields, act.look<cbor::Map>([&](const Book &book) -> Result<cbor::Map> {
        if (publicationOf(book, month) != nullptr)
            return fail(Code::AlreadyDone, "the month is published already");
        if (month.last() >= book.today)
            return fail(Code::WrongUsage, "the month is not over");
        rules::Ledger whole = book.asLedger();
        ZHICHA_ASSIGN(const std::string printed, figuresOf(book, whole, month, false));
        if (sha256(viewOf(printed)) != figures)
            return fail(Code::Conflict, "the figures are other than those that were shown", Retry::AfterUser);
        const json now = json::parse(printed, nullptr, false);
        json table = json::object();
        for (const json &unit : now["units"])
            table[unit["id"].get<std::string>()] = columnsOf(unit);
        cbor::Array winners;
        for (const Index unit : winnersNow(book, std::move(whole), month))
            winners.emplace_back(book.units[unit].id);
        cbor::Map out{{"month", rules::monthText(month)},
                      {"published_on", today},
                      {"winners", std::move(winners)},
                      {"figures", figures},
                      {"rule_file", sha256(viewOf(rules::sanmenxiaRulesText()))}};
        if (const std::string text = table.dump(); text.size() <= kMostFrozenBytes)
            out["extra"] = cbor::Map{{"table", text}};
        return out;
    }));
    const std::size_t winners = fields["winners"].array()->size();
    const std::string name = rules::monthText(month);
    ZHICHA_TRY(
        act.write({{"ranking.publish", derivedId(act.intake.keys().ledger, "ranking", name), std::move(fields)}}));
    return json{{"month", name}, {"published_on", today}, {"winners", winners}};
}

} // namespace zhicha
