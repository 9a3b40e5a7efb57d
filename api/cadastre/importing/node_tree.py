"""The rules of the node tree: kinds, parents that exist, codes that never come back."""

from collections.abc import Collection, Sequence

from api.cadastre.importing.entry import Entry, kept_rows

KINDS = ("land", "building", "apartment", "trade_unit")


def check_nodes(entries: Sequence[Entry], present: Collection[str], ended: Collection[str]) -> None:
    """Reject nodes of an unknown kind or without their parent, and codes that belonged to an ended node.

    `present` are the codes in force, `ended` those that are no longer. Below a rejected node its children
    are rejected too.
    """
    codes: dict[str, tuple[Entry, int]] = {}
    parents: dict[str, str | None] = {}
    gone = set(ended) - set(present)
    for entry in entries:
        values = entry.read.values
        named = values.get("parent_code")
        for row in kept_rows(entry):
            code, kind = values["code"][int(row)].as_py(), values["kind"][int(row)].as_py()
            if kind not in KINDS:
                expected = ", ".join(KINDS)
                entry.rejects.add(int(row), "value_invalid", f"kind: {kind!r}; expected one of {expected}.")
            elif code in gone:
                entry.rejects.add(int(row), "code_reused", f"Code {code}.")
            else:
                codes.setdefault(code, (entry, int(row)))
                parents.setdefault(code, named[int(row)].as_py() if named is not None else None)
    _reject_orphans(codes, parents, set(present))


def _reject_orphans(
    codes: dict[str, tuple[Entry, int]], parents: dict[str, str | None], present: set[str]
) -> None:
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(code)
    there = present | set(codes)
    lost = [code for parent, below in children.items() if parent not in there for code in below]
    while lost:
        code = lost.pop()
        entry, row = codes[code]
        entry.rejects.add(row, "parent_missing", f"Parent {parents[code]}.")
        if code not in present:
            lost += children.get(code, [])
