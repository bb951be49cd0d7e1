// The judge of histories is judged: each of its four words on the smallest history that deserves it, and silence on a
// history that is sound.
#include "tests/simulation/observed.h"

#include <gtest/gtest.h>

namespace zhicha::test {
namespace {

const Uuid kA{{1}}, kB{{2}}, kCheck{{9}};
const Digest kFirst{1}, kSecond{2}, kOther{3};

Observed sound() {
    Observed seen;
    seen.saved(kA, 1, kFirst, kCheck);
    seen.saved(kA, 2, kSecond, kCheck);
    seen.asked(kB);
    seen.acknowledged(kA, 2);
    seen.read(kB, kCheck, {}); // it asked before: it need not see them yet
    seen.asked(kB);
    seen.read(kB, kCheck, {{kA, 1}, {kA, 2}});
    seen.found(kA, 1, kFirst);
    seen.found(kA, 2, kSecond);
    return seen;
}

std::vector<std::string> words(const Observed &seen) {
    std::vector<std::string> out;
    for (const std::string &what : seen.judge())
        out.push_back(what.substr(0, what.find(':')));
    return out;
}
using Words = std::vector<std::string>;

TEST(Observed, isSilentOnASoundHistory) {
    EXPECT_EQ(words(sound()), Words());
}

TEST(Observed, saysLostOfWhatWasAcknowledgedAlone) {
    Observed seen;
    seen.saved(kA, 1, kFirst, kCheck);
    seen.saved(kA, 2, kSecond, kCheck);
    seen.acknowledged(kA, 1);
    EXPECT_EQ(words(seen), Words{"lost"});
    seen.found(kA, 1, kOther); // another operation under its number is not it
    EXPECT_EQ(words(seen), (Words{"lost", "invented"}));
}

TEST(Observed, saysDuplicatedAndInvented) {
    Observed twice = sound();
    twice.found(kA, 2, kSecond);
    EXPECT_EQ(words(twice), Words{"duplicated"});
    Observed more = sound();
    more.found(kA, 3, kOther);
    EXPECT_EQ(words(more), Words{"invented"});
}

TEST(Observed, saysStaleOfAReadThatMissesWhatWasAcknowledgedBeforeIt) {
    Observed seen = sound();
    seen.saved(kA, 3, kOther, kCheck);
    seen.acknowledged(kA, 3);
    seen.asked(kB);
    seen.read(kB, kCheck, {{kA, 1}, {kA, 2}});
    seen.found(kA, 3, kOther);
    EXPECT_EQ(words(seen), Words{"stale"});
}

TEST(Observed, letsARestoredOfficeReceiveAgainAndForgetNothing) {
    Observed seen = sound();
    seen.saved(kA, 3, kOther, kCheck);
    seen.acknowledged(kA, 3);
    seen.restored();
    seen.asked(kB);
    seen.read(kB, kCheck, {{kA, 1}, {kA, 2}}); // not stale: the restored office may not have it yet
    EXPECT_EQ(words(seen), Words{"lost"});
    seen.acknowledged(kA, 3);
    seen.asked(kB);
    seen.read(kB, kCheck, {{kA, 1}, {kA, 2}});
    seen.found(kA, 3, kOther);
    EXPECT_EQ(words(seen), Words{"stale"});
}

TEST(Observed, saysStaleOfWhatIsUnseenAgain) {
    Observed seen = sound();
    seen.asked(kB);
    seen.read(kB, kCheck, {{kA, 1}});
    EXPECT_EQ(words(seen), (Words{"stale", "stale"})); // it misses it, and it had it
}

} // namespace
} // namespace zhicha::test
