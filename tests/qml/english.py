#!/usr/bin/env python3
"""Goal: everything that the screens say in Chinese they say in English too. Method: the texts are read anew from the sources
and laid over the translation; what is then without English, or lost a placeholder, is named.

english.py (after new texts: /usr/lib/qt6/bin/lupdate qml mobile/models -source-language zh_CN -target-language en
            -no-obsolete -locations none -ts qml/i18n/zhicha_en.ts, then fill in)"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, "zhicha_en.ts")
        shutil.copy(ROOT / "qml/i18n/zhicha_en.ts", copy)
        subprocess.run(["/usr/lib/qt6/bin/lupdate", str(ROOT / "qml"), str(ROOT / "mobile/models"), "-I", str(ROOT), "-silent", "-no-obsolete",
                        "-locations", "none", "-ts", str(copy)], check=True)
        messages = list(ElementTree.parse(copy).getroot().iter("message"))
    failed = 0
    for message in messages:
        source, translation = message.findtext("source") or "", message.find("translation")
        english = translation.text or ""
        if translation.get("type") == "unfinished" or not english:
            why = "has no English"
        elif set(re.findall(r"%\d", source)) != set(re.findall(r"%\d", english)):
            why = f"has other placeholders in English: {english}"
        else:
            continue
        failed += 1
        print(f"{source!r} {why}")
    print(f"{len(messages)} texts, {failed} without proper English")
    return 1 if failed or not messages else 0


if __name__ == "__main__":
    sys.exit(main())
