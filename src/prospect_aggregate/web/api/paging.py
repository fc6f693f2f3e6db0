"""Pages by keyset: a cursor names the last row given, so rows that are written meanwhile shift nothing."""

import base64
import binascii
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, TypeAdapter, ValidationError

from prospect_aggregate.web.api.problems import BadRequestError

MOST = 500
Row = TypeVar("Row", bound=Model)


class Paged(Schema):
    """What every listing that has pages can be asked."""

    cursor: str | None = Field(None, description="`next_cursor` of the page before; none for the first page.")
    limit: int = Field(
        100, ge=1, le=MOST, description="At most so many objects on this page.", examples=[100]
    )


@dataclass(frozen=True, slots=True)
class Keyset(Generic[Row]):
    """An order that tells any two rows apart: columns, all one way, where an empty one stands last."""

    columns: tuple[str, ...]
    place: TypeAdapter[Any]
    """The type of a cursor: whatever the listing adds, then one value for each column."""
    descending: bool = False
    nullable: frozenset[str] = frozenset()

    def page(
        self, rows: QuerySet[Row], asked: Paged, *, added: Sequence[Any] = ()
    ) -> tuple[list[Row], str | None]:
        """The rows after the cursor, and the cursor of the next page; None when this is the last one."""
        if asked.cursor:
            rows = rows.filter(self.beyond(self.read(asked.cursor)[len(added) :]))
        found = list(rows[: asked.limit + 1])
        if len(found) <= asked.limit:
            return found, None
        return found[: asked.limit], self.write([*added, *self._place_of(found[asked.limit - 1])])

    def beyond(self, values: Sequence[Any]) -> Q:
        """Rows that come after the one with these values."""
        after, same = Q(pk__in=()), Q()
        for column, value in zip(self.columns, values, strict=True):
            after |= same & self._later(column, value)
            same &= Q(**{f"{column}__isnull": True}) if value is None else Q(**{column: value})
        return after

    def _later(self, column: str, value: Any) -> Q:
        if value is None:
            return Q(pk__in=())
        later = Q(**{f"{column}__{'lt' if self.descending else 'gt'}": value})
        return later | Q(**{f"{column}__isnull": True}) if column in self.nullable else later

    def _place_of(self, row: Row) -> list[Any]:
        return [_value(row, column) for column in self.columns]

    def write(self, place: Sequence[Any]) -> str:
        return base64.urlsafe_b64encode(self.place.dump_json(tuple(place))).decode().rstrip("=")

    def read(self, cursor: str) -> tuple[Any, ...]:
        """Raises BadRequestError for what we did not write."""
        try:
            place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            read: tuple[Any, ...] = self.place.validate_json(place)
        except (binascii.Error, ValidationError, UnicodeEncodeError, ValueError) as error:
            raise BadRequestError("cursor: take it from next_cursor of the page before, unchanged") from error
        return read


def _value(row: Any, column: str) -> Any:
    for name in column.split("__"):
        row = getattr(row, name)
    return row


def only_known(request: HttpRequest, asked: type[Schema]) -> None:
    """Raises BadRequestError for a parameter that does not exist: ignoring it would answer another question."""
    for name in request.GET:
        if name not in asked.model_fields:
            near = difflib.get_close_matches(name, asked.model_fields, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(asked.model_fields)}"
            raise BadRequestError(f"no parameter named {name!r}; {meant}")
