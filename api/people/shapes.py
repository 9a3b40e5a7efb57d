"""The wire models of people."""

from pydantic import BaseModel, ConfigDict, Field


class Credentials(BaseModel):
    """What a person logs in with."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"username": "reviewer", "password": "the one you were given"}},
    )

    username: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=1000)


class PersonOut(BaseModel):
    """A person, as the screens need one."""

    id: int
    name: str
    roles: list[str]


class SessionOut(BaseModel):
    """Who is logged in, and the token that acts of this session must carry."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "person": {"id": 3, "name": "Reviewer (sample)", "roles": ["reviewer"]},
                "csrf": "f3Jc…",
            }
        }
    )

    person: PersonOut | None
    csrf: str | None
