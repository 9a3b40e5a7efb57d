"""What a limit means in plain words, by measure and relation, for who has drawn nothing yet.

{0} is the limit, {1} the edge, {2} the measure, {3} the land of a ratio, {4} an angle, {5} storeys.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("coverage", "at_most"): (
        "ساختمان می‌تواند تا {0} {3} را بپوشاند.",
        "The building may cover up to {0} of {3}.",
    ),
    ("coverage", "at_least"): (
        "ساختمان باید دست‌کم {0} {3} را بپوشاند.",
        "The building must cover at least {0} of {3}.",
    ),
    ("density", "at_most"): (
        "کل زیربنا می‌تواند تا {0} مساحت {3} باشد.",
        "All floors together may reach {0} of the area of {3}.",
    ),
    ("density", "at_least"): (
        "کل زیربنا باید دست‌کم {0} مساحت {3} باشد.",
        "All floors together must reach {0} of the area of {3}.",
    ),
    ("storeys", "at_most"): ("تا {0} می‌توانید بسازید.", "You may build up to {0}."),
    ("storeys", "at_least"): ("باید دست‌کم {0} بسازید.", "You must build at least {0}."),
    ("height", "at_most"): (
        "ارتفاع ساختمان می‌تواند تا {0} باشد.",
        "The building may be up to {0} high.",
    ),
    ("height", "at_least"): (
        "ارتفاع ساختمان باید دست‌کم {0} باشد.",
        "The building must be at least {0} high.",
    ),
    ("setback", "at_least"): ("از {1} دست‌کم {0} فاصله بگیرید.", "Keep at least {0} from {1}."),
    ("setback", "at_most"): ("از {1} بیش از {0} فاصله نگیرید.", "Stay within {0} of {1}."),
    ("units", "at_most"): ("تا {0} می‌توانید بسازید.", "You may build up to {0}."),
    ("open_space_per_unit", "at_least"): (
        "برای هر واحد دست‌کم {0} فضای باز لازم است.",
        "Each unit needs at least {0} of open space.",
    ),
    ("mass_depth", "at_most"): (
        "ساختمان می‌تواند تا {0} از عمق زمین را بگیرد.",
        "The building may take up to {0} of the depth of the lot.",
    ),
    ("light_plane", "at_most"): (
        "هیچ بخشی از ساختمان نباید از صفحه‌ای با شیب {4} درجه بالاتر برود که در {1} از ارتفاع {0} آغاز می‌شود.",
        "No part of the building may rise above a plane of {4}° that begins {0} above the ground at {1}.",
    ),
    ("clear_height", "at_least"): (
        "ارتفاع مفید {5} باید دست‌کم {0} باشد.",
        "The clear height of {5} must be at least {0}.",
    ),
    ("clearance", "at_least"): ("از {6} دست‌کم {0} فاصله بگیرید.", "Keep at least {0} from {6}."),
    ("area_inside", "at_most"): ("در {6} تا {0} می‌توانید بسازید.", "You may build up to {0} inside {6}."),
    ("share_inside", "at_least"): (
        "دست‌کم {0} زمین باید در {6} باشد.",
        "At least {0} of the land must lie inside {6}.",
    ),
    ("share_inside", "at_most"): (
        "تا {0} زمین می‌تواند در {6} باشد.",
        "Up to {0} of the land may lie inside {6}.",
    ),
    ("slope_mean", "at_most"): (
        "شیب میانگین زمین می‌تواند تا {0} باشد.",
        "The mean slope of the land may be up to {0}.",
    ),
    ("slope_p90", "at_most"): (
        "شیب نود درصد زمین می‌تواند تا {0} باشد.",
        "On 90% of the land the slope may be up to {0}.",
    ),
    ("lot_area", "at_least"): (
        "زمین پس از اصلاحی باید دست‌کم {0} باشد.",
        "The lot must have at least {0} after widening.",
    ),
    ("frontage", "at_least"): ("طول بر زمین باید دست‌کم {0} باشد.", "The frontage must be at least {0}."),
    ("street_width", "at_least"): (
        "عرض گذر باید دست‌کم {0} باشد.",
        "The street must be at least {0} wide.",
    ),
    ("parking", "at_least"): ("دست‌کم {0} لازم است.", "At least {0} are needed."),
    ("projection_depth", "at_most"): (
        "پیش‌آمدگی می‌تواند تا {0} از {1} بیرون بزند.",
        "A projection may reach up to {0} beyond {1}.",
    ),
    ("projection_clearance", "at_least"): (
        "زیر پیش‌آمدگی باید دست‌کم {0} بالاتر از کف پیاده‌رو باشد.",
        "The underside of a projection must be at least {0} above the pavement.",
    ),
    ("projection_share", "at_most"): (
        "پیش‌آمدگی‌های هر طبقه می‌توانند روی هم تا {0} طول {1} را بگیرند.",
        "The projections of one storey may together take up to {0} of the length of {1}.",
    ),
    ("projection_side", "at_least"): (
        "پیش‌آمدگی باید در راستای {1} دست‌کم {0} از مرز همسایه فاصله بگیرد.",
        "A projection must keep at least {0} from the neighbour's boundary, along {1}.",
    ),
    ("chamfer", "at_least"): (
        "در {1} باید پخی با قاعدهٔ دست‌کم {0} از ساختمان خالی بماند.",
        "At {1} a chamfer with a base of at least {0} must stay free of building.",
    ),
    ("chamfer_leg", "at_least"): (
        "در {1} باید پخی با ضلع‌های دست‌کم {0} از ساختمان خالی بماند.",
        "At {1} a chamfer with legs of at least {0} must stay free of building.",
    ),
    ("gate_width", "at_least"): (
        "درِ خودرو باید دست‌کم {0} پهنا داشته باشد.",
        "A vehicle gate must be at least {0} wide.",
    ),
    ("closed_projection", "at_most"): (
        "از هر پیش‌آمدگی تا {0} می‌تواند فضای بستهٔ روی گذر باشد.",
        "Up to {0} of a projection may be closed space over the street.",
    ),
}
ZERO: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("setback", "at_least"): ("می‌توانید تا {1} بسازید.", "You may build up to {1}."),
    ("projection_depth", "at_most"): (
        "هیچ پیش‌آمدگی نباید از {1} بیرون بزند.",
        "No projection may reach beyond {1}.",
    ),
    ("gate_in_chamfer", "at_most"): (
        "درِ خودرو نباید در پخ باشد.",
        "No vehicle gate may open in a chamfer.",
    ),
    ("area_inside", "at_most"): ("در {6} چیزی نسازید.", "Build nothing inside {6}."),
    ("closed_projection", "at_most"): (
        "پیش‌آمدگی روی گذر باید باز باشد؛ اتاق و فضای بسته روی گذر مجاز نیست.",
        "A projection over the street must be open; no closed space may stand over it.",
    ),
}
"""The sentence where the limit is nothing at all."""
ANY: Final = {
    "at_most": ("{2} می‌تواند تا {0} باشد.", "{2} may be up to {0}."),
    "at_least": ("{2} باید دست‌کم {0} باشد.", "{2} must be at least {0}."),
}
"""For measures without words of their own."""
