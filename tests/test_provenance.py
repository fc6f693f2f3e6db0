"""Every field of a prospect, traced to the cell that holds it: read here by others than our readers."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from lxml import html
from openpyxl.utils import column_index_from_string

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.text import as_text
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.origins import How, origin_of, origins_of
from prospect_aggregate.prospects.provenance import UntracedError, row_of
from prospect_aggregate.scrapers.cells import CellPlace, RowPlace
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.reader_version import reader_version
from tests.given import collected, day, named
from tests.test_real_editions import given

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent / "samples"
Look = Callable[[RowPlace, CellPlace], object]
"""What stands at that place of a file, in the words of somebody else's library."""


def in_json(body: bytes, _: RowPlace, cell: CellPlace) -> object:
    """By JSON Pointer, a text on the way opened as JSON."""
    found = json.loads(body)
    assert cell.pointer is not None
    for step in cell.pointer.split("/")[1:]:
        found = json.loads(found) if isinstance(found, str) else found
        found = found[int(step)] if isinstance(found, list) else found[step]
    return json.dumps(found, separators=(",", ":")) if isinstance(found, list | dict) and found else found


def in_workbook(book: Any, row: RowPlace, cell: CellPlace) -> object:
    assert row.sheet is not None
    return book[row.sheet][f"{cell.column}{row.number}"].value


def in_csv(lines: list[list[str]], row: RowPlace, cell: CellPlace) -> object:
    assert cell.column is not None
    return lines[row.number - 1][column_index_from_string(cell.column) - 1]


def in_page(tables: list[Any], row: RowPlace, cell: CellPlace) -> object:
    assert row.sheet is not None
    assert cell.column is not None
    line = tables[int(row.sheet.removeprefix("table ")) - 1].findall(".//tr")[row.number - 1]
    return line[column_index_from_string(cell.column) - 1].text_content()


def looker(body: bytes, suffix: str) -> Look:
    if suffix == ".json":
        return partial(in_json, body)
    if suffix == ".xlsx":
        return partial(in_workbook, openpyxl.load_workbook(io.BytesIO(body), data_only=True))
    if suffix == ".csv":
        return partial(in_csv, list(csv.reader(io.StringIO(body.decode("utf-8-sig")))))
    return partial(in_page, html.fromstring(body).xpath("//table"))


def as_seen(value: object) -> str | None:
    """A cell of somebody else's library as our pages write one."""
    if isinstance(value, datetime | date):
        is_day = not isinstance(value, datetime) or value.time() == time()
        return value.strftime("%Y-%m-%d") if is_day else value.isoformat()
    return as_text(value)  # type: ignore[arg-type]


def check(prospect: Prospect, look: Look, *, apart: frozenset[str] = frozenset()) -> int:
    """How many cells were looked up and held what we say; all but those `apart`, which the reader makes."""
    place, checked = row_of(prospect), 0
    for origin in origins_of(prospect, place):
        for cell in origin.cells:
            if cell.heading in apart:
                assert cell.column is None
                assert cell.pointer is None
                continue
            if cell.cell is None and place.pointer and cell.pointer is None:
                continue  # the record does not have that name
            said = as_text(cell.cell)
            assert as_seen(look(place, cell)) == said, (prospect.key, origin.field, cell)
            assert said == as_text(prospect.raw.get(cell.heading))
            checked += said is not None
    return checked


def kept_by(run: Run) -> bytes:
    assert run.artifact is not None
    return archive.body_of(run.artifact)


REAL = (
    ("dhs", "dhs/2026-05-25.json", frozenset[str]()),
    ("dhs", "dhs/apfs-api-2024-03.json", frozenset[str]()),
    ("commerce", "doc/2026-05-12.xlsx", frozenset[str]()),
    ("energy", "doe/2026-05-11.xlsx", frozenset[str]()),
    ("justice", "doj/2026-03-09.xlsx", frozenset[str]()),
    ("state", "dos/2026-04.xlsx", frozenset[str]()),
    ("hud", "hud/2026-05-13.xlsx", frozenset[str]()),
    ("nasa", "nasa/2026-05-13.xlsx", frozenset[str]()),
    ("navy", "navy/onr-nrl-lrae.xlsx", frozenset({"Sheet"})),
    ("treasury", "treasury/2026-05-14.xls", frozenset[str]()),
)


@pytest.mark.parametrize(("key", "edition", "apart"), REAL, ids=[edition for _, edition, _ in REAL])
def test_every_field_of_ten_prospects_points_at_its_cell(
    key: str, edition: str, apart: frozenset[str], real: Path
) -> None:
    look = looker(kept_by(given(key, real / edition)), Path(edition).suffix)
    ten = Random(edition).sample(list(Prospect.objects.order_by("native_id")), 10)
    checked = [check(prospect, look, apart=apart) for prospect in ten]
    assert min(checked) > 8


