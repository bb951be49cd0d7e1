#pragma once
// A check that is under way, for the tests of its pages' controllers.
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include "mobile/models/page_controller.h"

#include <gtest/gtest.h>

namespace zhicha::test {

class CheckPages : public ::testing::Test {
protected:
    void SetUp() override {
        app = openApp(tablet.data());
        CheckStart start;
        start.site = tablet.site;
        start.items = {tablet.item};
        start.noFixReason = "室内";
        std::optional<Uuid> started;
        app->store().run(
            app.get(), [start](StoreSession &session) { return session.recorder().startCheck(start); },
            [&](const Result<Uuid> &made) {
                ASSERT_TRUE(made.has_value());
                started = *made;
            });
        ASSERT_TRUE(eventually([&] { return started.has_value(); }));
        check = textOf(*started);
    }
    /** Asks the store and waits for the answer. */
    template <typename Work>
    auto ask(Work work) {
        std::optional<std::invoke_result_t<Work &, StoreSession &>> answer;
        app->store().run(app.get(), work, [&](auto result) { answer.emplace(std::move(result)); });
        EXPECT_TRUE(eventually([&] { return answer.has_value(); }));
        return *std::move(answer);
    }
    template <typename Controller>
    void loaded(Controller &controller) {
        ASSERT_TRUE(eventually([&] { return !controller.loading(); }));
    }

    EnrolledTablet tablet;
    std::unique_ptr<App> app;
    QString check;
};

} // namespace zhicha::test
