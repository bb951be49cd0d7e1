"""What runs under Node.js runs under the one that Debian 12 brings: every package's `engines` admits it."""
import json
import re

from tree import files, text

NODE = (18, 20, 4)
# Where packages are run. third_party's are sources in npm's clothes: nothing of theirs is run.
RUN = ("sync-server/", "tests/")
BOUND = re.compile(r"(\^|~|>=|<=|>|<|=)?\s*v?(\d+|\*|x)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?")


def _numbers(parts):
    return [int(p) for p in parts if p and p.isdigit()]


def _holds(sign, wanted):
    """One comparison of npm's ranges; a number that is not there admits any."""
    if not wanted:
        return True
    low = tuple(wanted + [0] * (3 - len(wanted)))
    if sign == ">=":
        return NODE >= low
    if sign == ">":
        return NODE[:len(wanted)] > tuple(wanted)
    if sign == "<":
        return NODE < low
    if sign == "<=":
        return NODE[:len(wanted)] <= tuple(wanted)
    if sign == "^":
        return NODE[0] == low[0] and NODE >= low
    if sign == "~":
        return NODE[:min(2, len(wanted))] == low[:min(2, len(wanted))] and NODE >= low
    return NODE[:len(wanted)] == tuple(wanted)


def admits(engines):
    """`^18.18.0 || >=20`: any of the alternatives, each of them a list of comparisons that all hold."""
    return any(all(_holds(sign, _numbers(parts)) for sign, *parts in BOUND.findall(one))
               for one in engines.split("||"))


def node_engines():
    for name in files("package-lock.json", under=RUN):
        for path, package in json.loads(text(name)).get("packages", {}).items():
            engines = package.get("engines")
            wanted = engines.get("node") if isinstance(engines, dict) else None
            if path and wanted and not admits(wanted):
                yield name, 1, f"{path} {package.get('version')} wants Node {wanted}; Debian 12 has {NODE[0]}"
