"""Schemas: what bodies and answers have in common; nothing that is not asked for is taken."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

T = TypeVar("T")
LARGEST_ID = 2**53 - 1
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _within(at: datetime) -> datetime:
    if not EARLIEST <= at.astimezone(UTC) < LATEST:
        raise ValueError("between the years 1970 and 2200")
    return at


def _in_reach(at: datetime) -> datetime:
    try:
        return _within(at)
    except OverflowError as far:
        raise ValueError("between the years 1970 and 2200") from far


Id = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]
Key = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Instant = Annotated[AwareDatetime, Field(strict=False), AfterValidator(_in_reach)]


class Input(Schema):
    """A body; unknown fields are an error, so that a slip of the pen is not lost."""

    model_config = ConfigDict(extra="forbid")


class Output(Schema):
    """An answer, or a part of one."""


class Page(Output, Generic[T]):
    """Some of many, in the order of the list."""

    items: list[T]
    next: str | None = Field(
        description="Send it as `after` for what follows; null where the list ends"
    )


class Paging(Input):
    """Where to go on, and how far."""

    after: str = Field("", max_length=500, description="The `next` of the page before")
    limit: int = Field(50, ge=1, le=100)


def given(body: Schema) -> dict[str, Any]:
    """The fields that a body named, as they are: what it left out stays as it was."""
    return {name: getattr(body, name) for name in body.model_fields_set}
