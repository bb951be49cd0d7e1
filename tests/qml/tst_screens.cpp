// Goal: theme and components do what the interface promises. Method: Qt Quick Test over real windows with the software
// scene graph; each tst_*.qml beside this file is a test of its own. Any warning of QML or of the icons is printed and
// fails the run.
#include "tests/qml/screen_test.h"

#include <QtQuickTest/quicktest.h>

QUICK_TEST_MAIN_WITH_SETUP(tst_screens, Setup)
