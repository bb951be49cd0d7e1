// Goal: the formats do not drift: the committed vectors are what the code makes today, byte for byte.
// Method: makes every file again and compares; leaves FILE.actual in the build's temporary folder where one differs.
#include "tests/support/formats/vectors.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace zhicha {
namespace {

std::string contentOf(const std::filesystem::path &path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST(Vectors, areWhatTheCodeMakes) {
    const std::filesystem::path folder = ZHICHA_SOURCE_FOLDER "/tests/vectors";
    for (const auto &[name, content] : vectors::allFiles()) {
        if (contentOf(folder / name) == content)
            continue;
        const auto actual = std::filesystem::temp_directory_path() / (name + ".actual");
        std::ofstream(actual, std::ios::binary) << content;
        ADD_FAILURE() << name << " differs; what the code makes: " << actual
                      << ". A change of a format needs FORMATS.md and make_vectors in the same commit.";
    }
}

TEST(Vectors, noFileIsLeftOver) {
    std::size_t files = 0;
    for (const auto &entry : std::filesystem::directory_iterator(ZHICHA_SOURCE_FOLDER "/tests/vectors"))
        files += entry.path().extension() == ".json" ? 1 : 0;
    EXPECT_EQ(files, vectors::allFiles().size());
}

} // namespace
} // namespace zhicha
