"""The figures that Homeland Security's editions of May must give; run where they are at hand."""

from datetime import timedelta
from pathlib import Path

import pytest

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import figure_words
from prospect_aggregate.prospects.cohorts import cohort_of
from prospect_aggregate.prospects.figure_objects import standing_objects
from prospect_aggregate.prospects.groups import WHOLE
from prospect_aggregate.prospects.landmarks import Followed, NotEnoughHistoryError
from prospect_aggregate.prospects.lives import lives_of, observations_of
from prospect_aggregate.prospects.reliability import figures_of, reliability_of
from prospect_aggregate.prospects.stock import stocks_of
from tests.given import day
from tests.test_real_editions import MAY, given

pytestmark = pytest.mark.django_db


@pytest.fixture
def dhs(real: Path) -> Source:
    for edition in ("2026-05-13", "2026-05-18", "2026-05-25"):
        given("dhs", real / "dhs" / f"{edition}.json", at=day(edition))
    return Source.objects.get(key="dhs")


def test_the_sentence_of_passed_dates(dhs: Source) -> None:
    stocks = stocks_of(dhs, day=MAY)
    assert figure_words.stock_sentence(stocks.groups[WHOLE].counts) == (
        "367 of 691 dated forecasts (53 %) show a solicitation date that has passed. 18 of them passed more than "
        "180 days ago. A passed date may mean that the solicitation is out: check SAM.gov."
    )


def test_three_weeks_are_not_enough_for_ninety_days(dhs: Source) -> None:
    with pytest.raises(NotEnoughHistoryError) as told:
        reliability_of(dhs, day=MAY, horizon=90)
    said = "not enough history yet (needs 90 days of unbroken collection; there are 12)"
    assert str(told.value) == said


def followed(days: int) -> Followed:
    start = day("2026-05-13")
    return Followed(start, start + timedelta(days=days), start + timedelta(days=days))


def test_what_twelve_days_show_of_the_forecasts_of_13_may(dhs: Source) -> None:
    assert observations_of(dhs) == [day("2026-05-13"), day("2026-05-18"), day("2026-05-25")]
    cohort = cohort_of(lives_of(dhs), followed(12))
    figures = figures_of(cohort)[WHOLE]
    assert figure_words.moved_sentence(figures, cohort.followed) == (
        "Of 711 forecasts listed on 13 May 2026, 4 (0.6 %, 95 % interval 0.2–1.4 %) had their date moved later within "
        "12 days. Among those that moved: 23, 54, 63, 72 days."
    )
    assert (figures.listed, figures.excluded["closed"]) == (718, 7)
    outcomes = {it.value: count for it, count in figures.outcomes.items() if count}
    assert outcomes == {
        "later": 4, "earlier": 1, "left_early": 1, "left_due": 49, "stands_passed": 375, "stands_ahead": 281,
    }  # fmt: skip
    assert (figures.stood.k, figures.stood.n) == (39, 39)


def test_the_parts_of_every_group_add_up(dhs: Source) -> None:
    for it in standing_objects(dhs, day=MAY, horizon=90):
        assert it["listed"] == it["dated"] + it["undated"] + it["closed"] + it["under_way"]
        assert it["dormant"] <= it["passed"] <= it["dated"]
