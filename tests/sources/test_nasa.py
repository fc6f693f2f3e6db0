"""NASA: what its outcome column decides, and the figures that its edition of May 2026 must give."""

from collections import Counter
from pathlib import Path

import pytest

from prospect_aggregate.normalize.vocabularies import CLOSED_PHASES
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.sources.nasa import Nasa
from tests.sources.copies import SAMPLES, drafts_of, edited, moved_down, notes_of, renamed, reordered
from tests.sources.editions import shelves, taken, unread, unread_naics

NASA = Nasa()
SAMPLE = (SAMPLES / "nasa.xlsx").read_bytes()


@pytest.fixture
def edition(real: Path) -> bytes:
    return (real / "nasa" / "2026-05-13.xlsx").read_bytes()


def test_the_outcome_decides_where_the_phase_was_not_kept_up() -> None:
    awarded, withdrawn = drafts_of(NASA, SAMPLE)[2:4]
    assert (awarded.phase.code, awarded.phase.text) == ("awarded", "Awarded")
    assert (withdrawn.phase.code, withdrawn.phase.text) == ("withdrawn_by_agency", "Withdrawn: Insourcing")
    assert notes_of(NASA, SAMPLE) == [
        "row 4: 70003 is Awarded, yet in the phase Evaluation Stage; the former counts"
    ]


def test_columns_in_another_order_give_the_same() -> None:
    assert drafts_of(NASA, edited(SAMPLE, reordered)) == drafts_of(NASA, SAMPLE)


def test_headings_one_row_further_down_give_the_same() -> None:
    assert drafts_of(NASA, edited(SAMPLE, moved_down)) == drafts_of(NASA, SAMPLE)


def test_a_renamed_heading_is_refused_by_name() -> None:
    copy = edited(SAMPLE, renamed("AwardedOrWithdrawn", "Awarded Or Not"))
    with pytest.raises(LayoutChangedError, match="NASA: heading 'AwardedOrWithdrawn' is missing"):
        drafts_of(NASA, copy)


def test_every_row_of_the_real_edition_is_a_prospect(edition: bytes) -> None:
    drafts = drafts_of(NASA, edition)
    assert (len(drafts), len({draft.native_id for draft in drafts})) == (145, 145)
    assert Counter(draft.solicitation.precision for draft in drafts) == {"quarter": 108, "year": 35, None: 2}


def test_phases_of_the_real_edition(edition: bytes) -> None:
    phases = Counter(draft.phase.code for draft in drafts_of(NASA, edition))
    assert phases == {"planning": 114, "awarded": 14, "withdrawn_by_agency": 9, "evaluation": 8}
    assert sum(phases[code] for code in CLOSED_PHASES) == 23
    assert len(notes_of(NASA, edition)) == 8


def test_what_the_real_edition_publishes_is_read(edition: bytes) -> None:
    for draft in drafts_of(NASA, edition):
        assert draft.value.text is None or draft.value.basis
        assert bool(draft.naics_codes) == ("NAICS" in draft.raw)
        assert bool(draft.psc_codes) == ("PSC Code" in draft.raw)
        assert draft.set_aside.text is None or draft.set_aside.code
        assert draft.solicitation.text is None or draft.solicitation.precision
        assert draft.award.text is None or draft.award.precision


def test_the_only_states_unread_are_no_states(edition: bytes) -> None:
    unread = {
        draft.raw.get("PlaceOfPerformanceState")
        for draft in drafts_of(NASA, edition)
        if not draft.place.state
    }
    assert unread == {None, "Nationwide US", "To Be Determined", "Not Applicable"}


def test_the_real_edition_holds_after_its_columns_move(edition: bytes) -> None:
    assert drafts_of(NASA, edited(edition, reordered)) == drafts_of(NASA, edition)
    assert drafts_of(NASA, edited(edition, moved_down)) == drafts_of(NASA, edition)


@pytest.mark.django_db
def test_shelves_of_the_real_edition(real: Path) -> None:
    run = taken("nasa", real / "nasa" / "2026-05-13.xlsx")
    assert (run.rows, run.new, run.rejected) == (145, 145, 0)
    assert shelves("nasa") == {"upcoming": 79, "passed": 20, "dormant": 15, "closed": 23, "under_way": 8}


@pytest.mark.django_db
def test_nothing_that_the_real_edition_publishes_stays_unread(real: Path) -> None:
    taken("nasa", real / "nasa" / "2026-05-13.xlsx")
    assert not unread("nasa", "value", "solicitation", "award", "set_aside", "competition")
    assert not unread_naics("nasa", "NAICS")
