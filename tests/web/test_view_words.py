"""A view in words: the same for a page, a program and a command line."""

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from prospect_aggregate.prospects.filters import BANDS, SEVERAL, Filters
from prospect_aggregate.web.view_words import words_of

DAY = date(2026, 6, 1)


@pytest.mark.django_db
def test_whatever_can_be_asked_is_said_in_words() -> None:
    several = {
        name: ("listed",) if name == "state" else BANDS[:1] if name == "band" else ("x",) for name in SEVERAL
    }
    whole = Filters(**{
        **several, "outlook": ("upcoming", "dormant"), "text": "desk", "min_value": Decimal(1), "max_value": Decimal(2),
        "solicitation_from": DAY, "solicitation_to": DAY, "changed_since": datetime(2026, 5, 18, tzinfo=UTC),
        "overdue": True, "fit": "possible", "competed": True, "include_unknown": True, "unknown": ("naics",),
    })  # fmt: skip
    assert {each.name for each in fields(Filters)} - {"include_unknown", "unknown"} == set(whole.asked)
    shelves, *words = words_of(whole)
    assert shelves == "Upcoming or Gone quiet"
    assert (
        len(words) == len(whole.asked) + 1
    )  # without the shelves; NAICS says two things, and the last is of all
    assert {"Changed since: 2026-05-18 00:00 UTC", "NAICS: unknown too", "Fit: fits or possible"} <= set(
        words
    )
    assert words[-1] == "unknown ones too"
    assert words_of(Filters()) == ("All shelves",)
