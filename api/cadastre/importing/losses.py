"""A full state that would empty its layer: refused until the city says that it means it."""

from collections.abc import Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from api.cadastre.importing.entry import Entry
from api.cadastre.importing.history import Change
from api.cadastre.importing.profile import Checks, LayerSource
from api.cadastre.importing.refusals import ImportRefused

LEAST = 20
"""Rows below which nothing is held back: of a handful, a few are soon a large share."""

_COUNTED = ("addresses", "buildings", "nodes", "parcels", "streets")
"""Layers whose rows are things; the same zones may be cut into a few areas or into thousands."""

_SHOWN = 3


def refuse_rejects(entries: Sequence[Entry], checks: Checks) -> None:
    """Refuse a full state whose source loses more than `may_reject_share` of its rows, and `LEAST` or more.

    The key column is named where most of them were rejected for their key, with its commonest values.
    """
    for entry in entries:
        rejected, share = len(entry.rejects.reasons), checks.may_reject_share
        if entry.given.mode != "full" or rejected < LEAST or rejected <= share * entry.rows:
            continue
        counts = entry.rejects.counts()
        reasons = ", ".join(f"{code} {n}" for code, n in counts.items())
        by_key = counts.get("duplicate_key", 0) + counts.get("key_missing", 0)
        cause = _of_the_key(entry) if 2 * by_key >= rejected else ""
        raise ImportRefused(
            "many_rejected",
            f"{rejected} of {entry.rows} rows of {entry.source.file} are rejected ({reasons}).{cause} The "
            f"layer {entry.layer.name} would be replaced by what is left. Where that is meant, say [checks] "
            f"may_reject_share = 1.0 (now {share:g}).",
            where=f"{entry.place}.columns.{entry.layer.key}" if cause else entry.place,
            rejected=rejected,
            read=entry.rows,
        )


def _of_the_key(entry: Entry) -> str:
    """What the key column holds, as a sentence for its likely being the wrong one."""
    keys = entry.read.values[entry.layer.key]
    column = entry.given.columns[entry.layer.key]
    common = pc.value_counts(keys.drop_null()).to_pylist()
    common.sort(key=lambda one: (-one["counts"], one["values"]))
    shown = ", ".join(f"{one['values']!r} {one['counts']} times" for one in common[:_SHOWN])
    held = f"has {len(common)} different values in {len(keys)} rows" + (f" ({shown})" if shown else "")
    return f" Most likely the key column is the wrong one: {column!r} {held}; a key names one row."


def refuse_endings(given: LayerSource, keys: pa.Array, change: Change, checks: Checks, place: str) -> None:
    """Refuse a full state that leaves its layer smaller by more than `may_end_share` of what is in force.

    As many new keys as end are another numbering of the same things and pass; so do a loss of fewer than
    `LEAST` rows, and zones, districts, overlays and terrain, which may be cut otherwise.
    """
    ended, brought, share = len(change.ended_ids), len(change.added), checks.may_end_share
    present = change.unchanged + len(change.changed) + ended
    lost = ended - brought
    if given.name not in _COUNTED or lost < LEAST or lost <= share * present:
        return
    gone = ", ".join(repr(key) for key in islice(change.ended_keys, _SHOWN))
    come = ", ".join(repr(key) for key in keys.slice(0, _SHOWN).to_pylist())
    raise ImportRefused(
        "many_ended",
        f"{ended} of {present} {given.name} in force would end on {given.day} and {brought} begin. Either "
        'this file is not the whole layer (then say mode = "partial"), or its key column is another one '
        f"(ending: {gone}; in the file: {come}). Where it is meant, say [checks] may_end_share = 1.0 (now "
        f"{share:g}).",
        where=place,
        ended=ended,
        in_force=present,
        brought=brought,
    )
