"""Editions: the same from the same seed, a week apart, and of nobody who exists."""

import re
from datetime import date, timedelta
from functools import cache
from io import BytesIO

import orjson
import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.editions import Edition, edition, editions
from prospect_aggregate.sandbox.files import write_files
from prospect_aggregate.sandbox.replica import replica, replicas

from .sources import numbers

TODAY = date(2026, 5, 25)
KEYS = list(replicas())
SMALL = 0.05
each_site = pytest.mark.parametrize("key", KEYS, scope="module")
MAILBOX = re.compile(r"[^\s;,<>()]*@[^\s;,<>()]*")


@each_site
def test_the_same_seed_gives_the_same_bytes(key):
    assert edition(key, 3, today=TODAY, scale=SMALL).content() == content(key, 3)


@each_site
def test_another_seed_gives_other_bytes(key):
    other = edition(key, 3, today=TODAY, scale=SMALL, seed=2)
    assert other.content() != content(key, 3)


@each_site
def test_there_are_six_editions_a_week_apart_and_the_last_is_of_today(key):
    made = editions(key, today=TODAY, scale=SMALL)
    assert [one.day for one in made] == [TODAY - timedelta(weeks=back) for back in (5, 4, 3, 2, 1, 0)]
    assert len({content(key, one.number) for one in made}) == 6


@each_site
def test_an_edition_does_not_depend_on_the_day_it_is_made(key):
    """A sample home that is started again next week must meet the same rows, not a new world."""
    last_week = edition(key, 6, today=TODAY - timedelta(weeks=1), scale=SMALL)
    assert content(key, 5) == last_week.content()


@each_site
def test_every_row_is_itself_once(key):
    told = numbers(key, content(key, 6, scale=1))
    assert len(told) > 50
    assert len(told) == len(set(told))


@pytest.mark.parametrize(("key", "rows"), [("dhs", 730), ("commerce", 3_450)])
def test_lists_are_as_long_as_the_real_ones(key, rows):
    first, *_, last = editions(key, today=TODAY)
    assert all(abs(_length(one) - rows) < 0.08 * rows for one in (first, last))


def test_the_scale_multiplies_the_rows():
    once, thrice = (_length(edition("dhs", 6, today=TODAY, scale=scale)) for scale in (1, 3))
    assert 2.6 < thrice / once < 3.4


@each_site
def test_no_mailbox_is_a_real_one(key):
    listing = edition(key, 6, today=TODAY, scale=0.2).listing()
    mailboxes = {box for row in listing.rows for cell in row for box in MAILBOX.findall(str(cell))}
    assert all(re.fullmatch(r"[a-z0-9.]+@example\.gov", mailbox) for mailbox in mailboxes)
    assert mailboxes or not any("mail" in heading.lower() for heading in listing.headings)


def test_the_workbook_has_its_headings_in_row_3_and_real_dates():
    sheet = CalamineWorkbook.from_filelike(_stream("commerce")).get_sheet_by_index(0).to_python()
    assert sheet[0][0] == "BAS PRISM AAP Procurement Forecast"
    assert sheet[2] == list(replica("commerce").headings)
    assert isinstance(sheet[3][2], date)


def test_the_array_holds_what_dhs_means_by_its_values():
    rows = orjson.loads(content("dhs", 6, scale=1))
    assert {row["small_business_set_aside"] for row in rows} == {True, False, None}
    assert {"None", "TBD"} < {row["small_business_program"] for row in rows}
    assert "NA" in {row["place_of_performance_state"] for row in rows}
    assert any("\r\n" in row["requirement"] for row in rows)
    assert rows[0]["dollar_range"].keys() == {"display_name", "display_order"}


def test_a_closed_row_stays_on_the_list():
    closed = [_closed(one) for one in editions("dhs", today=TODAY, count=3)]
    assert closed[0] & closed[1] & closed[2]


def test_an_edition_before_the_first_is_refused():
    with pytest.raises(ValueError, match="edition 0"):
        edition("dhs", 0, today=TODAY)


def test_a_source_without_a_replica_is_named():
    with pytest.raises(LookupError, match="no replica of 'dsh'"):
        edition("dsh", 1, today=TODAY)


def test_files_are_the_editions(tmp_path):
    files = write_files(tmp_path, today=TODAY, scale=SMALL, keys=["dhs"])
    assert [file.path for file in files] == [tmp_path / "dhs" / f"{file.day}.json" for file in files]
    assert files[2].path.read_bytes() == content("dhs", 3)


@cache
def content(key: str, number: int, scale: float = SMALL) -> bytes:
    return edition(key, number, today=TODAY, scale=scale).content()


def _length(one: Edition) -> int:
    return sum(1 for _ in one.listing().rows)


def _closed(one: Edition) -> set[int]:
    return {row["id"] for row in orjson.loads(one.content()) if row["contract_status"] == "NLR"}


def _stream(key: str) -> BytesIO:
    return BytesIO(content(key, 6))
