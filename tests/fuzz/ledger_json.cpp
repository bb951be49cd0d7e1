// Goal: no bytes crash the reader of ledgers, and there are figures or an error, never both. Method: libFuzzer over
// ledger files (a first line may name the day asked for); five bytes or fewer are a place and a byte that is changed in
// a ledger of everything, so that every single change is tried; the same bytes as a rule file and as a holiday table.
// What is answered must be JSON, explain itself to the last point, and be the same whether the ledger was loaded or
// changed.
#include "shared/json/json_text.h"
#include "shared/rules/assessment.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace {
using namespace zhicha;
using namespace zhicha::rules;

/** A ledger with one of everything, some of it many times. */
const std::string &baseLedger() {
    static const auto *text = [] {
        std::string items, events, reports;
        for (int i = 1; i <= 40; ++i) {
            const std::string n = std::to_string(i);
            const std::string unit = "\"u" + std::to_string(i % 7) + "\"";
            items +=
                std::string(i > 1 ? "," : "") + R"({"id":"i)" + n + R"(","number":"督〔2024〕)" + n +
                R"(号","title":"事项","source":2,"kind":"general","lead":)" + unit +
                R"(,"cooperating":["u0","u3"],"issued_on":"2024-01-02","due_on":"2024-02-29","responsible_person":"张","supervisor":"李",)"
                R"("completed_on":"2024-03-0)" +
                std::to_string(i % 9 + 1) + R"(","awarded":)" + std::to_string(i % 20) +
                R"(.25,"extensions":[{"approved_on":"2024-02-20","approved_by":"王","new_due_on":"2024-04-29"}],)"
                R"("transfers":[{"on":"2024-02-01","to":"u1","signed_from":"甲","signed_to":"乙"}],)"
                R"("withdrawal":{"on":"2024-05-01","reviewed_by":"甲","agreed_by":""},)"
                R"("exemptions":[{"from":"2024-03-01","until":"2024-03-05","approved_by":"王"}]})";
            events += std::string(i > 1 ? "," : "") + R"({"id":"e)" + n + R"(","unit":)" + unit +
                      R"(,"rule":"commendation.city","on":"2024-03-01","item":"i)" + n +
                      R"(","document":"文","reported_by":"u1"})";
            reports +=
                std::string(i > 1 ? "," : "") + R"({"id":"r)" + n + R"(","item":"i)" + n + R"(","unit":)" + unit +
                R"(,"due_on":"2024-02-15","submitted_on":null,"resubmit_due_on":"2024-02-20","resubmitted_on":"2024-02-22"})";
        }
        std::string units;
        for (const char digit : std::string("0123456"))
            units += std::string(digit > '0' ? "," : "") + R"({"id":"u)" + digit + R"(","name":"单位","group":")" +
                     (digit % 2 == 0 ? "county" : "department") + R"(","vice_mayor":"王"})";
        return new std::string(
            R"({"units":[)" + units + R"(],"items":[)" + items + R"(],"events":[)" + events + R"(],"reports":[)" +
            reports +
            R"(],"ladder":[{"item":"i1","step":3,"on":"2024-05-08","commitment_met_on":"2024-05-10"}],)"
            R"("published_rankings":[{"month":"2024-02","published_on":"2024-03-05"},)"
            R"({"month":"2023-12","published_on":"2024-01-05","winners":["u1"]}]})");
    }();
    return *text;
}

/** The explanation of a unit adds up to its score. */
void checkExplained(const JsonText &unit) {
    Fraction sum;
    const JsonText &explanation = *unit.member("explanation");
    for (const JsonText &item : explanation.member("items")->items)
        sum = plus(sum, fractionFromText(item.member("item_score")->text).value()).value();
    for (const JsonText &event : unit.member("events")->items)
        if (event.member("counted")->kind == JsonText::Kind::True)
            sum = plus(sum, Fraction::of(exactDecimal(event.member("points")->text, 2).value(), 100).value()).value();
    if (const JsonText *score = explanation.member("formula")->member("score"))
        ZHICHA_CHECK(fractionFromText(score->text).value() == sum);
}

void assessAll(const Rules &rules, const Ledger &ledger, Day asOf) {
    const auto figures = assessLedger(rules, ledger, {asOf, Commend::Annual, true, true});
    if (!figures) {
        ZHICHA_CHECK(!figures.error().detail.empty());
        return;
    }
    const auto answer = parseJsonText(figures->json);
    ZHICHA_CHECK(answer && answer->member("units")->items.size() == ledger.units.size());
    for (const JsonText &unit : answer->member("units")->items)
        checkExplained(unit);
    const auto due = parseJsonText(dueLedger(rules, ledger, WorkingCalendar::compiledIn(), {asOf, true, false}).json);
    ZHICHA_CHECK(due && due->member("actions")->items.size() <= ledger.items.size());
    // Told of a change that is none, the assessor holds what it held.
    Assessor assessor(rules, ledger, asOf);
    ZHICHA_CHECK(assessor.settle().has_value());
    const std::vector<UnitStanding> before = assessor.standings();
    for (Index item = 0; item < ledger.items.size(); ++item)
        assessor.itemChanged(item);
    for (Index event = 0; event < ledger.events.size(); ++event)
        assessor.eventChanged(event);
    ZHICHA_CHECK(assessor.settle().has_value());
    for (std::size_t unit = 0; unit < before.size(); ++unit)
        ZHICHA_CHECK(before[unit].score == assessor.standings()[unit].score &&
                     before[unit].rank == assessor.standings()[unit].rank);
}

void readAll(std::string_view text) {
    Day asOf = dayOf(2024, 6, 30);
    if (const auto day = dayFromText(text.substr(0, 10)); day && text.size() > 11 && text[10] == '\n') {
        asOf = *day;
        text.remove_prefix(11);
    }
    const auto ledger = readLedger(sanmenxiaRules(), text);
    if (ledger)
        assessAll(sanmenxiaRules(), *ledger, asOf);
    else
        ZHICHA_CHECK(!ledger.error().detail.empty());
    if (const auto rules = readRules(text)) {
        static const auto *base = new Ledger(readLedger(sanmenxiaRules(), baseLedger()).value());
        const auto under = readLedger(*rules, baseLedger());
        if (under && under->items.size() == base->items.size())
            (void)assessLedger(*rules, *under, {asOf, Commend::Midyear, true, false});
    }
    if (const auto calendar = WorkingCalendar::compiledIn().with(text))
        (void)calendar->workdaysBetween(dayOf(2018, 1, 1), asOf);
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size > 0 && size <= 5) {
        std::string text = baseLedger();
        std::size_t at = 0;
        for (std::size_t i = 1; i < size; ++i)
            at = at * 256 + data[i];
        text[at % text.size()] = static_cast<char>(data[0]);
        readAll(text);
        return 0;
    }
    readAll({reinterpret_cast<const char *>(data), size});
    return 0;
}
