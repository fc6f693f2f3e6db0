"""The figures that real editions must give; run where they are at hand."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Run
from prospect_aggregate.prospects import joined
from prospect_aggregate.prospects.models import Change, Pair, Prospect
from prospect_aggregate.prospects.rereading import SLIP
from prospect_aggregate.prospects.search import Filters, search
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.given import a_source, collected, day

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 25)
HEADING_ROW = 2  # counted from 0


def given(key: str, path: Path, **facts: Any) -> Run:
    """An edition that a person downloaded, taken to its end."""
    registered = scraper_registry.get(key)
    artifact = archive.keep_file(a_source(registered), path, now=timezone.now())
    return collected(registered, given=artifact, **facts)


@pytest.fixture
def three_weeks(real: Path) -> list[Run]:
    editions = ("2026-05-13", "2026-05-18", "2026-05-25")
    return [given("dhs", real / "dhs" / f"{edition}.json", at=day(edition)) for edition in editions]


def test_homeland_security_over_three_weeks(three_weeks: list[Run]) -> None:
    assert [run.rows for run in three_weeks] == [718, 686, 699]
    states = Prospect.objects.values_list("state", flat=True)
    counted = {state: list(states).count(state) for state in set(states)}
    gone = counted["expired"] + counted["withdrawn"]
    assert (len(states), counted["listed"], counted["missing"], gone) == (774, 699, 25, 50)


def test_homeland_securitys_dates_move_as_often_as_published(three_weeks: list[Run]) -> None:
    moved = list(Change.objects.filter(field="solicitation").values_list("shift_days", flat=True))
    assert (len(moved), sum(days > 0 for days in moved)) == (6, 4)
    assert Change.objects.filter(field="award").count() == 6
    assert Change.objects.filter(field="value").count() == 1


def test_a_star_that_comes_or_goes_is_no_change(three_weeks: list[Run], real: Path) -> None:
    assert not Prospect.objects.filter(native_id__startswith="*").exists()
    assert not Change.objects.filter(field="native_id").exists()


def test_homeland_securitys_numbers_leave_no_likely_pair(three_weeks: list[Run]) -> None:
    """56 came and 75 went; the one title that is alike, `Repair HVAC Systems at …`, is of another building."""
    assert not Pair.objects.exists()


def test_the_ledger_tells_every_slip_as_it_was_counted(three_weeks: list[Run]) -> None:
    counted = list(Prospect.objects.order_by("pk").values_list(*SLIP))
    for prospect in Prospect.objects.exclude(solicitation_moves=0):
        joined.rejoin(prospect)
    assert list(Prospect.objects.order_by("pk").values_list(*SLIP)) == counted


def test_homeland_securitys_overdue_list(three_weeks: list[Run]) -> None:
    assert search(Filters(source="dhs", overdue=True), day=MAY).count() == 367
    passed = Prospect.objects.listed().filter(solicitation_to__lt=MAY)
    assert (passed.count(), passed.filter(phase="no_longer_required").count()) == (373, 6)


def test_two_digit_years_are_read(real: Path) -> None:
    given("dhs", real / "dhs" / "2026-05-25.json")
    short = Prospect.objects.filter(solicitation_text__regex=r"^\d\d/\d\d/\d\d$")
    assert all(prospect.solicitation_from is not None for prospect in short)
    assert Prospect.objects.filter(solicitation_from=None).count() == 0


def test_homeland_securitys_layout_of_2024(real: Path) -> None:
    run = given("dhs", real / "dhs" / "apfs-api-2024-03.json")
    assert (run.rows, run.new, run.rejected) == (802, 802, 0)
    assert Prospect.objects.exclude(description=None).count() == 802


@pytest.fixture
def commerce(real: Path) -> Path:
    return real / "doc" / "2026-05-12.xlsx"


def test_commerce_is_read_whole_and_known_again(commerce: Path) -> None:
    assert given("commerce", commerce).new == 3452
    assert given("commerce", commerce).status == "unchanged"


def rewritten(
    workbook: Path, to: Path, *, rename: dict[str, str] | None = None, reverse: bool = False
) -> Path:
    """A copy of a workbook's first sheet with other headings, or its columns in reverse order."""
    cells = python_calamine.CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
    cells[HEADING_ROW] = [(rename or {}).get(cell, cell) for cell in cells[HEADING_ROW]]
    book = xlsxwriter.Workbook(to, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate(cells):
        for position, cell in enumerate(reversed(row) if reverse else row):
            if cell != "":
                sheet.write(number, position, cell)
    book.close()
    return to


def test_commerce_with_a_renamed_heading_is_refused(commerce: Path, tmp_path: Path) -> None:
    given("commerce", commerce)
    copy = rewritten(commerce, tmp_path / "renamed.xlsx", rename={"Estimated Value Range": "Est. Value"})
    with pytest.raises(LayoutChangedError, match="'Estimated Value Range' is missing"):
        given("commerce", copy)
    assert Prospect.objects.listed().count() == 3452


def test_commerce_with_its_columns_in_another_order_is_the_same(commerce: Path, tmp_path: Path) -> None:
    given("commerce", commerce)
    run = given("commerce", rewritten(commerce, tmp_path / "reversed.xlsx", reverse=True))
    assert (run.status, run.rows, run.new, run.changed, run.gone) == ("succeeded", 3452, 0, 0, 0)


def test_commerce_is_read_where_it_can_be_read(commerce: Path) -> None:
    given("commerce", commerce)
    listed = Prospect.objects.listed()
    for field in ("solicitation_from", "value_max", "naics_code", "set_aside", "competition"):
        unread = listed.filter(**{field: None})
        if field == "value_max":
            unread = unread.filter(value_min=None)
        assert unread.count() == 0, field
    assert listed.filter(competition="sole_source").count() == 1072


def test_an_edition_is_written_with_few_statements(
    commerce: Path, django_assert_max_num_queries: Any
) -> None:
    given("commerce", commerce)
    registered = scraper_registry.get("commerce")
    artifact = archive.keep_file(a_source(registered), commerce, now=timezone.now())
    with django_assert_max_num_queries(60):
        collected(registered, given=artifact, force=True)


def test_bytes_of_a_workbook_are_kept_as_they_came(commerce: Path) -> None:
    run = given("commerce", commerce)
    assert run.artifact is not None
    assert io.BytesIO(archive.body_of(run.artifact)).read() == commerce.read_bytes()
