"""Types that every object of the API is made of."""

from datetime import UTC, datetime
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
Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A date and time in a question."""
