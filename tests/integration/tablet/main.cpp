// The event loop and the fonts of the tests of the real window.
#include "mobile/app/window.h"

#include <gtest/gtest.h>

int main(int argc, char **argv) {
    QGuiApplication application(argc, argv);
    zhicha::prepareApplication(application);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
