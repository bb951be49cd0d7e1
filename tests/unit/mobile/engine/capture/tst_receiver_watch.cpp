// Goal: the screen is told what a receiver really does: never a fix that has grown old, never "searching" on a dead
// line, and no thousand tries. Method: events with their times, no clock.
#include "mobile/engine/capture/receiver_watch.h"

#include <gtest/gtest.h>

using namespace zhicha;

namespace {
HeardFix fixAt(std::int64_t ms) {
    HeardFix heard;
    heard.heardMs = ms;
    return heard;
}
} // namespace

TEST(ReceiverWatch, goesFromOffToAFixAndToStale) {
    ReceiverWatch watch;
    EXPECT_EQ(watch.view(0).state, ReceiverState::Off);
    watch.start(0);
    EXPECT_EQ(watch.view(0).state, ReceiverState::Opening);
    watch.opened(100);
    watch.came(3, 500);
    EXPECT_EQ(watch.view(500).state, ReceiverState::Searching);
    watch.heard(fixAt(900));
    watch.came(6, 1000);
    EXPECT_EQ(watch.view(1000).state, ReceiverState::Fixed);
    for (std::int64_t t = 2000; t <= 20'000; t += 1000)
        watch.came(static_cast<std::uint64_t>(t), t); // it goes on talking, without a position
    EXPECT_EQ(watch.view(900 + kUnusableAfterMs).state, ReceiverState::Fixed);
    EXPECT_EQ(watch.view(901 + kUnusableAfterMs).state, ReceiverState::Stale);
    watch.stop();
    EXPECT_EQ(watch.view(20'000).state, ReceiverState::Off);
    EXPECT_FALSE(watch.view(20'000).latest) << "nothing of before is shown when it is switched on again";
}

TEST(ReceiverWatch, tellsSilenceFromNonsense) {
    ReceiverWatch watch;
    watch.start(0);
    watch.opened(0);
    EXPECT_EQ(watch.view(9'999).state, ReceiverState::Searching);
    EXPECT_EQ(watch.view(10'000).trouble, ReceiverTrouble::Silent);
    for (std::int64_t t = 0; t <= 12'000; t += 100)
        watch.came(0, t); // bytes, but no sentence: a wrong baud rate
    EXPECT_EQ(watch.view(12'000).trouble, ReceiverTrouble::Unreadable);
    EXPECT_FALSE(watch.shouldReopen(41'999));
    EXPECT_TRUE(watch.shouldReopen(42'000));
}

TEST(ReceiverWatch, waitsLongerAfterEachFailureAndStartsAnewOnlyWhenItIsUnderstood) {
    ReceiverWatch watch;
    watch.start(0);
    std::int64_t now = 0;
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 7; ++i) {
        watch.lost(ReceiverTrouble::CutOff, "unplugged", now);
        EXPECT_EQ(watch.view(now).trouble, ReceiverTrouble::CutOff);
        waits.push_back(watch.view(now).retryAtMs - now);
        EXPECT_FALSE(watch.retryDue(now + waits.back() - 1));
        now += waits.back();
        EXPECT_TRUE(watch.retryDue(now));
        EXPECT_FALSE(watch.retryDue(now)) << "one try at a time";
        EXPECT_EQ(watch.view(now).state, ReceiverState::Trouble) << "while trying again, what is wrong stays shown";
        watch.opened(now); // a port that opens and dies at once
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{1000, 2000, 4000, 8000, 16'000, 30'000, 30'000}));
    watch.came(1, now);
    watch.lost(ReceiverTrouble::CutOff, "", now);
    EXPECT_EQ(watch.view(now).retryAtMs - now, 1000);
}

TEST(ReceiverWatch, aLogThatEndedIsNotTriedAgain) {
    ReceiverWatch watch;
    watch.start(0);
    watch.opened(0);
    watch.lost(ReceiverTrouble::Ended, "log", 5);
    EXPECT_EQ(watch.view(5).retryAtMs, 0);
    EXPECT_FALSE(watch.retryDue(1'000'000));
}
