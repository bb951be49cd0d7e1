// Row 9: the assessment of a whole city from scratch and after one change, and what is due. Ledgers made by dice, with
// events, late reports, transfers and a ranking published every month without winners, so that each month is ranked
// again. --units N --items N measure one size of one's own.
#include "shared/rules/assessment.h"
#include "tests/bench/figures.h"

#include <malloc.h>
#include <memory>
#include <random>

namespace {
using namespace zhicha;
using namespace zhicha::bench;
using namespace zhicha::rules;

constexpr Index kEventsOf = 5;  ///< an event to so many items
constexpr Index kReportsOf = 4; ///< a report to so many items

class Dice {
public:
    Index below(std::size_t end) { return static_cast<Index>(m_random() % end); }
    bool oneIn(Index n) { return below(n) == 0; }
    Day dayOf2024(std::int32_t from = 0) { return firstOfYear(2024) + from + static_cast<std::int32_t>(below(330)); }

private:
    std::mt19937_64 m_random{2024};
};

Item makeItem(Dice &dice, Index number, std::size_t units) {
    Item item;
    item.id = "i" + std::to_string(number);
    item.number = "督〔2024〕" + std::to_string(number) + "号";
    item.lead = dice.below(units);
    item.cooperating = {dice.below(units)};
    item.issuedOn = dice.dayOf2024(-60);
    item.dueOn = item.issuedOn + 30;
    item.awarded = static_cast<std::int32_t>(dice.below(2001)) * 100;
    if (!dice.oneIn(4))
        item.completedOn = item.issuedOn + static_cast<std::int32_t>(dice.below(60));
    if (dice.oneIn(10))
        item.extensions.push_back({item.dueOn, item.dueOn + 30, true});
    if (dice.oneIn(20))
        item.transfers.push_back({item.issuedOn + 10, dice.below(units), true});
    if (dice.oneIn(50))
        item.withdrawnOn = item.dueOn;
    return item;
}

Event makeEvent(Dice &dice, const Ledger &ledger, Index number) {
    const Rules &rules = sanmenxiaRules();
    Event event;
    event.id = "e" + std::to_string(number);
    event.item = dice.below(ledger.items.size());
    event.unit = ledger.items[event.item].lead;
    event.rule = dice.below(rules.pointRules.size() - 3);
    event.ruleId = rules.pointRules[event.rule].id;
    event.on = dice.dayOf2024();
    event.document = "文件";
    return event;
}

Ledger makeLedger(std::size_t units, std::size_t items) {
    Dice dice;
    Ledger ledger;
    for (std::size_t i = 0; i < units; ++i)
        ledger.units.push_back({"u" + std::to_string(i), "", static_cast<std::uint8_t>(i % 2)});
    ledger.items.reserve(items);
    for (Index i = 0; i < items; ++i)
        ledger.items.push_back(makeItem(dice, i, units));
    for (Index i = 0; i < items / kEventsOf; ++i)
        ledger.events.push_back(makeEvent(dice, ledger, i));
    for (Index i = 0; i < items / kReportsOf; ++i) {
        Report report;
        report.id = "r" + std::to_string(i);
        report.item = dice.below(items);
        report.unit = ledger.items[report.item].lead;
        report.dueOn = dice.dayOf2024();
        report.submittedOn = report.dueOn + (dice.oneIn(8) ? 2 : 0);
        ledger.reports.push_back(report);
        ledger.ladder.push_back({report.item, static_cast<std::uint8_t>(dice.below(4) + 1), report.dueOn, kNever});
    }
    for (int month = 1; month <= 11; ++month)
        ledger.publications.push_back({{2024, month}, Month{2024, month}.last() + 5, false, {}});
    return ledger;
}

double heapMiB() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / (1 << 20);
}

/** The middle of several changes of one kind, each with the ranks after it. */
template <typename Change>
double afterChange(Assessor &assessor, Change &&change) {
    std::vector<double> times;
    for (int i = 0; i < 21; ++i)
        times.push_back(seconds([&] {
            change();
            done(assessor.settle());
        }));
    return median(times) * 1000;
}

void measureSize(std::size_t units, std::size_t items, double targetMs) {
    const Rules &rules = sanmenxiaRules();
    const Day asOf = dayOf(2024, 12, 31);
    const double before = heapMiB();
    Ledger ledger = makeLedger(units, items);
    const double ledgerMiB = heapMiB() - before;
    title("9 assessment of " + std::to_string(units) + " units, " + std::to_string(items) + " items, " +
          std::to_string(ledger.events.size()) + " events, " + std::to_string(ledger.reports.size()) +
          " reports, 11 months ranked again");

    std::vector<double> wall, cpu;
    std::unique_ptr<Assessor> assessor;
    for (int i = 0; i < 5; ++i) {
        assessor.reset();
        const Took took = measure([&] {
            assessor = std::make_unique<Assessor>(rules, ledger, asOf);
            done(assessor->settle());
        });
        wall.push_back(took.wallS * 1000);
        cpu.push_back(took.cpuS * 1000);
    }
    line("from scratch, processor time", median(cpu), "ms");
    verdict("from scratch", median(wall), "ms", targetMs, false);
    line("the ledger in memory", ledgerMiB, "MiB");
    line("what the assessor keeps beside it", static_cast<double>(assessor->memoryBytes()) / (1 << 20), "MiB");

    Dice dice;
    verdict("after one item changed",
            afterChange(*assessor,
                        [&] {
                            const Index item = dice.below(ledger.items.size());
                            ledger.items[item].completedOn = dice.dayOf2024();
                            assessor->itemChanged(item);
                        }),
            "ms", 5, false);
    verdict("after one event more",
            afterChange(*assessor,
                        [&] {
                            ledger.events.push_back(makeEvent(dice, ledger, static_cast<Index>(ledger.events.size())));
                            assessor->eventChanged(static_cast<Index>(ledger.events.size() - 1));
                        }),
            "ms", 5, false);
    verdict("after one report handed in",
            afterChange(*assessor,
                        [&] {
                            const Index report = dice.below(ledger.reports.size());
                            ledger.reports[report].submittedOn = ledger.reports[report].dueOn;
                            assessor->reportChanged(report);
                        }),
            "ms", 5, false);
    verdict("after a ranking was published",
            afterChange(*assessor,
                        [&] {
                            ledger.publications.back().hasWinners = !ledger.publications.back().hasWinners;
                            assessor->publicationChanged();
                        }),
            "ms", 5, false);

    line("due, every item",
         seconds([&] {
             needed(!dueActions(rules, ledger, WorkingCalendar::compiledIn(), asOf).actions.empty(), "nothing is due");
         }) * 1000,
         "ms");
    line("from scratch and printed as JSON",
         seconds([&] {
             const Figures figures = need(assessLedger(rules, ledger, {asOf, Commend::Annual, false, false}));
             needed(!figures.json.empty(), "nothing is printed");
         }) * 1000,
         "ms");
}
} // namespace

int main(int argc, char **argv) {
    const long units = option(argc, argv, "units", 0);
    if (units > 0) {
        measureSize(static_cast<std::size_t>(units), static_cast<std::size_t>(option(argc, argv, "items", 10'000)),
                    1500);
        return 0;
    }
    measureSize(100, 20'000, 50);
    measureSize(3'000, 1'000'000, 1500);
    return 0;
}
