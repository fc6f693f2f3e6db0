"""All real editions together, each collected once: how many prospects, and on which shelves they stand."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.prospects import company
from prospect_aggregate.prospects.fit import Fit, judge
from prospect_aggregate.prospects.fit_query import of_fit, values_of
from prospect_aggregate.prospects.models import CLOSED_PHASES, Prospect, ProspectQuerySet
from prospect_aggregate.prospects.profile import Profile
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.scrapers.sources import state
from tests.conftest import REAL
from tests.given import a_source, collected, kept_for_many
from tests.sources.editions import shelves, unread
from tests.web.api_client import Program

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not REAL.is_dir(), reason="real editions are not at hand (../shared/data)"),
]
MAY_13, MAY_25 = date(2026, 5, 13), date(2026, 5, 25)
EDITIONS = {
    "dhs": ("dhs/2026-05-25.json", 699),
    "commerce": ("doc/2026-05-12.xlsx", 3452),
    "justice": ("doj/2026-03-09.xlsx", 506),
    "state": ("dos/2026-04.xlsx", 453),
    "energy": ("doe/2026-05-11.xlsx", 886),
    "hud": ("hud/2026-05-13.xlsx", 172),
    "nasa": ("nasa/2026-05-13.xlsx", 145),
    "navy": ("navy/onr-nrl-lrae.xlsx", 66),
    "treasury": ("treasury/2026-05-14.xls", 202),
}


@pytest.fixture(scope="module", autouse=True)
def all_of_them(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with kept_for_many(django_db_blocker, HOME=tmp_path_factory.mktemp("home")):
        for key, (path, _) in EDITIONS.items():
            registered = scraper_registry.get(key)
            artifact = archive.keep_file(a_source(registered), REAL / path, now=timezone.now())
            assert collected(registered, given=artifact).rejected == 0
        yield


def of(key: str) -> ProspectQuerySet:
    return Prospect.objects.of(key)


@pytest.mark.parametrize("key", EDITIONS)
def test_each_row_of_an_edition_is_a_prospect(key: str) -> None:
    assert of(key).listed().count() == of(key).count() == EDITIONS[key][1]


def test_outlooks_are_those_counted_by_hand() -> None:
    """As of 25 May 2026: fields.md (R20) counts 2,485 upcoming and 10 undated among 6,581 rows.

    One requirement of the Navy makes the difference: it has no dates, but its comments name the day on which the
    current contract ends, which is the anchor where there is no other.
    """
    counted = Counter(Prospect.objects.on_shelves(MAY_25).values_list("outlook", flat=True))
    assert counted == {
        "upcoming": 2485 + 1, "passed": 1301, "dormant": 2664, "under_way": 30, "closed": 91, "undated": 10 - 1,
    }  # fmt: skip
    only = of("navy").get(solicitation_to=None, award_to=None, incumbent_ends_to__gte=MAY_25)
    assert (only.solicitation_text, only.award_text) == ("TBD", "TBD")
    assert "expires" in str(only.raw["Comments or Special Requirements"])


@pytest.mark.parametrize(
    ("key", "upcoming", "passed", "dormant"),
    [("dhs", 324, 349, 18), ("commerce", 568, 414, 2470), ("justice", 235, 261, 10), ("state", 229, 209, 3),
     ("energy", 886, 0, 0), ("hud", 101, 27, 18), ("nasa", 79, 20, 15), ("navy", 33, 13, 14), ("treasury", 31, 8, 116)],
)  # fmt: skip
def test_outlooks_of_a_source(key: str, upcoming: int, passed: int, dormant: int) -> None:
    stands = Counter(shelves(key, MAY_25))
    assert (stands["upcoming"], stands["passed"], stands["dormant"]) == (upcoming, passed, dormant)


def test_what_agencies_call_over() -> None:
    over = {key: of(key).filter(phase__in=CLOSED_PHASES).count() for key in EDITIONS}
    assert {key: count for key, count in over.items() if count} == {
        "dhs": 8, "hud": 26, "nasa": 23, "treasury": 27, "state": 7,
    }  # fmt: skip
    assert not of("dhs").exclude(phase=None).exclude(phase="no_longer_required").exists()


def test_the_precision_of_promises() -> None:
    """HUD says "(Month)" above its days; 35 requirements of NASA have a year and a quarter to be determined."""

    def precisions(key: str) -> Counter[str]:
        return Counter(of(key).values_list("solicitation_precision", flat=True))

    assert precisions("hud") == {"month": 172}
    assert of("hud").filter(solicitation_to__lt=MAY_13).count() == 60
    assert precisions("nasa") == {"quarter": 108, "year": 35, None: 2}
    assert precisions("state") == {"day": 394, "quarter": 5, "month": 1, None: 53}
    assert precisions("dhs") == {"day": 699}
    assert precisions("commerce") == {"quarter": 3452}


def test_the_only_dates_unread_are_those_that_the_sources_own_words_name() -> None:
    unreadable = {"3rd (January 1 - March 31)": 10, "2/30/2026": 1, "December": 1}
    left = {key: unread(key, "solicitation", "award") for key in EDITIONS}
    assert {key: texts for key, texts in left.items() if texts} == {"state": unreadable}
    told = " ".join((state.__doc__ or "").split())
    assert f"Unread: {sum(unreadable.values())} solicitation dates" in told
    assert all(f"`{text}`" in told for text in unreadable)


def test_every_value_is_read_where_one_is_published() -> None:
    assert not any(unread(key, "value") for key in EDITIONS)


def test_no_contract_number_is_made_of_a_word() -> None:
    """Commerce writes `Ending in M0183` into the column of numbers."""
    numbers = of("commerce").exclude(incumbent_contract=None).values_list("incumbent_contract", flat=True)
    assert not [number for number in numbers if "ENDING" in number]


SAMPLE = Profile(
    naics=("541511", "541512", "541519", "541611", "541618", "518210"), eligibilities=("SB", "8A")
)


def test_the_sample_profile_fits_as_counted_by_hand() -> None:
    """As of 25 May 2026: fields.md §2 counts 196 that fit and 397 that are possible among those upcoming.

    It counts the Navy's requirement without dates as undated, and HUD's WOMAN-OWNED SB as small business; Treasury's
    `Competition: No` is no published sole source, so that it is possible. Of Energy, it leaves out 13 whose *current*
    contract was an 8(a) sole source, which says nothing of the next one (R7).
    """
    upcoming = Prospect.objects.on_shelves(MAY_25).filter(outlook="upcoming").select_related("source")
    judged = Counter(judge(SAMPLE, values_of(it)).fit for it in upcoming)
    navy, woman_owned, treasury, energy = 1, 1, 1, 13
    assert judged[Fit.FITS] == 196 + navy - woman_owned - treasury
    assert judged[Fit.POSSIBLE] == 397 + treasury + energy
    assert upcoming.filter(of_fit(SAMPLE, Fit.FITS)).count() == judged[Fit.FITS]
    assert upcoming.filter(of_fit(SAMPLE, Fit.POSSIBLE)).count() == judged[Fit.POSSIBLE]


@pytest.mark.parametrize(
    ("key", "fit"),
    [
        ("navy:097e4204598a", Fit.FITS),
        ("hud:APP-D-2026-018", Fit.NO),
        ("treasury:IRS-ITEO-26-004", Fit.POSSIBLE),
    ],
)
def test_the_differences_from_the_count_by_hand(key: str, fit: Fit) -> None:
    source, _, number = key.partition(":")
    found = of(source).select_related("source").get(native_id=number)
    assert judge(SAMPLE, values_of(found)).fit is fit


def test_an_8a_sole_source_of_energy_is_that_of_the_current_contract() -> None:
    sole = of("energy").filter(set_aside="8AN", naics_code__in=SAMPLE.naics).select_related("source")
    assert [judge(SAMPLE, values_of(it)).fit for it in sole] == [Fit.POSSIBLE] * 13


def test_pages_and_programs_count_the_same_fits() -> None:
    company.keep(SAMPLE, by="ana", now=timezone.now(), read=0)
    for fit in ("fits", "possible"):
        asked = {"fit": fit, "outlook": "upcoming", "as_of": str(MAY_25)}
        by_program = sum(map(len, Program().pages("/prospects", limit=500, **asked)))
        content = Program().client.get("/prospects/", {"fit": fit, "as_of": str(MAY_25)}).content.decode()
        assert by_program == {"fits": 195, "possible": 195 + 411}[fit]
        assert f"<strong>{by_program}</strong> shown of 2,486 upcoming" in content
