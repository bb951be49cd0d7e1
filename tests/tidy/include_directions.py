"""Who may include whom: the directions of docs/ARCHITECTURE.md, read from each #include.

qml -> mobile -> shared <- sync-server, and within shared base <- crypto <- oplog <- ledger, the rest over base.
The link graph enforces most of it; this also sees what headers alone would smuggle in.
"""
import re

from tree import files, lines

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCE = (".h", ".cpp")

# Folder -> the folders of ours that it may include, besides itself. The longest matching prefix counts.
OVER_BASE = ("shared/base/",)
ALLOWED = {
    "shared/base/": (),
    "shared/json/": OVER_BASE,
    "shared/rules/": ("shared/base/", "shared/json/"),
    "shared/geo/": OVER_BASE,
    "shared/protocol/": OVER_BASE,
    "shared/sqlite/": OVER_BASE,
    "shared/documents/": OVER_BASE,
    "shared/crypto/": OVER_BASE,
    "shared/files/": ("shared/base/", "shared/crypto/"),
    "shared/oplog/": ("shared/base/", "shared/crypto/"),
    "shared/ledger/": ("shared/base/", "shared/crypto/", "shared/oplog/", "shared/rules/"),
    "mobile/engine/": ("shared/",),
    "mobile/platform/": ("shared/", "mobile/engine/"),
    "mobile/models/": ("shared/", "mobile/engine/", "mobile/platform/"),
    "mobile/cli/": ("shared/", "mobile/engine/", "mobile/platform/"),
    "mobile/app/": ("shared/", "mobile/"),
    "sync-server/store/": ("shared/",),
    "sync-server/intake/": ("shared/", "sync-server/store/"),
    "sync-server/office/": ("shared/", "sync-server/store/", "sync-server/intake/"),
    "sync-server/http/": ("shared/", "sync-server/store/", "sync-server/intake/", "sync-server/office/"),
    "sync-server/cli/": ("shared/", "sync-server/"),
    "tests/": ("shared/", "mobile/", "sync-server/", "tests/"),
}

# An outside header -> the only folders that may see it.
OUTSIDE = [
    (re.compile(r"^(Q\w+(/|$)|q(?!rencode)[a-z]+\.h$)"),
     ("mobile/platform/", "mobile/models/", "mobile/app/", "mobile/cli/", "tests/")),
    (re.compile(r"^(openssl/|sodium)"), ("shared/crypto/", "shared/files/", "sync-server/http/", "tests/")),
    (re.compile(r"^boost/"), ("sync-server/http/", "tests/unit/sync-server/http/", "tests/fuzz/", "tests/bench/",
                              "tests/integration/", "tests/fault/", "tests/support/")),
    (re.compile(r"^sqlite3"), ("shared/sqlite/", "sync-server/store/sqlite/", "tests/")),
    # A map file is a file like a picture: it only happens to be SQLite inside.
    (re.compile(r"^shared/sqlite/(?!mbtiles\.h)"), ("shared/sqlite/", "sync-server/store/sqlite/", "mobile/engine/", "tests/")),
]


def _rule_of(name):
    matching = [folder for folder in ALLOWED if name.startswith(folder)]
    return max(matching, key=len) if matching else None


def _included(name):
    for number, line in lines(name):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] == '"', found[2]


def directions():
    for name in files(*SOURCE, under=("shared/", "mobile/", "sync-server/", "tests/")):
        folder = _rule_of(name)
        if folder is None:
            yield name, 1, "stands in a folder that tests/tidy/include_directions.py does not know"
            continue
        for number, ours, path in _included(name):
            if path.endswith(".moc"):
                continue  # what moc makes of this very file
            if ours and not path.startswith(("shared/", "mobile/", "sync-server/", "tests/")):
                yield name, number, f'"{path}" does not start at the root'
            elif ours and not path.startswith((folder, *ALLOWED[folder])):
                yield name, number, f"{folder} must not include {path}"


def outside_headers():
    for name in files(*SOURCE, under=("shared/", "mobile/", "sync-server/", "tests/")):
        for number, _, path in _included(name):
            for pattern, folders in OUTSIDE:
                if pattern.match(path) and not name.startswith(folders):
                    yield name, number, f"{path} is for {', '.join(folders)} alone"
