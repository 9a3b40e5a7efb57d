"""The rules of the node tree: kinds, parents that exist, codes that never come back."""

from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.cadastre.importing.entry import Entry, kept_rows

KINDS = ("land", "building", "apartment", "trade_unit")


def check_nodes(entries: Sequence[Entry], present: Collection[str], ended: Collection[str]) -> None:
    """Reject nodes of an unknown kind or without their parent, and codes that belonged to an ended node.

    `present` are the codes in force, `ended` those that are no longer. Below a rejected node its children
    are rejected too.
    """
    gone = pa.array(sorted(set(ended) - set(present)), pa.string())
    for entry in entries:
        rows = kept_rows(entry)
        codes, kinds = (entry.read.values[name].take(pa.array(rows)) for name in ("code", "kind"))
        strange = pc.invert(pc.is_in(kinds, value_set=pa.array(KINDS))).to_numpy(zero_copy_only=False)
        for at in np.flatnonzero(strange):
            said = f"kind: {kinds[int(at)].as_py()!r}; expected one of {', '.join(KINDS)}."
            entry.rejects.add(int(rows[at]), "value_invalid", said)
        for at in np.flatnonzero(pc.is_in(codes, value_set=gone).to_numpy(zero_copy_only=False)):
            entry.rejects.add(int(rows[at]), "code_reused", f"Code {codes[int(at)].as_py()}.")
    while _reject_orphans(entries, pa.array(sorted(present), pa.string())):
        pass


def _reject_orphans(entries: Sequence[Entry], present: pa.Array) -> int:
    """Reject the nodes whose parent neither stays nor is in force; how many there were."""
    rows = [kept_rows(entry) for entry in entries]
    codes = [e.read.values["code"].take(pa.array(r)) for e, r in zip(entries, rows, strict=True)]
    there = pa.concat_arrays([*codes, present])
    found = 0
    for entry, kept in zip(entries, rows, strict=True):
        if "parent_code" not in entry.read.values:
            continue
        parents = entry.read.values["parent_code"].take(pa.array(kept))
        lost = pc.and_(pc.is_valid(parents), pc.invert(pc.is_in(parents, value_set=there)))
        for at in np.flatnonzero(lost.to_numpy(zero_copy_only=False)):
            entry.rejects.add(int(kept[at]), "parent_missing", f"Parent {parents[int(at)].as_py()}.")
            found += 1
    return found
