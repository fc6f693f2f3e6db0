"""What every response of the pages has in common."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control

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


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))
