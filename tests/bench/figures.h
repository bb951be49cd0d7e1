#pragma once
// How a benchmark measures and prints: its figure, the baseline of the same run beside it, the ratio, the target, and
// plainly whether it falls short. A program ends 0 whatever the figures are: this machine's noise fails no build.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace zhicha::bench {

inline double nowS() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
inline double clockS(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}
inline double processCpuS() {
    return clockS(CLOCK_PROCESS_CPUTIME_ID);
}
inline double threadCpuS() {
    return clockS(CLOCK_THREAD_CPUTIME_ID);
}

/** The middle of an odd number of runs: one disturbed run does not count. */
inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

inline double seconds(const std::function<void()> &work) {
    const double begun = nowS();
    work();
    return nowS() - begun;
}

/** What a piece of work took. Of work in one thread the processor time says more than the clock on a busy machine. */
struct Took {
    double wallS = 0;
    double cpuS = 0;
};
inline Took measure(const std::function<void()> &work) {
    const double wall = nowS();
    const double cpu = processCpuS();
    work();
    return {nowS() - wall, processCpuS() - cpu};
}

/** `--name N` among the arguments. */
inline long option(int argc, char **argv, const std::string &name, long absent) {
    for (int i = 1; i + 1 < argc; ++i)
        if (argv[i] == "--" + name)
            return std::atol(argv[i + 1]);
    return absent;
}

/** Ends with what failed: a benchmark of something broken has no figure. */
template <typename R>
void done(const R &result) {
    if (result)
        return;
    std::fprintf(stderr, "benchmark failed: %s\n", result.error().detail.c_str());
    std::exit(1);
}
template <typename R>
auto need(R result) {
    done(result);
    return std::move(*result);
}
inline void needed(bool holds, const char *what) {
    if (!holds) {
        std::fprintf(stderr, "benchmark failed: %s\n", what);
        std::exit(1);
    }
}

inline void title(const std::string &text) {
    double load[3] = {0, 0, 0};
    needed(getloadavg(load, 3) == 3, "the machine's load is unknown");
    std::printf("== %s (load of the machine %.1f)\n", text.c_str(), load[0]);
}
inline void line(const char *what, double figure, const char *unit) {
    std::printf("  %-62s %12.1f %s\n", what, figure, unit);
}
/** A figure against its target. */
inline void verdict(const char *what, double figure, const char *unit, double target, bool atLeast) {
    const bool holds = atLeast ? figure >= target : figure <= target;
    std::printf("  %-62s %12.2f %s   target %s %.2f%s\n", what, figure, unit, atLeast ? ">=" : "<=", target,
                holds ? "" : "   FALLS SHORT");
    std::fflush(stdout);
}

} // namespace zhicha::bench
