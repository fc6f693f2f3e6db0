"""What every response of the pages has in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

from prospect_aggregate.web import audit

if TYPE_CHECKING:
    from prospect_aggregate.web.models import Person

Answer = Callable[[HttpRequest], HttpResponseBase]


class PartsOfPages:
    """Kept by nobody else, and never a sign-in page inside another page.

    A part that htmx asks for after the session ended would be answered by a redirect, which the browser follows
    unseen; htmx is told to go there as a whole page instead.
    """

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        if "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        if getattr(request, "htmx", False) and _leads_to_sign_in(response):
            response.status_code = 204
            response["HX-Redirect"] = response["Location"]
            del response["Location"]
        return response


class Audited:
    """What somebody changes by a page or by the API stands in the audit log."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in audit.SAFE:
            return self._answer(request)
        return audit.answered(request, self._answer)


class OnlyWhoMay:
    """Refuses (403) a page to a reader whose role does not have the permission it names, or when it names none.

    The API does the same for itself, with problems instead of pages.
    """

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: Any,  # noqa: ARG002
        kwargs: Any,  # noqa: ARG002
    ) -> None:
        """After who is signed out was sent to sign in. Raises PermissionDenied."""
        if not getattr(view, "login_required", True):
            return
        needed = getattr(view, "needs", None)
        if needed is None or not cast("Person", request.user).may(needed):
            raise PermissionDenied(needed or "no permission is named")


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))
