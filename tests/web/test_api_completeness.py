"""How complete the picture is, for programs."""

import pytest

from prospect_aggregate.collection.coverage import statement
from prospect_aggregate.prospects.standing import PARTS
from tests.agency import Site
from tests.given import collected, published, row
from tests.web.api_client import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program()


def test_quality_is_given_field_by_field(program: Program, site: Site) -> None:
    site.serve(published([row(1), row(2, value="a lot"), row(3, value="TBD")]))
    run = collected()
    quality = program.get("/sources/listing/quality")
    assert (quality["source"], quality["listed"]) == ("listing", 3)
    assert quality["list_seen_at"] == run.observed_at.isoformat()  # type: ignore[union-attr]
    fields = {item["field"]: item for item in quality["items"]}
    assert list(fields) == [part.name for part in PARTS]
    value = fields["value"]
    assert [value[name] for name in ("published", "read", "placeholder", "unread")] == [3, 1, 1, 1]
    assert value["examples"] == [{"count": 1, "cells": {"Value": "a lot"}}]


def test_a_field_that_is_not_published_is_null_and_not_zero(program: Program, site: Site) -> None:
    site.serve(published([row(1)]))
    collected()
    items = program.get("/sources/Listing/quality")["items"]
    naics = next(item for item in items if item["field"] == "naics_codes")
    assert (naics["published"], naics["unread"], naics["listed"]) == (None, None, 1)


def test_quality_of_an_unknown_source_names_the_nearest(program: Program, site: Site) -> None:
    site.serve(published([row(1)]))
    collected()
    said = program.get("/sources/listin/quality", wants=404)["detail"]
    assert said == "no source named 'listin'; did you mean 'listing'?"


def test_coverage_is_given_whole_with_the_state_of_its_sources(program: Program) -> None:
    coverage = program.get("/coverage")
    assert len(coverage["items"]) == len(statement())
    assert coverage["summary"].startswith(f"{sum(bool(entry.source) for entry in statement())} of ")
    for item in coverage["items"]:
        assert (item["state"] is None) == (item["status"] != "covered") == (item["source"] is None)
