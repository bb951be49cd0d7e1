"""The project's own files, as git knows them (tracked, or new and not ignored)."""
import os
import pathlib
import subprocess

# The tests of these checks look at trees of their own making, which git does not know.
_MADE = os.environ.get("ZHICHA_TIDY_TREE")
ROOT = pathlib.Path(_MADE or pathlib.Path(__file__).resolve().parent.parent.parent)


def _list_files():
    if _MADE:
        return sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = sorted({name for name in done.stdout.decode().split("\0") if name})
    return [name for name in names if (ROOT / name).is_file()]


FILES = _list_files()
# Scripts without a suffix.
SCRIPTS = [name for name in ("run", "test", ".ci/run") if name in FILES]


def files(*suffixes, under=("",)):
    """Names that end in one of the suffixes, in one of the folders."""
    return [n for n in FILES if n.endswith(suffixes) and n.startswith(tuple(under))]


def text(name):
    """The file's text; an empty one if it is no UTF-8 text (a picture, say)."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines(name):
    return enumerate(text(name).splitlines(), 1)


def line_of(content, offset):
    return content.count("\n", 0, offset) + 1
