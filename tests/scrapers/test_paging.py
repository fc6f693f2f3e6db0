"""Pages of an API: when a list ends, what is kept, and whether it was whole."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from prospect_aggregate.scrapers import paging
from prospect_aggregate.scrapers.answer import Fetched
from prospect_aggregate.scrapers.errors import LayoutChangedError, TransientError
from prospect_aggregate.scrapers.paging import Page, gather, join, reader_of


def fetched(body: bytes) -> Fetched:
    address = "https://list.example.gov/"
    return Fetched(
        body, address, address, 200, "application/json", '"tag"', "today", "x.json", datetime.now(UTC)
    )


def page(*numbers: int, total: int | None = None) -> bytes:
    return json.dumps({"total": total, "numbers": numbers}).encode()


def open_page(parsed: object) -> Page:
    assert isinstance(parsed, dict)
    return Page([(str(number), {"number": number}) for number in parsed["numbers"]], parsed["total"])


read = reader_of(open_page)


class Server:
    """Serves its pages in order, then its last one for ever."""

    def __init__(self, *pages: bytes) -> None:
        self.pages, self.asked = pages, 0

    def __call__(self, number: int) -> Fetched:
        self.asked += 1
        return fetched(self.pages[min(number, len(self.pages) - 1)])


def read_numbers(body: bytes) -> Sequence[object]:
    return [cells[0] for _, cells in read(body).rows]


def test_a_total_that_agrees_needs_one_page_without_news() -> None:
    server = Server(page(1, 2, total=3), page(3, total=3), page(total=3))
    gather(server, open_page)
    assert server.asked == 3


def test_a_total_that_disagrees_needs_three_pages_without_news() -> None:
    server = Server(page(1, 2, total=9), page(3, total=9), page(total=9))
    assert read(gather(server, open_page).body).partial == ["3 of 9 records came; the others were not served"]
    assert server.asked == 2 + paging.IDLE_PAGES


def test_two_pages_without_news_do_not_end_a_list() -> None:
    server = Server(page(1, 2, total=3), page(1, 2, total=3), page(2, total=3), page(3, total=3))
    assert read_numbers(gather(server, open_page).body) == [1, 2, 3]


def test_a_list_without_a_total_may_lack_something() -> None:
    table = read(gather(Server(page(1), page()), open_page).body)
    assert table.partial == [
        "the list does not say how many records it has: whether these are all is not known"
    ]


def test_a_list_that_grew_while_it_was_read_lacks_nothing() -> None:
    assert read(join([fetched(page(1, 2, total=3)), fetched(page(3, 4, total=3))]).body).partial == []


def test_a_list_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 20)
    with pytest.raises(LayoutChangedError, match="does not end within 20 pages"):
        gather(lambda number: fetched(page(number)), open_page)


def test_pages_are_kept_to_the_byte() -> None:
    odd = b'\xef\xbb\xbf{"total": 1,\n  "numbers": [1] }'
    kept = join([fetched(odd), fetched(page(total=1))])
    assert kept.body == b"[" + odd[3:] + b",\n" + page(total=1) + b"]"
    assert (kept.etag, kept.last_modified, kept.filename) == (None, None, None)


def test_a_record_that_changed_between_pages_is_read_as_it_came_last() -> None:
    def open_titled(parsed: object) -> Page:
        assert isinstance(parsed, dict)
        return Page([("1", {"title": parsed["title"]})], 1)

    table = reader_of(open_titled)(b'[{"title": "before"}, {"title": "after"}]')
    assert list(table.rows) == [(1, ("after",))]
    assert table.notes == ["1 records came on more than one page; each is read once"]


def test_records_without_a_number_all_stay() -> None:
    table = reader_of(lambda parsed: Page([(None, {"a": 1}), (None, {"a": 1})], 2))(b"[{}]")
    assert len(list(table.rows)) == 2


def test_a_page_cut_off_is_tried_again() -> None:
    with pytest.raises(TransientError, match="not whole JSON"):
        gather(Server(page(1)[:-3]), open_page)


def test_half_an_artifact_is_not_read() -> None:
    with pytest.raises(TransientError, match="not whole JSON"):
        read(b"[" + page(1))
