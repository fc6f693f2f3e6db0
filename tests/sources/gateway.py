"""The shared gateway as its users describe it, on loopback: pages cut from a list of made-up items."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from prospect_aggregate.scrapers.fetch import Fetcher
from tests.agency import Answer, Site

HOST = "ag-dashboard.acquisitiongateway.gov"
FIELDS = (
    "body", "field_result_id", "field_award_status", "field_acquisition_strategy", "field_naics_code",
    "field_estimated_contract_v_max", "field_estimated_solicitation_dat", "field_estimated_award_fy",
    "field_estimated_award_fy_qtr", "field_source_listing_id",
)  # fmt: skip


def item(nid: int, **render: Any) -> dict[str, Any]:
    """An item of the list; `field_award_status="Awarded"` and the like say how it differs."""
    shown = {
        **dict.fromkeys(FIELDS, ""),
        "title": f"Purchase {nid}",
        "field_result_id": "Department of Labor",
    }
    return {"nid": nid, "rank": {"updated": {"value": nid}}, "render": {**shown, **render}, "values": {}}


def items(count: int, **render: Any) -> list[dict[str, Any]]:
    return [item(nid, **render) for nid in range(1, count + 1)]


def page(data: object, total: object) -> dict[str, Any]:
    return {"title": "Forecast", "listing": {"data": data, "total": total}}


def pages(*each: object) -> bytes:
    """An artifact, as it is kept."""
    return json.dumps(each).encode()


class Gateway:
    """Answers `range` and `page` as the gateway does: no page is the first, `page=1` the second or the first again."""

    def __init__(self, site: Site, listed: Sequence[dict[str, Any]], *, total: str | None = None) -> None:
        self.site, self.listed, self.total = site, listed, total or str(len(listed))
        self.too_large = 1000
        self.repeats_its_first = False
        site.on_request = self.answer

    def questions(self) -> list[dict[str, list[str]]]:
        return [parse_qs(urlsplit(path).query) for path, _ in self.site.asked]

    def answer(self) -> None:
        asked = self.questions()[-1]
        size, number = int(asked["range"][0]), int(asked.get("page", ["0"])[0])
        if size >= self.too_large:
            self.site.answer = Answer(b"<html><title>504</title></html>", 504)
            return
        start = max(0, number - self.repeats_its_first) * size
        data = self.listed[start : start + size]
        self.site.serve(json.dumps(page(data, self.total)).encode())


def fetcher(site: Site) -> Fetcher:
    return Fetcher(contact="tests@example.gov", hosts={HOST: site.address}, pause=0)
