// Row "console": every list, the desk, a search and one check of the console, over a small ledger and a large one that
// the product's own intake received and its own lists were made from. --findings N sets the size of the large one
// (1000000 is the target's; 100000 unless told). What a page of the lists costs may not grow with the ledger.
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_feed.h"
#include "sync-server/office/console/conflict_list.h"
#include "sync-server/office/console/index_refresh.h"
#include "sync-server/office/console/office_lists.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"
#include "tests/bench/bench_office.h"
#include "tests/bench/figures.h"

#include <map>
#include <set>

namespace {
using namespace zhicha;
using namespace zhicha::bench;

constexpr std::uint64_t kSmall = 10'000;
constexpr std::uint64_t kStep = 500;
constexpr std::size_t kTablets = 20;
constexpr std::size_t kRepeats = 21;
constexpr std::int64_t kPage = 50;
constexpr double kMostMs = 50;
const std::set<std::string> kReviewer{"reviewer"};
const std::set<std::string> kSecurity{"security"};

class Console {
public:
    Console() : m_office(kTablets), m_ledger(m_office.openWriter()) {
        m_intake = std::make_unique<Intake>(*m_ledger, m_office.keys(), systemClock(), systemRandom());
        m_office.putPlaces(*m_intake);
    }

    void growTo(std::uint64_t findings) {
        while (m_rows < findings) {
            const std::size_t tablet = m_rows / kStep % kTablets;
            const auto answer =
                need(m_intake->submit(m_office.device(tablet), m_office.makeChecks(tablet, m_rows, kStep)));
            for (const RunVerdict &verdict : answer.runs)
                needed(verdict.status == RunVerdict::Status::Stored, "a run was not stored");
            m_rows += kStep;
        }
        for (bool more = true; more;)
            more = need(refreshConsoleIndex(*m_ledger, 1000)).more;
        m_reader = need(openSqliteLedgerReader(m_office.options()));
    }

    /** Each page by its name: the middle of many, and the slowest. */
    std::map<std::string, std::pair<double, double>> pages() {
        std::map<std::string, std::pair<double, double>> out;
        for (const auto &[name, page] : all()) {
            page(); // statements prepared, pages of the file read
            std::vector<double> ms;
            for (std::size_t i = 0; i < kRepeats; ++i)
                ms.push_back(seconds(page) * 1000);
            out[name] = {median(ms), *std::max_element(ms.begin(), ms.end())};
        }
        return out;
    }

private:
    using Work = std::function<void()>;

    Work checks(CheckListQuery query, std::optional<PageMark> mark = {}) {
        return [this, query, mark] {
            const std::string cursor = mark ? writeCursor(*mark, "q") : "";
            done(listJson(*m_reader, need(listChecks(*m_reader, query, "q", cursor, kPage))));
        };
    }
    Work findings(FindingListQuery query, std::optional<PageMark> mark = {}) {
        return [this, query, mark] {
            const std::string cursor = mark ? writeCursor(*mark, "q") : "";
            done(listJson(*m_reader, need(listFindings(*m_reader, query, "q", cursor, kPage))));
        };
    }

