// Goal: nothing is lost, doubled or merged wrongly, whatever link, disks, clocks and processes do.
// Method: histories from seeds, run by the product's own engine and office in one thread; then the invariants of design
// 3 are checked against what people were told on the way.
#include "tests/simulation/history.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using zhicha::test::Findings;

/** What the workers share: the next seed to take, and where each one is, in case it dies there. */
struct Shared {
    std::atomic<std::uint64_t> next;
    std::atomic<std::uint64_t> failed;
    std::atomic<std::uint64_t> at[64];
};

/** The invariant of design 3 that is asked for; 0 = all of them, and everything else that was unexpected. */
int wantedInvariant = 0;
/** Only what the judge of histories says (observed.h), whatever else was found. */
bool judgeAlone = false;

/** Whether a finding's words begin with that number, alone or in a list ("2, 4, 14 fsck: …"). */
bool concerns(const std::string &what) {
    if (judgeAlone)
        return std::ranges::any_of(std::array{"lost: ", "duplicated: ", "invented: ", "stale: "},
                                   [&](const char *word) { return what.find(word) != std::string::npos; });
    if (wantedInvariant == 0)
        return true;
    const std::string numbers = ", " + what.substr(0, what.find_first_not_of("0123456789, ")) + ",";
    return numbers.find(", " + std::to_string(wantedInvariant) + " ,") != std::string::npos ||
           numbers.find(", " + std::to_string(wantedInvariant) + ",") != std::string::npos;
}

Findings runSeed(std::uint64_t seed, bool verbose) {
    Findings findings = zhicha::test::runHistory(seed, verbose);
    std::erase_if(findings.broken, [](const std::string &what) { return !concerns(what); });
    return findings;
}

int usage() {
    std::fprintf(stderr, "usage: tst_simulation [--invariant N | --judge] (--seeds FIRST COUNT | --seed N)\n");
    return 2;
}

bool readNumber(const char *text, std::uint64_t &number) {
    const char *end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end && text != end;
}

void report(std::uint64_t seed, const std::vector<std::string> &broken) {
    std::string out;
    for (const std::string &what : broken)
        out += "FAIL seed " + std::to_string(seed) + ": " + what + "\n";
    out += "     replay: ./test simulation --seed " + std::to_string(seed) + "\n";
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
}

void work(Shared &shared, std::uint64_t end, int number) {
    for (;;) {
        const std::uint64_t seed = shared.next++;
        if (seed >= end)
            break;
        shared.at[number] = seed;
        const Findings findings = runSeed(seed, false);
        if (!findings.broken.empty()) {
            ++shared.failed;
            report(seed, findings.broken);
        }
    }
    shared.at[number] = 0;
}

void start(Shared &shared, std::uint64_t end, int number, pid_t *worker) {
    *worker = fork();
    if (*worker == 0) {
        work(shared, end, number);
        std::fflush(stdout);
        _exit(0);
    }
}

int runSeeds(std::uint64_t first, std::uint64_t count) {
    void *memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return 1;
    auto &shared = *new (memory) Shared{};
    shared.next = first;
    const auto begun = std::chrono::steady_clock::now();
    const int workers = static_cast<int>(std::min(64u, std::max(1u, std::thread::hardware_concurrency())));
    std::vector<pid_t> running(static_cast<std::size_t>(workers));
    std::fflush(stdout);
    for (int i = 0; i < workers; ++i)
        start(shared, first + count, i, &running[static_cast<std::size_t>(i)]);
    for (int left = workers; left > 0;) {
        int status = 0;
        const pid_t ended = wait(&status);
        if (ended < 0)
            break;
        const auto which = std::find(running.begin(), running.end(), ended) - running.begin();
        const std::uint64_t at = shared.at[which];
        if (status == 0 || at == 0) {
            --left;
            continue;
        }
        // A check inside the product ended the process: that seed has failed, the others go on.
        ++shared.failed;
        report(at,
               {"the process died (" + std::string(WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exit") + ")"});
        shared.at[which] = 0;
        start(shared, first + count, static_cast<int>(which), &running[static_cast<std::size_t>(which)]);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    std::printf("%llu seeds from %llu, %llu failed, %.1f s, %.1f seeds/s\n", static_cast<unsigned long long>(count),
                static_cast<unsigned long long>(first), static_cast<unsigned long long>(shared.failed.load()), seconds,
                static_cast<double>(count) / seconds);
    return shared.failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char **argv) {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    if (std::uint64_t invariant = 0; argc > 3 && std::strcmp(argv[1], "--invariant") == 0 &&
                                     readNumber(argv[2], invariant) && invariant >= 1 && invariant <= 18) {
        wantedInvariant = static_cast<int>(invariant);
        argv += 2;
        argc -= 2;
    }
    if (argc > 2 && std::strcmp(argv[1], "--judge") == 0) {
        judgeAlone = true;
        ++argv;
        --argc;
    }
    if (argc == 3 && std::strcmp(argv[1], "--seed") == 0 && readNumber(argv[2], first)) {
        const Findings findings = runSeed(first, true);
        if (!findings.broken.empty())
            report(first, findings.broken);
        std::printf("seed %llu: %s\n", static_cast<unsigned long long>(first),
                    findings.broken.empty() ? "all invariants hold" : "FAILED");
        return findings.broken.empty() ? 0 : 1;
    }
    if (argc == 4 && std::strcmp(argv[1], "--seeds") == 0 && readNumber(argv[2], first) && readNumber(argv[3], count) &&
        count > 0)
        return runSeeds(first, count);
    return usage();
}
