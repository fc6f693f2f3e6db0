"""Types that every object of the API is made of."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from prospect_aggregate.normalize.money import value_range

Precision = Literal["day", "month", "quarter", "year"]


def shown(description: str, example: Any) -> Any:
    """A field with what it means and one value as it looks."""
    return Field(description=description, examples=[example])


def _dollars(value: Any) -> Decimal:
    """250000, 250K or 1.5M, as on the command line. Raises ValueError for anything else."""
    amount = value_range(f"${value}" if str(value)[:1].isdigit() else str(value)).min
    if amount is None:
        raise ValueError(f"{value!r}: write 250000, 250K or 1.5M")
    return amount


_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(value: Any) -> Any:
    """A bare number would be taken for seconds since 1970. Raises ValueError."""
    if isinstance(value, date | datetime) or (isinstance(value, str) and _DATED.match(value)):
        return value
    raise ValueError("write 2026-05-13, or 2026-05-13T06:00:00Z where a time is meant")


def _in_utc(moment: datetime) -> datetime:
    """Without a zone it is UTC, as on the command line."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Money = Annotated[
    Decimal,
    PlainSerializer(str, when_used="always"),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\.\d{2}$"}),
]
"""Dollars with two decimals, as a string: no program rounds it by accident."""
Dollars = Annotated[Decimal, BeforeValidator(_dollars), WithJsonSchema({"type": "string"})]
"""Dollars as people write them in a filter."""
Day = Annotated[date, BeforeValidator(_written)]
"""A date in a question."""
Moment = Annotated[
    datetime,
    BeforeValidator(_written),
    AfterValidator(_in_utc),
    WithJsonSchema({"type": "string", "pattern": f"^{_DATED.pattern}"}),
]
"""A date and time in a question."""
