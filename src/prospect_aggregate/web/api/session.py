"""Who may ask: people with a session, whose writes carry the CSRF token."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from ninja.security import SessionAuth

from prospect_aggregate.web.api.problems import problem

View = Callable[..., HttpResponse]


class Session(SessionAuth):
    """Being signed out is said before a missing token is: it is the first thing to mend."""

    keeps_body = True
    """For the operation: looking for the token may read the stream to its end."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if self.keeps_body:
            request.body  # noqa: B018
        return super().__call__(request)


class FileSession(Session):
    """Where a file is taken: it goes to disk, never into memory as a whole."""

    keeps_body = False


def readers_only(view: View) -> View:
    """For the description of the API: people are sent to sign in, programs are told."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.accepts("text/html"):
            return redirect_to_login(request.get_full_path())
        return problem(401, "sign in first")

    return guarded
