// Goal: many tablets at once against a real server over real TLS, some of them hostile: nothing acknowledged is lost,
// nobody waits much longer than the others, and the hostile ones get nowhere.
// Method: one process, a thread for each tablet; a part of them whole (engine and store), which verify every proof, the
// others with runs made beforehand. tests/fault/storm.py starts the server, runs this and holds the server against what
// the tablets were told. Prints one JSON object.
#include "tests/storm/storm_tablets.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <latch>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

namespace {
using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

constexpr std::size_t kHelpers = 8; ///< that enrol and prepare, which is not measured

double wallS() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpuS() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Storm {
    std::map<std::string, std::string> options;
    StormOffice office;
    std::vector<std::string> codes;
    TestClock clock;
    std::vector<std::unique_ptr<PreparedTablet>> prepared, hostile;
    std::vector<std::unique_ptr<WholeTablet>> whole;

    [[nodiscard]] std::int64_t number(const std::string &name, std::int64_t absent) const {
        const auto it = options.find(name);
        return it == options.end() ? absent : std::stoll(it->second);
    }
    [[nodiscard]] std::string text(const std::string &name) const { return options.at(name); }
};

void needed(const Status &status, const std::string &what) {
    if (status)
        return;
    std::fprintf(stderr, "storm: %s: %s\n", what.c_str(), status.error().detail.c_str());
    std::quick_exit(2);
}

/** Work for every index, by a few threads. */
void spread(std::size_t count, const std::function<void(std::size_t)> &work) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min(kHelpers, count); ++i)
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < count; at = next++)
                work(at);
        });
    for (std::thread &thread : threads)
        thread.join();
}

void readOptions(Storm &storm, int argc, char **argv) {
    for (int i = 1; i + 1 < argc; i += 2)
        storm.options[std::string(argv[i]).substr(2)] = argv[i + 1];
    storm.office.port = static_cast<std::uint16_t>(storm.number("port", 0));
    storm.office.fingerprint = digestFromHex(storm.text("fingerprint")).value_or(Digest{});
    std::ifstream codes(storm.text("codes"));
    for (std::string code; std::getline(codes, code);)
        storm.codes.push_back(code);
}

