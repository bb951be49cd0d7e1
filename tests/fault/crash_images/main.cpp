// Goal: whenever the power goes, the stores open, nothing that was told is gone and nothing is there by half
// (invariants 1, 7 and 8). Method: eight workloads of the product's own engine and office on disks in memory; before
// every n-th change an image is made with all that was not synced lost, a part of it, a torn sector, and nothing lost;
// each is opened and held against what people had been told.
#include "tests/fault/crash_images/image_taker.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace {
using namespace zhicha::test;

bool readNumber(const char *text, std::uint64_t &number) {
    const char *end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end && text != end && number > 0;
}

/** Images of one workload; adds what broke. */
std::int64_t runOne(const Workload &workload, std::uint64_t seed, int every, std::vector<std::string> &broken) {
    SimVfs::seedEngine(static_cast<std::uint32_t>(seed));
    World world(seed, false);
    world.faults = Faults();
    const std::vector<std::string> teams(world.tablets.size(), "甲");
    if (const auto begun = world.office.init(teams); !begun)
        world.unexpected("the office's first start", begun.error());
    for (const auto &tablet : world.tablets)
        if (const auto opened = tablet->open(); !opened)
            world.unexpected("the first start of a tablet", opened.error());
    std::int64_t images = 0;
    if (world.findings.broken.empty()) {
        ImageTaker taker(world, workload.name, every);
        workload.run(world, taker);
        images = taker.images();
        broken.insert(broken.end(), taker.violations().begin(), taker.violations().end());
    }
    for (const std::string &what : world.findings.broken)
        broken.push_back(std::string(workload.name) + ", seed " + std::to_string(seed) + ": " + what);
    for (const auto &tablet : world.tablets)
        tablet->close();
    world.office.close();
    return images;
}
} // namespace

int main(int argc, char **argv) {
    std::uint64_t every = 1;
    std::uint64_t first = 1;
    std::uint64_t count = 1;
    const bool right = argc == 6 && std::strcmp(argv[1], "--every") == 0 && readNumber(argv[2], every) &&
                       std::strcmp(argv[3], "--seeds") == 0 && readNumber(argv[4], first) && readNumber(argv[5], count);
    if (!right) {
        std::fprintf(stderr, "usage: tst_crash_images --every N --seeds FIRST COUNT\n");
        return 2;
    }
    const auto begun = std::chrono::steady_clock::now();
    std::vector<std::string> broken;
    std::int64_t images = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed)
        for (const Workload &workload : workloads()) {
            const std::int64_t taken = runOne(workload, seed, static_cast<int>(every), broken);
            images += taken;
            if (taken == 0)
                broken.push_back(std::string(workload.name) + ": no image was taken");
            if (count == 1)
                std::printf("    %s: %lld images\n", workload.name, static_cast<long long>(taken));
        }
    for (const std::string &what : broken)
        std::printf("FAIL %s\n", what.c_str());
    std::printf("%lld images, %zu violations, %.0f s, seeds %llu to %llu\n", static_cast<long long>(images),
                broken.size(), std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(),
                static_cast<unsigned long long>(first), static_cast<unsigned long long>(first + count - 1));
    return broken.empty() ? 0 : 1;
}
