"""Special plans in a book: what a provision takes the place of is there, and does not come back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gis.rulebook.provision import Provision
from gis.rulebook.table import Table


def refuse_bad_replacing(provisions: Sequence[Provision], top: Table) -> None:
    """A provision that takes the place of one that is not there, or of one that takes its own."""
    by_id = {provision.id: provision for provision in provisions}
    for number, provision in enumerate(provisions):
        at = f"provision[{number}].replaces"
        for name in provision.replaces:
            if name not in by_id:
                reason = f'{provision.id} takes the place of "{name}", and there is no such provision.'
                top.fault("unknown_replaces", at, reason, "Correct the id, or remove it.")
        if circle := _circle(provision, by_id):
            top.fault(
                "replaces_circle",
                at,
                f"{' → '.join(circle)}: each takes the place of the next.",
                "Say which of them holds.",
            )


def _circle(first: Provision, by_id: Mapping[str, Provision]) -> list[str]:
    """The way from a provision back to itself; empty where there is none."""
    ways, seen = [[first.id, name] for name in first.replaces], set[str]()
    while ways:
        way = ways.pop()
        if way[-1] == first.id:
            return way
        if way[-1] in by_id and way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, name] for name in by_id[way[-1]].replaces]
    return []
