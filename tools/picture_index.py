#!/usr/bin/env python3
"""A page to look through the pictures that ./test pictures left: FOLDER/index.html.

    tools/picture_index.py FOLDER

One row a page or state, its looks and languages side by side; each picture opens in full. A name is
PROGRAM-PAGE[-LOOK][-LANGUAGE].png, so `console-desk-dark-en.png` and `tablet-today-outdoor.png`. Fails where there is
nothing to look at and where a picture of the console lacks one of the variants that its page has elsewhere.
"""
import html
import pathlib
import re
import sys

LOOKS = ("light", "dark", "outdoor", "portrait")
LANGUAGES = ("zh", "en")
PROGRAMS = {"console": "控制台 · Console", "tablet": "平板 · Tablet"}
STYLE = """
body { margin: 0; font: 14px/20px 'Noto Sans CJK SC', sans-serif; background: #f1f4f5; color: #182024; }
header { position: sticky; top: 0; background: #1d2c34; color: #eef2f3; padding: 10px 16px; display: flex; gap: 20px; flex-wrap: wrap; z-index: 1; }
header a { color: #8cc4dc; }
section { padding: 8px 16px 20px; border-bottom: 1px solid #d5dce0; scroll-margin-top: 48px; }
h2 { font-size: 15px; margin: 6px 0; }
div.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 12px; }
figure { margin: 0; background: #fff; border: 1px solid #d5dce0; }
figure img { width: 100%; display: block; }
figcaption { padding: 4px 8px; color: #46525a; }
"""


def read(name):
    """(program, page, variant) of a picture's name."""
    words = name.removesuffix(".png").split("-")
    variant = []
    while len(words) > 2 and words[-1] in LOOKS + LANGUAGES:
        variant.insert(0, words.pop())
    program = words[0] if words[0] in PROGRAMS else ""
    page = "-".join(words[1:] if program else words)
    return program, page, " ".join(variant)


def order(variant):
    return [variant.find(word) < 0 for word in ("zh", "light")], variant


def missing(pages):
    """Console pages that were taken in several variants and lack some of those that their like have."""
    whole = [f"{look} {language}" for language in LANGUAGES for look in LOOKS[:2]]
    for (program, page), pictures in sorted(pages.items()):
        have = {variant for variant, _ in pictures}
        languages = {v.split()[-1] for v in have if v in whole}
        wanted = {v for v in whole if v.split()[-1] in languages} if len(have & set(whole)) > 1 else set()
        for variant in sorted(wanted - have):
            yield f"{program}-{page} has no picture in {variant}"


def page_of(pages):
    parts = ["<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>图集 · Pictures</title>",
             f"<style>{STYLE}</style><header>"]
    for program, title in [*PROGRAMS.items(), ("", "构件 · Parts")]:
        names = sorted(page for kind, page in pages if kind == program)
        if names:
            parts.append(f"<span><b>{title}</b> " + " · ".join(
                f"<a href=\"#{html.escape(program + '-' + page)}\">{html.escape(page)}</a>" for page in names) + "</span>")
    parts.append("</header>")
    for (program, page), pictures in sorted(pages.items(), key=lambda entry: (entry[0][0] or "~", entry[0][1])):
        parts.append(f"<section id=\"{html.escape(program + '-' + page)}\"><h2>{html.escape(PROGRAMS.get(program, ''))} "
                     f"{html.escape(page)}</h2><div class=\"row\">")
        for variant, name in sorted(pictures, key=lambda one: order(one[0])):
            parts.append(f"<figure><a href=\"{html.escape(name)}\"><img loading=\"lazy\" src=\"{html.escape(name)}\" "
                         f"alt=\"{html.escape(name)}\"></a><figcaption>{html.escape(variant or name)}</figcaption></figure>")
        parts.append("</div></section>")
    return "".join(parts) + "</html>\n"


def main():
    if len(sys.argv) != 2:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[1])
    names = sorted(path.name for path in folder.glob("*.png") if re.fullmatch(r"[\w.-]+\.png", path.name))
    if not names:
        print(f"no pictures in {folder}", file=sys.stderr)
        return 1
    pages = {}
    for name in names:
        program, page, variant = read(name)
        pages.setdefault((program, page), []).append((variant, name))
    (folder / "index.html").write_text(page_of(pages), encoding="utf-8")
    troubles = list(missing(pages))
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    print(f"{len(names)} pictures of {len(pages)} pages and states: {folder / 'index.html'}")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
