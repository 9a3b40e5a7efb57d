"""Refusals on the wire: RFC 9457 problem documents, and how the routes document them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "The request cannot be read",
    401: "Log in first",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    408: "Too slow",
    409: "Does not fit the present state",
    413: "Too large",
    422: "The input is refused",
    429: "Too many attempts",
    500: "A defect of the service",
    503: "Not available now",
}


class Problem(BaseModel):
    """A refusal that a person can act on (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Not found",
                "status": 404,
                "detail": "No parcel has the key 'P-9'.",
                "code": "parcel_unknown",
                "where": "key",
                "args": {"given": "P-9"},
                "correlation_id": "5f0c1e9a7b3d4c21",
            }
        }
    )

    type: str = Field(description="always about:blank: `code` says what happened")
    title: str
    status: int
    detail: str = Field(description="one plain sentence: what was wrong and what to do")
    code: str = Field(description="stable key of the refusal; both languages translate by it")
    where: str = Field(
        description="place in the sender's own document: JSON pointer or parameter name; may be empty"
    )
    args: dict[str, Any] = Field(description="values that the translated sentence needs")
    correlation_id: str = Field(description="also in the header X-Correlation-Id and in the log")


def problem(
    status: int, code: str, detail: str, *, where: str = "", args: dict[str, object], correlation_id: str
) -> dict[str, object]:
    """The body of a refusal.

    >>> problem(404, "parcel_unknown", "No parcel has this key.", args={}, correlation_id="1")["title"]
    'Not found'
    """
    return {
        "type": "about:blank",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": detail,
        "code": code,
        "where": where,
        "args": args,
        "correlation_id": correlation_id,
    }


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries for the refusals of a route; every route may answer 503 when the database is away, and
    one that reads a body (413) 408 when the body does not arrive.

    >>> sorted(problems(404)), sorted(problems(413))
    ([404, 503], [408, 413, 503])
    """
    always = {503, 408} if 413 in statuses else {503}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({*statuses, *always})
    }
