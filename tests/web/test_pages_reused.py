"""Numbers used again, as a person sees and decides them, and as a program does."""

import re
from html import unescape

import pytest
from django.test import Client

from prospect_aggregate.prospects.models import Reuse
from tests.prospects.test_reuse import again
from tests.web.api_client import Program

__all__ = ["again"]
pytestmark = pytest.mark.django_db
PAGE = "/prospects/offices/F-2/"


def content(reader: Client, path: str) -> str:
    return re.sub(r"</?time[^>]*>", "", unescape(reader.get(path).content.decode()))


def said(reader: Client, item: Reuse, verdict: str) -> str:
    return unescape(
        reader.post(f"/reused/{item.pk}/decide/", {"verdict": verdict}, follow=True).content.decode()
    )


def test_nothing_to_look_at_says_when_there_is(reader: Client) -> None:
    assert "keeps fewer than a fifth of its words" in content(reader, "/reused/")


def test_a_cut_history_says_so_and_shows_both_parts(reader: Client, again: Reuse) -> None:
    page = content(reader, PAGE)
    assert (
        "This number was perhaps used for another requirement until 18 May 2026: “Translation services”"
        in page
    )
    assert '<a href="#before">See it</a>' in page
    since, before = page.split('class="history"')[1:3]
    assert "Paving of a lot" in since
    assert "First seen on the list." in before
    assert "1 move of the solicitation date, +7 d in all" in page
    assert "NAICS and office differ" in content(reader, "/reused/")


def test_the_same_joins_both_parts(reader: Client, again: Reuse) -> None:
    assert "F-2: the same requirement. Decide it again to take that back." in said(reader, again, "same")
    page = content(reader, PAGE)
    assert "used for another requirement" not in page
    assert "3 moves of the solicitation date, +99 d in all" in page
    assert "<strong>the same</strong>, by ana" in content(reader, "/reused/?show=decided")


def test_another_leaves_them_apart(reader: Client, again: Reuse) -> None:
    said(reader, again, "another")
    page = content(reader, PAGE)
    assert "This number was used for another requirement until 18 May 2026" in page
    assert "ana decided" in page
    assert "1 move of the solicitation date, +7 d in all" in page


def test_no_verdict_is_no_decision(reader: Client, again: Reuse) -> None:
    said(reader, again, "maybe")
    assert Reuse.objects.waiting().exists()
    assert reader.post("/reused/99/decide/").status_code == 404


def test_a_program_reads_and_decides_them(again: Reuse) -> None:
    program = Program()
    (item,) = program.get("/reused")["items"]
    assert (item["key"], item["differ"], item["verdict"]) == ("offices:F-2", ["naics", "office"], None)
    told = program.send("POST", f"/reused/{item['id']}", {"verdict": "another"}, wants=200)
    assert (told["verdict"], told["by"]) == ("another", "ana")
    assert program.get("/reused")["items"] == []
    assert program.get("/reused", {"decided": True})["items"] == [told]
    assert program.send("POST", "/reused/99", {"verdict": "same"}, wants=404)["detail"].startswith(
        "no number 99"
    )
