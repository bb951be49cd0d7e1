// Goal: `assess` and `due` give what an independent implementation gave. Method: every NAME.ledger.json in the folder
// `assess` of ZHICHA_VECTORS, as of the day that its answers name, compared as JSON values; and the ledgers written by
// hand in tests/unit/shared/rules/golden, which are there always.
#include "shared/rules/assessment.h"
#include "tests/unit/shared/rules/reference.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::rules;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {
std::string readText(const fs::path &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Json asJson(const Figures &figures) {
    return Json::parse(figures.json);
}

/** Whether the answer to one of the two questions is the expected one; the name of the question is not in the file. */
void expectAssessment(const Ledger &ledger, const Json &expected, const std::string &name) {
    const Day asOf = *dayFromText(expected["as_of"].get<std::string>());
    std::vector<std::optional<Commend>> questions{std::nullopt};
    if (expected.contains("commended"))
        questions = asOf >= dayOf(yearOf(asOf), 12, 1) ? std::vector<std::optional<Commend>>{Commend::Annual}
                                                       : std::vector<std::optional<Commend>>{Commend::Midyear};
    for (const auto &commend : questions) {
        const auto figures = assessLedger(sanmenxiaRules(), ledger, {asOf, commend, false, true});
        ASSERT_TRUE(figures) << name << ": " << figures.error().detail;
        const Json got = asJson(*figures);
        EXPECT_EQ(got, expected) << name << "\n" << Json::diff(expected, got).dump(1);
    }
}

std::size_t compareFolder(const fs::path &folder) {
    std::size_t compared = 0;
    for (const auto &entry : fs::directory_iterator(folder)) {
        const std::string file = entry.path().filename().string();
        const std::size_t end = file.find(".ledger.json");
        if (end == std::string::npos)
            continue;
        const std::string name = file.substr(0, end);
        const auto ledger = readLedger(sanmenxiaRules(), readText(entry.path()));
        EXPECT_TRUE(ledger) << name << ": " << ledger.error().detail;
        if (!ledger)
            continue;
        expectAssessment(*ledger, Json::parse(readText(folder / (name + ".assess.json"))), name);
        const Json due = Json::parse(readText(folder / (name + ".due.json")));
        const Day asOf = *dayFromText(due["as_of"].get<std::string>());
        const Json got =
            asJson(dueLedger(sanmenxiaRules(), *ledger, WorkingCalendar::compiledIn(), {asOf, false, true}));
        EXPECT_EQ(got, due) << name << "\n" << Json::diff(due, got).dump(1);
        ++compared;
    }
    return compared;
}

/** The answers in the tree were looked through by hand; here both computations are held against them. */
TEST(Golden, ledgersGiveTheAnswersBesideThem) {
    const fs::path folder = "tests/unit/shared/rules/golden";
    EXPECT_EQ(compareFolder(folder), 2u);
    for (const char *name : {"reasons", "months"}) {
        const Json ledger = Json::parse(readText(folder / (name + std::string(".ledger.json"))));
        const Json assess = Json::parse(readText(folder / (name + std::string(".assess.json"))));
        const Json due = Json::parse(readText(folder / (name + std::string(".due.json"))));
        EXPECT_EQ(test::referenceAssess(ledger, assess["as_of"], assess.contains("commended") ? "midyear" : ""),
                  assess);
        EXPECT_EQ(test::referenceDue(ledger, due["as_of"]), due);
    }
}

TEST(Vectors, agreeWithAnIndependentImplementation) {
    const char *folder = std::getenv("ZHICHA_VECTORS");
    if (folder == nullptr)
        GTEST_SKIP() << "ZHICHA_VECTORS names no folder";
    EXPECT_GT(compareFolder(fs::path(folder) / "assess"), 0u);
}
} // namespace