def test_after_three_weeks_each_row_is_found_in_the_edition_that_last_wrote_it(real: Path) -> None:
    editions = ("2026-05-13", "2026-05-18", "2026-05-25")
    runs = [given("dhs", real / "dhs" / f"{edition}.json", at=day(edition)) for edition in editions]
    for run in runs:
        look = looker(kept_by(run), ".json")
        written = list(Prospect.objects.filter(last_run=run).order_by("native_id"))
        assert all(check(prospect, look) > 8 for prospect in Random(run.pk).sample(written, 10))


SAMPLED = ("hhs.json", "hhs.by_hand.csv", "ssa.xlsx", "dhs.by_hand.csv", "energy.by_hand.csv", "treasury.json",
           "transportation.own_file.csv", "transportation.json", "acquisition_gateway.json",
           "acquisition_gateway.by_hand.csv")  # fmt: skip
"""Layouts of which no real edition is at hand."""
MADE = {"treasury.json": frozenset({"Bureau"})}
"""Headings that a reader makes of what stands around a record."""


@pytest.mark.parametrize("sample", SAMPLED)
def test_so_does_every_field_of_layouts_that_only_samples_show(sample: str) -> None:
    look = looker(kept_by(given(sample.partition(".")[0], SAMPLES / sample)), Path(sample).suffix)
    checked = [check(each, look, apart=MADE.get(sample, frozenset())) for each in Prospect.objects.all()]
    assert min(checked) > 5


def edition_of(key: str, folder: Path, records: list[dict[str, Any]], at: str) -> Run:
    path = folder / f"{key}-{at}.json"
    path.write_text(json.dumps(records))
    return given(key, path, at=day(at))


def records_of(key: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((SAMPLES / f"{key}.json").read_text())
    return records


def test_a_value_is_looked_for_in_the_edition_that_last_wrote_its_row(tmp_path: Path) -> None:
    one, two, three = records_of("dhs")[:3]
    first = edition_of("dhs", tmp_path, [one, two], "2026-05-01")
    touched = {**two, "requirements_title": "Another title"}
    second = edition_of("dhs", tmp_path, [three, one, touched], "2026-05-02")
    kept, rewritten = Prospect.objects.filter(first_run=first).order_by("last_run_id")
    assert (kept.last_run, row_of(kept).pointer) == (first, "/0")
    assert rewritten.last_run == second
    assert row_of(rewritten).cells["requirements_title"].pointer == "/2/requirements_title"


def test_rows_that_are_alike_to_the_letter_are_told_apart_by_their_order(tmp_path: Path) -> None:
    one, two = [each for each in records_of("hhs") if each["status"] == "PUBLISHED"][:2]
    edition_of("hhs", tmp_path, [one, two, one], "2026-05-01")
    places = {
        it.native_id[-2:] == "~2": row_of(it).pointer for it in Prospect.objects.filter(title=one["title"])
    }
    assert places == {False: "/0", True: "/2"}


def test_a_file_that_the_archive_lost_is_said_to_be_lost(tmp_path: Path) -> None:
    run = edition_of("dhs", tmp_path, records_of("dhs"), "2026-05-01")
    assert run.artifact is not None
    archive.path_of(run.artifact.sha256).unlink()
    with pytest.raises(UntracedError, match="the archive has no such file any more"):
        row_of(Prospect.objects.all()[0])


def test_what_a_program_made_stands_in_no_file(db: None) -> None:
    collected(named("Made", lambda: [ProspectDraft(native_id="1", title="Made")]))
    prospect = Prospect.objects.get()
    with pytest.raises(UntracedError, match="no file was kept"):
        row_of(prospect)
    assert {it.field: it.how for it in origins_of(prospect, None)}["title"] == How.DECLARED


def test_a_field_that_the_newest_layout_lacks_is_said_to_be_kept(tmp_path: Path) -> None:
    given("dhs", SAMPLES / "dhs.json", at=day("2026-05-01"))
    given("dhs", SAMPLES / "dhs.by_hand.csv", at=day("2026-05-02"), complete=False)
    both = Prospect.objects.filter(last_run__reader__gt="").exclude(office=None).filter(last_run__apart=False)
    origins = [origin_of(it, "office", None) for it in both if "office" not in it.last_run.layout]
    assert {it.how for it in origins} == {How.KEPT}


def test_a_derived_value_says_what_it_was_worked_out_from(real: Path) -> None:
    given("hud", real / "hud" / "2026-05-13.xlsx")
    prospect = Prospect.objects.filter(incumbent_contract__gt="").first()
    assert prospect is not None
    origins = {it.field: it for it in origins_of(prospect, row_of(prospect))}
    assert (origins["title"].how, origins["title"].cells[0].heading) == (How.WORKED_OUT, "Description")
    assert (origins["native_id"].how, origins["basis"].how) == (How.PUBLISHED, How.DECLARED)
    assert (origins["incumbent_contract"].how, origins["component"].how) == (How.READ, How.NONE)


def test_which_code_read_an_edition_is_on_record(tmp_path: Path) -> None:
    assert edition_of("dhs", tmp_path, records_of("dhs"), "2026-05-01").reader == reader_version()
