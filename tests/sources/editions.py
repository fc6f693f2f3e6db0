"""Real editions taken to their end, and what to ask of them."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.text import is_placeholder
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.given import a_source, collected

MAY = date(2026, 5, 25)
READ_AS = {
    "value": "value_basis",
    "solicitation": "solicitation_from",
    "award": "award_from",
    "set_aside": "set_aside",
    "competition": "competition",
}


def taken(key: str, edition: Path, **facts: Any) -> Run:
    """The run of an edition that a person downloaded."""
    if not edition.exists():
        pytest.skip(f"{edition} is not at hand")
    registered = scraper_registry.get(key)
    artifact = archive.keep_file(a_source(registered), edition, now=timezone.now())
    return collected(registered, given=artifact, **facts)


def shelves(key: str, day: date = MAY) -> dict[str, int]:
    """How many of a source's prospects stand on which shelf."""
    return dict(Counter(Prospect.objects.of(key).on_shelves(day).values_list("outlook", flat=True)))


def unread(key: str, *fields: str) -> Counter[str]:
    """Texts that say something and were not read."""
    asked = [Prospect.objects.of(key).filter(**{READ_AS[field]: None}) for field in fields]
    texts = [
        text
        for field, rows in zip(fields, asked, strict=True)
        for text in rows.values_list(f"{field}_text", flat=True)
    ]
    return Counter(text for text in texts if text and not is_placeholder(text))


def unread_naics(key: str, heading: str) -> Counter[str]:
    """Published in this column and no code of any edition."""
    rows = Prospect.objects.of(key).filter(naics_code=None).values_list("raw", flat=True)
    published = (str(raw[heading]) for raw in rows if raw.get(heading))
    return Counter(text for text in published if not is_placeholder(text))