/** Everybody is enrolled, signed in and has recorded before anything is measured. */
void makeReady(Storm &storm) {
    const auto note = readNote(storm.office);
    needed(note ? Status() : Status(note.error()), "the key note");
    storm.office.ledger = note->ledger;
    storm.office.tlsKeys = note->tlsKeys;
    const auto engines = static_cast<std::size_t>(storm.number("engines", 1));
    const auto hostile = static_cast<std::size_t>(storm.number("hostile", 0));
    const std::int64_t operations = storm.number("operations", 20);
    const Uuid site = derivedId(storm.office.ledger, "site", storm.text("site"));
    const auto seed = static_cast<std::uint64_t>(storm.number("seed", 1)) * 100'000;
    const std::size_t others = storm.codes.size() - engines;
    storm.whole.resize(engines);
    for (std::size_t i = 0; i < others; ++i)
        (i < hostile ? storm.hostile : storm.prepared)
            .push_back(std::make_unique<PreparedTablet>(storm.office, seed + i, storm.clock));
    spread(engines, [&](std::size_t i) {
        auto tablet =
            WholeTablet::open(storm.office, storm.text("folder") + "/" + std::to_string(i), seed + 50'000 + i);
        needed(tablet ? Status() : Status(tablet.error()), "a store");
        storm.whole[i] = std::move(*tablet);
        needed(storm.whole[i]->enrol(storm.codes[i]), "an enrolment");
        needed(storm.whole[i]->prepare(operations, site), "recording");
    });
    spread(others, [&](std::size_t i) {
        const std::size_t nasty = storm.hostile.size();
        PreparedTablet &tablet = i < nasty ? *storm.hostile[i] : *storm.prepared[i - nasty];
        needed(tablet.enrol(storm.codes[engines + i]), "an enrolment");
        needed(tablet.signIn(), "a session");
        tablet.prepare(operations, site);
    });
}

struct Blown {
    std::vector<StormTold> prepared, whole;
    double seconds = 0;
    HostileCount hostile;
};

/** All at once, or each at its time of the given seconds. */
void blow(Storm &storm, Blown &blown) {
    const std::size_t count = storm.prepared.size() + storm.whole.size();
    const double over = static_cast<double>(storm.number("over", 0));
    blown.prepared.resize(storm.prepared.size());
    blown.whole.resize(storm.whole.size());
    std::atomic<bool> done{false};
    std::vector<std::thread> nasty, tablets;
    for (std::size_t i = 0; i < storm.hostile.size(); ++i)
        nasty.emplace_back(
            [&, i] { attack(*storm.hostile[i], *storm.prepared.front(), 7'000 + i, done, blown.hostile); });
    std::latch ready(static_cast<std::ptrdiff_t>(count) + 1);
    for (std::size_t i = 0; i < count; ++i)
        tablets.emplace_back([&, i] {
            ready.arrive_and_wait();
            std::this_thread::sleep_for(
                std::chrono::duration<double>(over * static_cast<double>(i) / static_cast<double>(count)));
            // Whole ones among the others, not before them.
            const std::size_t every = count / std::max<std::size_t>(1, storm.whole.size());
            const std::size_t at = i / every;
            if (i % every == 0 && at < storm.whole.size())
                blown.whole[at] = storm.whole[at]->send();
            else if (const std::size_t other = i - std::min(at + 1, storm.whole.size()); other < blown.prepared.size())
                blown.prepared[other] = storm.prepared[other]->send();
        });
    ready.arrive_and_wait();
    const double begun = wallS();
    for (std::thread &thread : tablets)
        thread.join();
    blown.seconds = wallS() - begun;
    done = true;
    for (std::thread &thread : nasty)
        thread.join();
}

json told(const std::vector<StormTold> &all) {
    json out = json::array();
    for (const StormTold &one : all)
        out.push_back({{"device", toText(one.device)},
                       {"acknowledged", one.acknowledged},
                       {"findings", one.findings},
                       {"took_s", one.tookS},
                       {"state_hash", one.stateHash},
                       {"trouble", one.trouble}});
    return out;
}
} // namespace

int main(int argc, char **argv) {
    Storm storm;
    readOptions(storm, argc, argv);
    makeReady(storm);
    const double cpu = cpuS();
    Blown blown;
    blow(storm, blown);
    const double used = cpuS() - cpu;
    spread(storm.whole.size(), [&](std::size_t i) {
        const StormTold settled = storm.whole[i]->settle();
        blown.whole[i].stateHash = settled.stateHash;
        blown.whole[i].acknowledged = settled.acknowledged;
        blown.whole[i].trouble += settled.trouble;
    });
    std::vector<double> times;
    for (const auto *list : {&blown.prepared, &blown.whole})
        for (const StormTold &one : *list)
            times.push_back(one.tookS);
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
    };
    const HostileCount &nasty = blown.hostile;
    std::cout << json{{"tablets", times.size()},
                      {"seconds", blown.seconds},
                      {"median_s", at(0.5)},
                      {"p99_s", at(0.99)},
                      {"slowest_s", at(1)},
                      {"load_cpu_s", used},
                      {"prepared", told(blown.prepared)},
                      {"whole", told(blown.whole)},
                      {"hostile",
                       {{"tablets", storm.hostile.size()},
                        {"requests", nasty.requests.load()},
                        {"refused", nasty.refused.load()},
                        {"cut", nasty.cut.load()},
                        {"faults", nasty.faults.load()},
                        {"accepted", nasty.accepted.load()}}}}
                     .dump()
              << "\n";
    return 0;
}
