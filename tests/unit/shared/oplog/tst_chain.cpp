// Goal: the head of a chain stands for every operation before it, in order, and for whose chain it is.
// Method: each part changed in turn; random sequences.
#include "shared/crypto/digest.h"
#include "shared/oplog/chain.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

namespace zhicha {
namespace {

TEST(Chain, startDependsOnLedgerSuiteDeviceAndKey) {
    const Uuid a = samples::sampleId("a");
    const Uuid b = samples::sampleId("b");
    const PublicKey key = samples::sampleKey("k").publicKey();
    const PublicKey other = samples::sampleKey("l").publicKey();
    const std::set<Digest> starts{chainStart(a, 1, b, key), chainStart(b, 1, a, key), chainStart(a, 2, b, key),
                                  chainStart(a, 1, b, other), chainStart(a, 1, a, key)};
    EXPECT_EQ(starts.size(), 5u);
}

TEST(Chain, startAndNextAreSeparated) {
    const Digest zero{};
    EXPECT_EQ(chainNext(zero, zero), taggedDigest("zhicha/v1/chain", {zero, zero}));
    EXPECT_NE(chainNext(zero, zero), taggedDigest("zhicha/v1/op", {zero, zero}));
}

TEST(Chain, orderAndNumberMatter) {
    EXPECT_TRUE(rc::check("a permuted, shortened or lengthened chain has another head", [] {
        auto labels = *rc::gen::suchThat(rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 1000)),
                                         [](const auto &v) { return v.size() >= 2; });
        const auto head = [](const std::vector<int> &of) {
            Digest h = samples::sampleStart();
            for (const int label : of)
                h = chainNext(h, samples::seeded(std::to_string(label)));
            return h;
        };
        const Digest before = head(labels);
        auto shorter = labels;
        shorter.erase(shorter.begin() +
                      *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(labels.size())));
        RC_ASSERT(head(shorter) != before);
        std::swap(labels.front(), labels.back());
        RC_ASSERT(head(labels) != before);
    }));
}

} // namespace
} // namespace zhicha
