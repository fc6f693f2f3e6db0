"""The database works out the same fit as Python, for any profile and any prospect."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from prospect_aggregate.prospects.fit import Fit, judge
from prospect_aggregate.prospects.fit_query import RANKS, of_fit, open_to_us, rank, values_of
from prospect_aggregate.prospects.fit_rules import Answer
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile
from tests.given import a_run, day
from tests.prospects.fits import profiles, values

pytestmark = pytest.mark.django_db


def write(rows: list[dict[str, Any]]) -> None:
    run = a_run()
    facts = {
        "source": run.source,
        "first_run": run,
        "last_run": run,
        "first_seen_at": day("2026-05-01"),
        "digest": b"",
    }
    Prospect.objects.bulk_create(
        Prospect(
            native_id=str(number), **facts, **{name: value for name, value in row.items() if "__" not in name}
        )
        for number, row in enumerate(rows)
    )


@settings(max_examples=60)
@given(profiles, st.lists(values, min_size=1, max_size=12))
def test_python_and_the_database_agree(profile: Profile, rows: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        write(rows)
        by_database = dict(Prospect.objects.annotate(rank=rank(profile)).values_list("pk", "rank"))
        known = {it.pk: judge(profile, values_of(it)) for it in Prospect.objects.select_related("source")}
        assert by_database == {pk: RANKS[verdict.fit] for pk, verdict in known.items()}
        for fit in Fit:
            listed = set(Prospect.objects.filter(of_fit(profile, fit)).values_list("pk", flat=True))
            assert listed == {pk for pk, verdict in known.items() if verdict.fit is fit}
        competed = set(Prospect.objects.filter(open_to_us(profile)).values_list("pk", flat=True))
        assert competed == {pk for pk, verdict in known.items() if not refused(verdict.factors)}
        transaction.set_rollback(True)


def refused(factors: Any) -> bool:
    return any(it.question.name == "competition" and it.answer is Answer.NO for it in factors)
