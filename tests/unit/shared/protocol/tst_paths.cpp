// Goal: the limits of a request agree with those of a run, so that any run fits a request.
// Method: compare the constants and build the largest run that oplog accepts.
#include "shared/protocol/paths.h"

#include "shared/oplog/run.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
TEST(Paths, limitsAreThoseOfTheOplog) {
    EXPECT_EQ(protocol::kMaxOperationsPerRun, kMaxRunOperations);
    EXPECT_EQ(protocol::kMaxBytesPerRun, kMaxRunBytes);
    EXPECT_LT(protocol::kMaxBytesPerRun, protocol::kMaxRequestBytes);
    EXPECT_LT(protocol::kMaxRequestBytes, protocol::kMaxUnpackedBytes);
    EXPECT_LT(kMaxOperationBytes, protocol::kMaxBytesPerRun);
}

TEST(Paths, everyPathStandsUnderThePrefix) {
    for (const std::string_view path :
         {protocol::kKeysPath, protocol::kDevicesPath, protocol::kSessionsPath, protocol::kOperationsPath,
          protocol::kProofPath, protocol::kChangesPath, protocol::kBlobsPath}) {
        EXPECT_TRUE(path.starts_with(protocol::kPrefix)) << path;
        EXPECT_FALSE(path.ends_with('/')) << path;
    }
}
} // namespace
