"""The wire models of the cadastre."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MatchedBy = Literal[
    "point", "key", "code", "node", "beginning", "code_reversed", "node_reversed", "beginning_reversed",
    "plate", "plate_reversed", "words", "begun", "spelling",
]  # fmt: skip
LonLat = tuple[float, float]
Box = tuple[float, float, float, float]


class ParcelItem(BaseModel):
    """A parcel in a list."""

    key: str
    matched_by: MatchedBy = Field(
        description="what of the parcel answers the question; `…_reversed`: the numbers of the code were read"
        " from the other end, as right-to-left display shows them, because as written they name nothing;"
        " those of a plate that does not say which is which were read as main/sub, after those of sub/main"
    )
    renovation_code: str | None
    registration_plate: str | None
    address: str | None
    area_m2: float
    district: str | None = Field(description="code of the district municipality")
    centroid: LonLat = Field(description="a point on the parcel: longitude, latitude")
    bbox: Box = Field(description="west, south, east, north in degrees")
    distance_m: float | None = Field(description="metres from the asked point, where one was asked")
    contains: bool = Field(description="whether the parcel holds the asked point")


class ParcelList(BaseModel):
    """A page of parcels."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "items": [
                    {
                        "key": "P-000001",
                        "matched_by": "words",
                        "renovation_code": "1-2-14-3-0-0-0",
                        "registration_plate": "123 فرعی از 45 اصلی",
                        "address": "خیابان نیلوفر، کوچهٔ ۳، پلاک ۱۲",
                        "area_m2": 250.0,
                        "district": "1",
                        "centroid": [51.66, 34.33],
                        "bbox": [51.6599, 34.3299, 51.6601, 34.3301],
                        "distance_m": None,
                        "contains": False,
                    }
                ],
                "next": None,
                "suggestions": [],
            }
        }
    )

    items: list[ParcelItem]
    next: str | None = Field(description="cursor of the next page; null on the last one")
    suggestions: list[str] = Field(description="corrected spellings, where nothing was found as written")


class LayerOut(BaseModel):
    """What the register says of a layer, over the whole city."""

    layer: str
    status: str = Field(description="complete, incomplete, unknown or not_loaded")
    source: str | None
    day: date | None
    count: int
