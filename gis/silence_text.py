"""Where the map or the law says nothing: what is missing, in plain sentences."""

from __future__ import annotations

from typing import Final

from gis.law import Gap
from gis.missing import Missing
from gis.precision import noise
from gis.vocabulary import name_of
from gis.words import Words, amount

_MISSING: Final = {
    "fact": ("این داده در دست نیست: {0}.", "This fact is missing: {0}."),
    "layer": ("نقشهٔ {0} در این محل کامل نیست.", "The map of {0} is not complete here."),
    "inquiry": ("نیازمند استعلام از {0} است.", "An inquiry to {0} is needed."),
    "commission": ("تصمیم با {0} است.", "It is for {0} to decide."),
    "judgement": ("نیازمند نظر {0} است.", "It needs the judgement of {0}."),
    "no_law": ("ضابطه‌ای برای این مورد ثبت نشده است: {0}.", "No provision is recorded for this: {0}."),
}


def missing_text(missing: Missing) -> Words:
    """Why an answer is undecided: what is missing, or who must answer.

    >>> missing_text(Missing("layer", "zones")).en
    'The map of zones is not complete here.'
    >>> missing_text(Missing("judgement", "split_lot")).en
    'It needs the judgement of the planning reviewer: a lot in several zones.'
    >>> from gis.missing import NO_STREET
    >>> missing_text(NO_STREET).en
    'This land touches no street; all its boundaries are with neighbours.'
    """
    if missing.said is not None:
        return missing.said
    fa, en = _MISSING[missing.kind]
    named = missing.who if missing.kind in {"inquiry", "commission", "judgement"} else name_of(missing.name)
    text = Words(fa.format(named.fa), en.format(named.en))
    about = name_of(missing.name)
    if missing.kind != "judgement" or about.en == missing.name:  # a clause for judgement has its own words
        return text
    return Words(f"{text.fa[:-1]}: {about.fa}.", f"{text.en[:-1]}: {about.en}.")


def gap_text(gap: Gap) -> Words:
    """Where the law is silent."""
    if gap.held is not None:
        return missing_text(gap.held)
    if gap.over is not None and gap.part is not None:
        return _over_text(gap)
    if gap.area <= noise("m2"):
        return Words(
            "پس از اصلاحی چیزی از این زمین نمی‌ماند.", "Nothing is left of this land after the widening."
        )
    if gap.zone is None:
        area = amount(gap.area, "m2")
        return Words(
            f"{area.fa} از این زمین در هیچ پهنه‌ای نیست؛ ضابطه‌ای برای آن ثبت نشده است.",
            f"{area.en} of this land lies in no zone; no provision is recorded for it.",
        )
    name, code = name_of(gap.need), gap.zone.code
    return Words(
        f"در پهنهٔ {code} ضابطه‌ای برای این مورد ثبت نشده است: {name.fa}.",
        f"In zone {code} no provision is recorded for this: {name.en}.",
    )


def _over_text(gap: Gap) -> Words:
    """An overlay that no provision names: that it is there, that the law is silent, and who must speak."""
    name, who = gap.title, gap.missing.who
    if gap.metres > noise("m"):
        far = amount(gap.metres, "m")
        there = Words(
            f"فاصلهٔ «{name.fa}» از این زمین {far.fa} است", f"“{name.en}” lies {far.en} from this land"
        )
    elif gap.area > noise("m2"):
        there = Words(f"بخشی از این زمین در «{name.fa}» است", f"Part of this land lies in “{name.en}”")
    else:
        there = Words(f"«{name.fa}» به این زمین می‌رسد", f"“{name.en}” reaches this land")
    return Words(
        f"{there.fa} و ضابطه‌ای برای آن ثبت نشده است؛ {who.fa} باید روشن کند که این‌جا چه می‌توان ساخت.",
        f"{there.en} and no provision is recorded for it; {who.en} must say what may be built here.",
    )
