"""The Commerce story on its real edition: a list that the agency halved, held, and then believed."""

import io
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import timezone
from python_calamine import CalamineWorkbook

from prospect_aggregate import review
from prospect_aggregate.collection import archive, held
from prospect_aggregate.collection.models import Alert, Ruling, Run
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import Registered, scraper_registry
from prospect_aggregate.tasks.execution import execute
from tests.given import a_run, a_source, day

pytestmark = pytest.mark.django_db
BEFORE_THE_LIST = 3  # rows: a title, a banner, the headings


@pytest.fixture
def commerce() -> Registered:
    return scraper_registry.get("Commerce")


def cut(book: Path, rows: int) -> bytes:
    """The same workbook with every other row left out, so many of them kept."""
    sheet = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    kept = [*sheet[:BEFORE_THE_LIST], *sheet[BEFORE_THE_LIST::2], *sheet[BEFORE_THE_LIST + 1 :: 2]]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd", "in_memory": True}) as copy:
        written = copy.add_worksheet("Sheet1")
        for number, cells in enumerate(kept[: BEFORE_THE_LIST + rows]):
            written.write_row(number, 0, [cell if cell != "" else None for cell in cells])
    return stream.getvalue()


def given(registered: Registered, body: bytes, folder: Path, *, week: int) -> Run:
    path = folder / f"{week}.xlsx"
    path.write_bytes(body)
    source = a_source(registered)
    kept = archive.keep_file(source, path, now=timezone.now())
    run = a_run(registered, given=kept, observed_at=day("2026-05-12") + timedelta(weeks=week))
    with suppress(ScraperError):  # the run says it
        execute(run.pk, registered.run)
    run.refresh_from_db()
    return run


def test_a_halved_list_is_held_let_in_as_a_clean_up_and_judged_from_there_on(
    commerce: Registered, real: Path, tmp_path: Path
) -> None:
    book = real / "doc" / "2026-05-12.xlsx"
    assert given(commerce, book.read_bytes(), tmp_path, week=0).new == 3452
    half = cut(book, 1654)
    halved = given(commerce, half, tmp_path, week=1)
    assert (halved.status, halved.rows) == ("quarantined", 1654)
    assert Prospect.objects.listed().count() == 3452

    assert given(commerce, half, tmp_path, week=2).status == "quarantined"  # fetched again
    assert Alert.objects.count() == 1

    ruling = review.let_in(halved, reason=Ruling.Reason.CLEAN_UP, note="halved", by="ana", now=timezone.now())
    assert ruling.admitted
    execute(ruling.admitted.pk, commerce.run)
    assert Prospect.objects.listed().count() == 1654
    assert given(commerce, cut(book, 1660), tmp_path, week=3).status == "succeeded"
    assert (held.waiting(), Alert.objects.filter(closed_at=None).count()) == ([], 0)


def test_a_halved_list_kept_out_stays_out_when_it_is_fetched_again(
    commerce: Registered, real: Path, tmp_path: Path
) -> None:
    book = real / "doc" / "2026-05-12.xlsx"
    half = cut(book, 1654)
    given(commerce, book.read_bytes(), tmp_path, week=0)
    halved = given(commerce, half, tmp_path, week=1)
    review.keep_out(halved, note="half a file", by="ana", now=timezone.now())
    assert given(commerce, half, tmp_path, week=2).status == "quarantined"
    assert Prospect.objects.listed().count() == 3452
    assert Alert.objects.count() == 1
