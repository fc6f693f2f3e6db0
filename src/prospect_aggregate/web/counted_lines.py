"""Rows of the lists that numbers open: what, when, for how much, how often it moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from prospect_aggregate.web import present
from prospect_aggregate.web.shelf import moved_of, promises_of, who_of

COLUMNS = (
    "source__key", "source__name", "native_id", "title", "component", "office", "naics_code",
    "set_aside", "set_aside_text", "basis", "value_min", "value_max", "value_basis", "value_text",
    "solicitation_from", "solicitation_to", "solicitation_precision", "solicitation_text",
    "award_from", "award_to", "award_precision", "award_text", "incumbent_ends_from", "incumbent_ends_to",
    "first_solicitation_from", "first_solicitation_to", "first_solicitation_precision",
    "solicitation_moves", "solicitation_slip_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    pk: int
    title: str
    address: str
    below: str
    next: present.NextDate
    set_aside: present.Shown
    value: present.Shown
    moved: str


def line_of(row: Mapping[str, Any], *, day: date) -> Line:
    return Line(
        pk=row["pk"],
        title=row["title"] or "No title published",
        address=reverse("prospect", args=[row["source__key"], row["native_id"]]),
        below=" · ".join(filter(None, (who_of(row), row["naics_code"]))),
        next=present.next_date(promises_of(row), day=day),
        set_aside=present.set_aside(row["set_aside"], row["set_aside_text"], row["basis"]),
        value=present.value(row["value_min"], row["value_max"], row["value_basis"], row["value_text"]),
        moved=moved_of(row),
    )
