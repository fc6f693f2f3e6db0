"""The API, version 1: everything the pages can do, for programs; the same objects as the command line's `--json`."""

from prospect_aggregate import celery_app  # noqa: F401  # it fills both registries
from prospect_aggregate.web.api import (
    alerts,
    batches,
    company,
    completeness,
    digest,
    engine,
    exports,
    facets,
    feed,
    figures,
    keys,
    notebook,
    pairs,
    people,
    prospects,
    provenance,
    reused,
    reviews,
    runs,
    searches,
    slips,
    sources,
)
from prospect_aggregate.web.api.reference import Reference
from prospect_aggregate.web.api.service import Api, unknown_addresses
from prospect_aggregate.web.api.session import Rate, Session, Token, readers_only

__all__ = ["api"]

api = Api(
    title="JPS Prospect Aggregate",
    version="1",
    urls_namespace="api",
    description=(
        "Forecasts of U.S. federal agencies, every edition kept: prospects, what changed in them, and the runs that "
        "collected them. Dates are ISO, times have their offset, money is a string with two decimals. Listings give "
        "`items` and, where they have pages, `next_cursor`. A home of made-up data says so: `X-Sample-Data: yes`."
    ),
    auth=[Token(), Session()],
    throttle=Rate(),
    docs=Reference(),
    docs_decorator=readers_only,
)
for module in (
    company,
    notebook,
    searches,
    digest,
    figures,
    feed,
    slips,
    provenance,
    prospects,
    facets,
    exports,
    pairs,
    reused,
    sources,
    completeness,
    runs,
    batches,
    reviews,
    alerts,
    engine,
    people,
    keys,
):
    api.add_router("", module.router)
api.add_router("", unknown_addresses())
