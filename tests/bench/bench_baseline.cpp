// Whether our baseline flatters: plain inserts of ours against those of the independent program in ../shared/bench,
// linked to the same engine with the same cipher and pragmas, turn by turn in one run. Without that folder it says so.
#include "tests/bench/raw_rows.h"
#include "tests/support/temp_folder.h"

#include <array>
#include <filesystem>

namespace {
using namespace zhicha::bench;

constexpr std::size_t kRows = 60'000;

/** Rows a second, as the program prints them ("rows/s=58000"). */
double referenceRows(const std::string &program, const std::string &path) {
    const std::string command =
        "ORDERED=1 '" + program + "' insert '" + path + "' " + std::to_string(kRows) + " FULL idx 1000";
    FILE *pipe = popen(command.c_str(), "r");
    needed(pipe != nullptr, "the reference did not start");
    std::string said;
    std::array<char, 512> piece{};
    while (std::fgets(piece.data(), piece.size(), pipe) != nullptr)
        said += piece.data();
    needed(pclose(pipe) == 0, "the reference failed");
    const std::size_t at = said.find("rows/s=");
    needed(at != std::string::npos, "the reference printed no rows/s");
    return std::strtod(said.c_str() + at + 7, nullptr);
}
} // namespace

int main(int, char **argv) {
    title("0 our baseline against an independent one: plain inserts");
    const std::filesystem::path reference =
        std::filesystem::path(argv[0]).parent_path().parent_path() / "bench-reference" / "reference_sqlite";
    if (!std::filesystem::exists(reference)) {
        std::printf("  not compared: ../shared/bench is not here\n");
        return 0;
    }
    const zhicha::test::TempFolder folder;
    std::vector<double> ours, theirs;
    for (int round = 0; round < 5; ++round) {
        ours.push_back(static_cast<double>(kRows) / rawInserts(folder / ("ours" + std::to_string(round)), kRows).wallS);
        theirs.push_back(referenceRows(reference.string(), folder / "theirs.db"));
    }
    line("ours", median(ours), "/s");
    line("the independent program", median(theirs), "/s");
    verdict("ours, times the independent one", median(ours) / median(theirs), "", 0.9, true);
    return 0;
}