    std::vector<std::pair<std::string, Work>> all() {
        using Checks = CheckListQuery;
        std::vector<std::pair<std::string, Work>> out;
        const Uuid site = m_office.siteOf(0);
        const Uuid unit = *need(m_reader->rowOf(site))->uuid("unit");
        const std::vector<Uuid> team{m_office.person(0), m_office.person(1), m_office.person(2)};
        Checks todo;
        Checks newest;
        newest.view = Checks::View::All;
        newest.order = Checks::Order::New;
        out.emplace_back("checks: to do", checks(todo));
        out.emplace_back("checks: newest", checks(newest));
        const auto first = need(m_reader->consoleIndex().checkPage(newest, std::nullopt, 1));
        const auto last = need(m_reader->consoleIndex().checkPageBefore(newest, {0, {}, Uuid{}}, 1));
        out.emplace_back("checks: newest, a page in the middle",
                         checks(newest, PageMark{(first[0].receivedMs + last[0].receivedMs) / 2, {}, Uuid{}}));
        const auto with = [](auto base, auto set) {
            set(base);
            return base;
        };
        out.emplace_back("checks: of a unit", checks(with(newest, [&](Checks &q) { q.unit = unit; })));
        out.emplace_back("checks: of a site", checks(with(newest, [&](Checks &q) { q.site = site; })));
        out.emplace_back("checks: of an inspector",
                         checks(with(newest, [&](Checks &q) { q.person = m_office.person(3); })));
        out.emplace_back("checks: of a team", checks(with(newest, [&](Checks &q) { q.among = team; })));
        out.emplace_back("checks: critical", checks(with(newest, [&](Checks &q) { q.severity = 3; })));
        out.emplace_back("checks: imported photos, of which there are none",
                         checks(with(newest, [&](Checks &q) { q.imported = true; })));
        out.emplace_back("checks: under way", checks(with(newest, [&](Checks &q) { q.state = CheckState::UnderWay; })));
        out.emplace_back("checks: search, a frequent word",
                         checks(with(newest, [&](Checks &q) { q.text = "台账缺失"; })));
        out.emplace_back("checks: search, a rare word", checks(with(newest, [&](Checks &q) { q.text = "现场s17"; })));
        const FindingListQuery every;
        out.emplace_back("findings: newest", findings(every));
        const auto finding = need(m_reader->consoleIndex().findingPage(every, std::nullopt, 1));
        out.emplace_back(
            "findings: a page in the middle",
            findings(every,
                     PageMark{(finding[0].madeMs + first[0].receivedMs + last[0].receivedMs * 2) / 4, {}, Uuid{}}));
        using Findings = FindingListQuery;
        out.emplace_back("findings: of a unit", findings(with(every, [&](Findings &q) { q.unit = unit; })));
        out.emplace_back("findings: of an inspector",
                         findings(with(every, [&](Findings &q) { q.among = std::vector<Uuid>{m_office.person(3)}; })));
        out.emplace_back("findings: of a team", findings(with(every, [&](Findings &q) { q.among = team; })));
        out.emplace_back("findings: critical", findings(with(every, [&](Findings &q) { q.severity = 3; })));
        out.emplace_back("findings: void, of which there are none",
                         findings(with(every, [&](Findings &q) { q.state = "void"; })));
        out.emplace_back("findings: search, a frequent word",
                         findings(with(every, [&](Findings &q) { q.text = "台账缺失"; })));
        out.emplace_back("findings: search, a rare word",
                         findings(with(every, [&](Findings &q) { q.text = "现场s17"; })));
        out.emplace_back("conflicts",
                         [this] { done(listConflictRows(*m_reader, "", std::nullopt, std::nullopt, "q", "", kPage)); });
        const std::int64_t now = systemClock().nowMs();
        out.emplace_back("desk of a reviewer", [=, this] { done(deskJson(*m_reader, kReviewer, team[0], now)); });
        out.emplace_back("desk of the security officer",
                         [=, this] { done(deskJson(*m_reader, kSecurity, team[0], now)); });
        out.emplace_back("head of a reviewer", [=, this] { done(headJson(*m_reader, kReviewer, now)); });
        out.emplace_back("tablets", [=, this] { done(deviceRows(*m_reader, now, std::nullopt)); });
        out.emplace_back("people", [this] { done(peopleRows(*m_reader)); });
        out.emplace_back("a check, whole", [this, check = finding[0].check] {
            const CheckFile file = need(loadCheckFile(*m_reader, check));
            Names names(*m_reader);
            done(checkDetailJson(*m_reader, names, file));
            done(checkFeedJson(*m_reader, names, file));
        });
        return out;
    }

    BenchOffice m_office;
    std::unique_ptr<LedgerWriter> m_ledger;
    std::unique_ptr<LedgerReader> m_reader;
    std::unique_ptr<Intake> m_intake;
    std::uint64_t m_rows = 0;
};
} // namespace

int main(int argc, char **argv) {
    const auto large = static_cast<std::uint64_t>(option(argc, argv, "findings", 100'000));
    Console console;
    console.growTo(kSmall);
    const auto small = console.pages();
    const double begun = nowS();
    console.growTo(large);
    title("console, " + std::to_string(large) + " findings, against " + std::to_string(kSmall));
    line("received and listed, findings a second", static_cast<double>(large - kSmall) / (nowS() - begun), "/s");
    double slowest = 0, worst = 0;
    std::string slowestName;
    for (const auto &[name, took] : console.pages()) {
        const double ratio = took.first / small.at(name).first;
        std::printf("  %-62s %9.2f ms  slowest %9.2f ms  %6.2f times the small one\n", name.c_str(), took.first,
                    took.second, ratio);
        if (took.first > slowest)
            slowestName = name;
        slowest = std::max(slowest, took.first);
        worst = std::max(worst, took.second);
    }
    verdict(("slowest page (" + slowestName + ")").c_str(), slowest, "ms", kMostMs, false);
    verdict("slowest of all requests", worst, "ms", kMostMs, false);
    return 0;
}
