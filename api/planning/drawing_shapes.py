"""The wire model of a drawing that was read."""

from typing import Any

from pydantic import BaseModel, Field


class DrawingOut(BaseModel):
    """What a drawing holds, and every difference between what it declares and what is drawn."""

    mapping: dict[str, Any] = Field(description="the family of layer names under which it was read")
    unit: dict[str, Any] = Field(description="the unit it was read in, and what of its content agrees")
    plot: dict[str, Any] | None
    shapes: list[dict[str, Any]] = Field(description="outlines in metres of the drawing's own plane")
    heights: list[dict[str, Any]]
    declared: list[dict[str, Any]] = Field(description="what its texts declare")
    comparisons: list[dict[str, Any]] = Field(
        description="agrees, differs or undecided, with both numbers, tolerance, citation, text and shape"
    )
    differences: int
    left_out: list[dict[str, Any]] = Field(description="what stands on a layer of the plan and is not taken")
    unknown_layers: list[dict[str, Any]]
    floors: list[dict[str, Any]] = Field(description="each floor, and whether it could be laid on the plot")
    placement: dict[str, Any] | None = Field(
        description="placed, ambiguous, fits_nowhere or no_plot, with residuals; null without a parcel"
    )
    proposal: dict[str, Any] | None = Field(
        description="a proposal to be completed (use, units and floor heights are null); null while a floor"
        " or the place is open"
    )
