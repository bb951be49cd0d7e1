#!/usr/bin/env python3
"""Goal: no QML file has a warning. Method: qmllint by hand with every generated .qrc of the build, because the target that
CMake makes for Qt 6.4 does not see the types of another module.

lint.py BUILD_FOLDER"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
QMLLINT = "/usr/lib/qt6/bin/qmllint"


def main():
    build = pathlib.Path(sys.argv[1])
    installed = subprocess.run(["/usr/lib/qt6/bin/qtpaths", "--query", "QT_INSTALL_QML"], capture_output=True, text=True,
                               check=True).stdout.strip()
    resources = [word for path in sorted(build.rglob("*.qrc")) for word in ("--resource", str(path))]
    files = sorted(str(path) for path in (ROOT / "qml").rglob("*.qml"))
    # An id inside contentItem or background makes it immediate instead of deferred: a cost of microseconds, no mistake.
    done = subprocess.run([QMLLINT, "--bare", "--deferred-property-id", "disable", "-I", str(build / "qml"), "-I", installed,
                           *resources, *files], capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    warnings = output.count("Warning:") + output.count("Error:")
    print(output if warnings else f"{len(files)} files, no warning")
    return 1 if warnings or done.returncode or not files else 0


if __name__ == "__main__":
    sys.exit(main())
