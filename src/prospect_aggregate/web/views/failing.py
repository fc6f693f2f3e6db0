"""What a reader is told when a page cannot be had; nothing here asks the database, but for whose role it is."""

import logging
import secrets
import sys

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from prospect_aggregate.web.api.problems import problem

API = "/api/v1/"
REFERENCE = "X-Reference"
"""For a script that shows a part of a page: the page says it in words."""
SAFE = ("GET", "HEAD")
KEPT = "Your filters are kept in the address"
LOOK = "Go back to the form, where what you typed still stands, and look whether it was done before you send it again."
logger = logging.getLogger(__name__)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # as Django calls it
    """Programs get a problem, also for an address that no path takes, as one with a line break."""
    if request.path.startswith(API):
        return problem(
            404, f"there is no {request.path!r}; the operations are listed in openapi.json and docs"
        )
    what = "It may have been typed wrong, or what stood here was never kept."
    return _page(request, 404, "Nothing is at this address", what)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    reference = _referred(request, logging.WARNING, f"{request.user} has no permission {exception}")
    page = render(request, "403.html", {"exception": exception, "reference": reference}, status=403)
    page[REFERENCE] = reference
    return page


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was made before its sender signed in, or by somebody else."""
    what = "Nothing was changed. Go back, load the page anew, and send the form again."
    return _page(request, 403, "This form is not good any more", what, why=reason)


def broken(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled."""
    if isinstance(sys.exc_info()[1], Error):
        kept = f"{KEPT}, and nothing was written." if request.method in SAFE else LOOK
        what = f"The database does not answer. {kept}"
        return _page(request, 503, "This page cannot be had just now", what)
    kept = f"{KEPT}." if request.method in SAFE else LOOK
    what = f"Something in the product is wrong, not what you did. {kept}"
    return _page(request, 500, "This page could not be made", what)


def _page(request: HttpRequest, status: int, title: str, what: str, why: str = "") -> HttpResponse:
    """The reference stands in the log, for a failure of ours beside what happened."""
    failed = status >= 500
    reference = _referred(request, logging.ERROR if failed else logging.INFO, why)
    again = failed and request.method in SAFE  # an address of a form may take nothing else
    told = {"title": title, "what": what, "reference": reference, "again": again}
    page = render_to_string("web/failing.html", told)
    return HttpResponse(page, status=status, headers={REFERENCE: reference})


def _referred(request: HttpRequest, level: int, why: str) -> str:
    reference = secrets.token_hex(2)
    logger.log(level, "ref %s: %s %s%s", reference, request.method, request.path, f": {why}" if why else "")
    return reference
