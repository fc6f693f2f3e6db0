"""What a reader is told when a page cannot be had; nothing here asks the database."""

import logging
import secrets
import sys

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from prospect_aggregate.web.api.problems import problem

API = "/api/v1/"
logger = logging.getLogger(__name__)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # as Django calls it
    """Programs get a problem, also for an address that no path takes, as one with a line break."""
    if request.path.startswith(API):
        return problem(
            404, f"there is no {request.path!r}; the operations are listed in openapi.json and docs"
        )
    return _page(
        404, "Nothing is at this address", "It may have been typed wrong, or what stood here was never kept."
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled. The reference stands in the log, beside what happened."""
    reference = secrets.token_hex(2)
    logger.error("ref %s: %s %s", reference, request.method, request.path)
    if isinstance(sys.exc_info()[1], Error):
        what = "The database does not answer. Your filters are kept in the address, and nothing was written."
        return _page(503, "This page cannot be had just now", what, reference)
    what = "Something in the product is wrong, not what you did. Your filters are kept in the address."
    return _page(500, "This page could not be made", what, reference)


def _page(status: int, title: str, what: str, reference: str = "") -> HttpResponse:
    told = {"title": title, "what": what, "reference": reference, "again": status >= 500}
    return HttpResponse(render_to_string("web/failing.html", told), status=status)
