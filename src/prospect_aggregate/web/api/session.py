"""Who may ask: people with a session, whose writes carry the CSRF token."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from ninja.decorators import decorate_view
from ninja.errors import HttpError
from ninja.security import SessionAuth

from prospect_aggregate.web.api.problems import problem
from prospect_aggregate.web.permissions import Permission

View = Callable[..., HttpResponse]
Op = TypeVar("Op", bound=Callable[..., Any])


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


def needs(permission: Permission) -> Callable[[Op], Op]:
    """The operation is refused (403) to whose role does not have it; so is one that names none. Below `@router.get`."""

    def named(operation: Op) -> Op:
        operation.needs = permission  # type: ignore[attr-defined]  # read by the test of all operations
        return decorate_view(_asking_for(permission))(operation)

    return named


def _asking_for(permission: Permission) -> Callable[[View], View]:
    def decorated(run: View) -> View:
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.needs = permission  # type: ignore[attr-defined]
            return run(request, *args, **kwargs)

        return asked

    return decorated


def check_permission(request: HttpRequest) -> None:
    """Whoever the request was let in as, by whichever key, is a Person whose permissions count.

    Raises HttpError.
    """
    needed, person = getattr(request, "needs", None), request.auth  # type: ignore[attr-defined]
    if needed is None or not person.may(needed):
        raise HttpError(
            403, f"the role {person.role} does not have the permission {needed}; an administrator gives it"
        )


def readers_only(view: View) -> View:
    """For the description of the API: people are sent to sign in, programs are told."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.accepts("text/html"):
            return redirect_to_login(request.get_full_path())
        return problem(401, "sign in first")

    return guarded
