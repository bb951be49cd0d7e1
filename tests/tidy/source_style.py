"""What a reader of the sources relies on, and one trap of the compiler."""
import re

from tree import SCRIPTS, files, line_of, lines, text

SOURCE_LINES = 450
CODE = (".h", ".cpp", ".py", ".sh", ".js", ".mjs", ".ts", ".vue", ".qml", ".cmake")


def file_length():
    for name in files(*CODE) + SCRIPTS:
        # A translation ends in .ts too; it is a list, read by a tool.
        if name.startswith("qml/i18n/"):
            continue
        count = text(name).count("\n")
        if count > SOURCE_LINES:
            yield name, count, f"{count} lines; {SOURCE_LINES} is the most that one can still read as one thing"


def headers_say_what():
    """A public header begins with `#pragma once` and a comment that says what it is for."""
    for name in files(".h", under=("shared/", "mobile/", "sync-server/")):
        content = [line.strip() for line in text(name).splitlines() if line.strip()]
        if not content or content[0] != "#pragma once":
            yield name, 1, "does not begin with #pragma once"
        elif not any(line.startswith(("//", "/*")) for line in content[1:2]):
            yield name, 2, "has no leading comment that says what it is for"


def tests_say_goal():
    """A test begins with what it is to show and how."""
    for name in files(".cpp", under=("tests/",)):
        if name.rsplit("/", 1)[-1].startswith(("tst_", "fuzz_", "bench_")) and not text(name).lstrip().startswith(("//", "/*")):
            yield name, 1, "does not begin with a comment on its goal and method"


def no_loose_ends():
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
    for name in files(*CODE, ".md", ".txt", ".sql", ".json") + SCRIPTS:
        if name.endswith("package-lock.json"):
            continue
        for number, line in lines(name):
            found = words.search(line)
            if found:
                yield name, number, f"a loose end: {found[0]}"


def _operand(content, start):
    """The expression after `co_await` at `start`, up to the `;` that ends it (or the bracket that encloses it)."""
    depth, position = 0, start
    while position < len(content):
        char = content[position]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                break
        elif char == ";" and depth == 0:
            break
        elif char == '"':
            position = content.find('"', position + 1)
            if position < 0:
                return content[start:]
        position += 1
    return content[start:position]


def no_temporaries_in_co_await():
    """g++ 12.2 destroys a braced aggregate or a lambda's captures twice inside the operand of co_await: name them first."""
    capturing = re.compile(r"(?<![\w\])])\[[^\]\[]+\]\s*(\(|\{|mutable|<)")
    braced = re.compile(r"[\w>]\s*\{|[(,]\s*\{")
    for name in files(".h", ".cpp", under=("sync-server/", "tests/")):
        content = re.sub(r"//[^\n]*", lambda m: " " * len(m[0]), text(name))
        for found in re.finditer(r"\bco_await\b", content):
            operand = _operand(content, found.end())
            if capturing.search(operand):
                yield name, line_of(content, found.start()), "a capturing lambda inside the operand of co_await"
            elif braced.search(operand):
                yield name, line_of(content, found.start()), "a braced aggregate inside the operand of co_await"


def no_loop_over_part_of_a_temporary():
    """What `of()["part"]` refers to is gone before the loop begins (until C++23): the loop runs over nothing, or worse."""
    loop = re.compile(r"\bfor \([^;(){}]* : [A-Za-z_][\w:]*\(")
    for name in files(".cpp", ".h"):
        content = text(name)
        for found in loop.finditer(content):
            depth, position = 1, found.end()
            while depth and position < len(content):
                depth += {"(": 1, ")": -1}.get(content[position], 0)
                position += 1
            rest = content[position:position + 80]
            if re.match(r"(\.[a-z]\w*)*\[", rest):
                yield name, line_of(content, found.start()), "loops over a part of what a call returned: name that first"
