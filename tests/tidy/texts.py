"""Documents that point nowhere, and traces of one particular machine."""
import re

from tree import FILES, ROOT, SCRIPTS, files, lines

TOPS = ("shared/", "mobile/", "qml/", "sync-server/", "tests/", "docs/", "tools/", "third_party/", "cmake/", ".ci/")
TEXT = (".h", ".cpp", ".py", ".sh", ".md", ".txt", ".json", ".cmake", ".sql", ".js", ".mjs", ".ts", ".yml", ".yaml",
        ".toml", ".html", ".css", ".vue", ".qml", ".npmrc")


def documented_paths_exist():
    """A path of ours that README.md or docs/ names in `code` or as a link is there. Braces and stars are patterns."""
    for name in files(".md"):
        for number, line in lines(name):
            named = re.findall(r"`([^`\s]+)`", line) + re.findall(r"\]\(([^)#\s]+)", line)
            for path in named:
                path = path.removeprefix("./").rstrip("/.,:;")
                if not path.startswith(TOPS) or re.search(r"[*{}<>…$|]", path) or path.startswith("docs/../"):
                    continue
                known = any(n == path or n.startswith(path + "/") for n in FILES)
                if not known and not (ROOT / path).exists():
                    yield name, number, f"there is no {path}"


def no_machine_paths():
    """Nothing names a folder of one particular machine, where its packages come from, or an address of its network."""
    traces = re.compile(
        r"(?<![\w.~])/(work|root|home|Users)/\w|\bregistry\s*=\s*\w|--registry[= ]\w|^deb \w+:|^URIs: |\"resolved\":|"
        r"\b(?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3})\b")
    for name in files(*TEXT) + SCRIPTS:
        for number, line in lines(name):
            found = traces.search(line)
            if found:
                yield name, number, f"a trace of one machine: {found[0]}"


def scripts_executable():
    for name in [n for n in FILES if n in SCRIPTS or n.startswith("tools/")]:
        first = next((line for _, line in lines(name)), "")
        executable = (ROOT / name).stat().st_mode & 0o100 != 0
        if first.startswith("#!") != executable:
            yield name, 1, "has a first line for the shell but may not be executed, or the other way round"
