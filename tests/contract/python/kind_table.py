"""The table of kinds, read from docs/FORMATS.md, and the check of a body against it."""

import datetime
import re
from dataclasses import dataclass, field as dataclass_field


@dataclass
class Field:
    name: str
    merge: str  # "" fact, "~" latest, "!" decided, "*" authority
    optional: bool
    type: str
    words: list


@dataclass
class Kind:
    name: str
    entity: str
    number: int
    id_role: str
    chain: str
    fields: list = dataclass_field(default_factory=list)

    def merged(self):
        return {f.name for f in self.fields if f.merge in ("~", "!")}


_FIELD = re.compile(r"`([a-z0-9_]+)([~!*]?)(\??)` ([a-z ]+?)(?: \(([^)]*)\))?$")


def _field(cell: str) -> Field:
    match = _FIELD.match(cell)
    if match is None:
        raise ValueError(f"no field: {cell}")
    name, merge, optional, kind, words = match.groups()
    return Field(name, merge, bool(optional), kind, words.split(", ") if words else [])


def read_kinds(formats_md: str):
    """Returns ({name: Kind}, {reserved names})."""
    table = formats_md.split("<!-- kinds: begin -->\n")[1].split("<!-- kinds: end -->")[0]
    kinds, reserved = {}, set()
    for line in table.splitlines():
        if line.startswith("| `"):
            name, entity, number, role, chain, fields = [c.strip() for c in line.strip("|").split(" | ")]
            kind = Kind(name.strip("` "), entity, int(number), role, chain)
            kind.fields = [_field(cell) for cell in fields.rstrip(" |").split("; ")]
            kinds[kind.name] = kind
        elif line.startswith("Reserved"):
            reserved = set(re.findall(r"`([^`]+)`", line))
    return kinds, reserved


def _is_int(v):
    return isinstance(v, int) and not isinstance(v, bool)


def _is_bytes(size):
    return lambda v: isinstance(v, bytes) and len(v) == size


def _is_list_of(fits):
    return lambda v: isinstance(v, list) and all(fits(x) for x in v)


def _is_day(v):
    if not isinstance(v, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", v):
        return False
    try:
        datetime.date.fromisoformat(v)
        return True
    except ValueError:
        return False


def _is_fix(v):
    return (
        isinstance(v, dict)
        and all(_is_int(v.get(key)) for key in ("t", "lat", "lon", "age_ms"))
        and abs(v["lat"]) <= 900000000
        and abs(v["lon"]) <= 1800000000
        and isinstance(v.get("source"), str)
    )


def _is_heads(v):
    return isinstance(v, dict) and all(
        len(key.encode()) == 32
        and isinstance(head, list)
        and len(head) == 2
        and _is_int(head[0])
        and _is_bytes(32)(head[1])
        for key, head in v.items()
    )


_CHECKS = {
    "text": lambda v: isinstance(v, str),
    "int": _is_int,
    "instant": _is_int,
    "bool": lambda v: isinstance(v, bool),
    "day": _is_day,
    "raw": lambda v: isinstance(v, bytes),
    "digest": _is_bytes(32),
    "id": _is_bytes(16),
    "id list": _is_list_of(_is_bytes(16)),
    "digest list": _is_list_of(_is_bytes(32)),
    "text list": _is_list_of(lambda v: isinstance(v, str)),
    "fix": _is_fix,
    "about": lambda v: isinstance(v, dict) and _is_bytes(16)(v.get("entity")),
    "heads": _is_heads,
    "map": lambda v: isinstance(v, dict),
    "list": lambda v: isinstance(v, list),
}


def body_problem(kind: Kind, fields: dict):
    """Why the body does not fit its kind; None if it does."""
    for f in kind.fields:
        if f.name not in fields:
            if not f.optional:
                return f"{f.name}: missing"
            continue
        value = fields[f.name]
        if value is None and f.optional and f.merge != "":
            continue
        if not _CHECKS[f.type](value) or (f.words and value not in f.words):
            return f"{f.name}: not what this field takes"
    return _more_problem(kind.name, fields)


def _more_problem(kind: str, fields: dict):
    if kind == "answer.give" and "value" not in fields and "note" not in fields:
        return "an answer needs a value or a note"
    if kind == "attestation.say" and not 1 <= fields["clause"] <= 6:
        return "clause: 1 to 6"
    if kind == "check.start" and "arrival" not in fields and "no_fix_reason" not in fields:
        return "a check starts with an arrival or a reason why there is no fix"
    if kind == "track.append" and len(fields["points"]) > 600:
        return "points: at most 600"
    return None
