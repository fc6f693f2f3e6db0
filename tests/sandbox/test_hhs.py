"""Health and Human Services' replica, read by the real source and collected from a sandbox of its own."""

from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import orjson
import pytest

from prospect_aggregate.sandbox.editions import edition, editions
from prospect_aggregate.sandbox.server import Server
from prospect_aggregate.scrapers.sources.hhs import HealthAndHumanServices
from tests.sandbox.proof import TODAY, collected, read

SOURCE = HealthAndHumanServices()


@pytest.fixture(scope="module")
def contents() -> list[bytes]:
    return [one.content() for one in editions("hhs", today=TODAY)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(today=TODAY, keys=["hhs"]) as running:
        yield running


def ask(server: Server, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Host": "osdbu.hhs.gov"})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, body


def records(content: bytes) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = orjson.loads(content)
    return listed


@pytest.mark.parametrize("number", range(6))
def test_each_edition_is_read_whole(contents: list[bytes], number: int) -> None:
    listed = records(contents[number])
    published = [record for record in listed if record["status"] == "PUBLISHED"]
    drafts, table = read(SOURCE, contents[number])
    assert abs(len(listed) - 4200) < 300
    assert len(drafts) == len(published) < len(listed)
    assert table.notes == [f"{len(listed) - len(published)} records are not PUBLISHED and were left out"]


def test_every_range_of_the_form_is_used_and_read(contents: list[bytes]) -> None:
    listed = records(contents[-1])
    drafts, _ = read(SOURCE, contents[-1])
    assert {f"RANGE_{number}" for number in (*range(1, 13), "TBD")} < {
        r["totalContractRange"] for r in listed
    }
    assert {draft.value.text for draft in drafts if draft.value.basis is None} == {"RANGE_TBD", "TBD"}


def test_years_typed_wrong_stay_unread(contents: list[bytes]) -> None:
    drafts, _ = read(SOURCE, contents[-1])
    unread = {(draft.award.text or "")[:4] for draft in drafts if draft.award.precision is None}
    assert unread == {"", "2151", "2206"}


def test_a_third_of_the_solicitations_have_no_month(contents: list[bytes]) -> None:
    months = [record["targetSolicitationMonth"] for record in records(contents[-1])]
    assert months.count(None) / len(months) == pytest.approx(1538 / 4201, abs=0.03)


def test_most_records_last_from_week_to_week(contents: list[bytes]) -> None:
    before, after = ({record["uuid"] for record in records(content)} for content in contents[-2:])
    assert 0.97 < len(before & after) / len(before) < 1


def test_the_page_answers_404_with_its_content(server: Server) -> None:
    status, body = ask(server, "/industry/opportunity-forecast")
    assert (status, b"/api/sbcxopportunities/" in body) == (404, True)


def test_an_empty_filter_means_everything(server: Server) -> None:
    assert ask(server, "/api/sbcxopportunities/?filter=")[1] == edition("hhs", 6, today=TODAY).content()


def test_a_filter_finds_divisions(server: Server) -> None:
    _, body = ask(server, "/api/sbcxopportunities/?filter=SAMHSA")
    assert {record["divisionAcronym"] for record in records(body)} <= {"SAMHSA"}


def test_the_choices_of_the_form_can_be_asked_for(server: Server) -> None:
    choices = orjson.loads(ask(server, "/api/sbcxforecastchoices/")[1])
    assert choices["anticipatedStrategy"] == ["tbd", "smallBusiness", "fullopen"]


def test_it_is_collected_whole_in_a_fresh_home(server: Server, contents: list[bytes], tmp_path: Path) -> None:
    count = len(read(SOURCE, contents[-1])[0])
    assert collected(server, "hhs", tmp_path) == (
        f"hhs: succeeded, {count:,} rows: {count:,} new, 0 changed, 0 gone, 0 rejected (run 1)\n"
    )
