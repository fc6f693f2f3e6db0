"""Social Security's replica: the newest file is found on the page, and its print bands hold nothing."""

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from prospect_aggregate.sandbox.editions import edition, editions
from prospect_aggregate.sandbox.replica import Asked, replica
from prospect_aggregate.sandbox.replicas.ssa import named
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.links import find_link, links_of
from prospect_aggregate.scrapers.sources.ssa import SocialSecurity
from tests.sources.editions import shelves, taken

from .pages import page
from .proof import collected, read
from .workbooks import SEEDS, TODAY, apart

SSA = SocialSecurity()
SITE = replica("ssa")
EDITIONS = editions("ssa", today=TODAY)


def grid(content: bytes) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(BytesIO(content))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )


def chosen(day) -> str:
    return find_link(page("ssa", day), base=SSA.address, matching=SSA.link, near=SSA.near)


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_every_edition_is_read_whole(edition):
    drafts, _ = read(SSA, edition.content())
    assert len(drafts) == len({draft.native_id for draft in drafts}) == 125


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_the_page_leads_to_the_newest_file(edition):
    assert chosen(edition.day) == f"https://{SITE.host}{named(edition.day)}"
    asked = Asked("GET", named(edition.day), day=edition.day)
    assert SITE.answer(asked, lambda: b"the list").body == b"the list"


def test_a_file_in_the_menu_has_a_later_date_in_its_name_and_last_years_rows():
    links = [link for link in links_of(page("ssa", TODAY), SSA.address) if SSA.link.search(link.address)]
    menu = next(link for link in links if "Main Menu" in link.headings)
    assert menu.address.endswith("_12112026.xlsm")
    stale = SITE.answer(
        Asked("GET", menu.address.removeprefix(f"https://{SITE.host}"), day=TODAY), bytes
    ).body
    assert len(read(SSA, stale)[0]) == 125
    assert grid(stale)[1][0] == "Fiscal Year 2025"


def test_the_headings_stand_again_over_two_empty_bands():
    lines = grid(EDITIONS[-1].content())
    assert [place for place, cell in enumerate(lines[3]) if cell == "APP #"] == [1, 36, 52]
    assert len(lines[3]) == 66
    assert not any(any(line[15:]) for line in lines[4:])


@pytest.mark.parametrize(("year", "row"), [(2025, 5), (2026, 4)])
def test_the_headings_moved_up_a_row_in_2026(year, row):
    assert read(SSA, edition("ssa", 6, today=TODAY.replace(year=year)).content())[1].heading_row == row


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fifth_of_the_rows_tell_of_the_current_contract(seed):
    drafts, _ = read(SSA, edition("ssa", 6, today=TODAY, seed=seed).content())
    told = [bool(draft.incumbent_name) for draft in drafts]
    assert apart({"told": 20 / 94}, {"told": sum(told) / len(told)}) == []
    assert [bool(draft.naics_codes) for draft in drafts] == told
    assert [draft.requirement_type == "recompete" for draft in drafts] == told


def test_costs_are_by_the_year_or_various():
    values = [draft.value for draft in read(SSA, EDITIONS[-1].content())[0]]
    assert {value.basis for value in values} == {"year", None}
    assert {value.text for value in values if value.basis is None} == {"Various"}


@pytest.mark.django_db
def test_most_awards_lie_ahead(tmp_path):
    path = tmp_path / "edition.xlsm"
    path.write_bytes(EDITIONS[-1].content())
    run = taken("ssa", path)
    assert (run.rows, run.new, run.rejected) == (125, 125, 0)
    counts = shelves("ssa")
    assert counts["upcoming"] > 100
    assert counts.keys() <= {"upcoming", "passed"}


def test_the_product_collects_it(tmp_path: Path):
    with Server(today=TODAY, keys=["ssa"]) as server:
        said = collected(server, "ssa", tmp_path / "home")
    assert said == "ssa: succeeded, 125 rows: 125 new, 0 changed, 0 gone, 0 rejected (run 1)\n"
