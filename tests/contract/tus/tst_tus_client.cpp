// Goal: a client of the tus protocol that nobody here wrote brings photos in, whatever is cut. Method: the real
// listener on a loopback port, tests/contract/tus/upload.mjs (tus-js-client behind a proxy that cuts) as its client,
// then the photos are read back from the server's own store.
#include "tests/support/http/test_server.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>

namespace zhicha::test {
namespace {

/** Runs a shell line in the folder of the script; its output, or nothing if it fails. */
std::optional<std::string> outputOf(const std::string &line) {
    FILE *pipe = popen(("cd '" ZHICHA_TUS_FOLDER "' && " + line).c_str(), "r");
    if (!pipe)
        return std::nullopt;
    std::string output;
    char piece[4096];
    while (const auto size = std::fread(piece, 1, sizeof piece, pipe))
        output.append(piece, size);
    if (pclose(pipe) != 0)
        return std::nullopt;
    return output;
}

TEST(TusClient, bringsPhotosInThroughCutsAbortsAndRepeats) {
    ASSERT_TRUE(outputOf("test -d node_modules || npm ci --ignore-scripts --no-audit --no-fund >&2"));
    auto settings = quickSettings();
    settings.headerDeadline = std::chrono::seconds(10); // the cuts are the subject, not the client's speed
    settings.bodyBlockDeadline = std::chrono::seconds(10);
    TestServer server(settings);
    const auto output = outputOf("ZHICHA_TUS_PORT=" + std::to_string(server.port()) + " node upload.mjs");
    ASSERT_TRUE(output) << "the client gave up; its reason is on standard error";
    const auto digests = nlohmann::json::parse(*output);
    ASSERT_EQ(digests.size(), 2u);
    for (const auto &hex : digests) {
        const auto digest = digestFromHex(hex.get<std::string>());
        ASSERT_TRUE(digest);
        EXPECT_TRUE(server.photos.verify(*digest));
        EXPECT_TRUE(server.gate.isCompleted(*digest));
    }
}

} // namespace
} // namespace zhicha::test
