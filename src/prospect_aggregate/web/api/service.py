"""The API as a whole: how it answers, whatever the operation."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer

from prospect_aggregate.collection import homes
from prospect_aggregate.web.api.description import completed
from prospect_aggregate.web.api.problems import problem, speak_problems
from prospect_aggregate.web.api.session import check_permission, needs
from prospect_aggregate.web.permissions import Permission

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
View = Callable[..., HttpResponse]


class Json(BaseRenderer):
    """Dates as the command line prints them: ISO, with their offset and every digit."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        return orjson.dumps(data)


class Api(NinjaAPI):
    """Problems for errors, an entity tag on what is read, one description of it all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(renderer=Json(), **options)
        speak_problems(self)

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """By now it is known who asks, and nothing of what they ask was looked at. Raises HttpError."""
        check_permission(request)
        return super().create_temporal_response(request)

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        """A GET whose answer the asker already has costs no transfer (304)."""
        response = super().create_response(request, data, **how)
        if homes.kind() is homes.Kind.SAMPLE:
            response["X-Sample-Data"] = "yes"
        if request.method != "GET":
            return response
        response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        response["Cache-Control"] = "private, no-cache"
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        return completed(super().get_openapi_schema(**where))

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        found = super()._get_urls()
        for pattern in found:
            if isinstance(pattern, URLPattern):
                pattern.callback = _naming_methods(pattern.callback)
        return found


def _naming_methods(view: View) -> View:
    """A method that an address does not take is a problem like any other."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        allowed = response["Allow"]
        return problem(405, f"{request.path} takes {allowed}", {"Allow": allowed})

    answered.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    answered.login_required = False  # type: ignore[attr-defined]  # programs are told 401, not sent to a page
    return answered


def unknown_addresses() -> Router:
    """The last router: whatever no operation took."""
    router = Router()

    @router.api_operation(METHODS, "/{path:rest}", include_in_schema=False)
    @needs(Permission.SEE)
    def nothing_here(request: HttpRequest, rest: str) -> None:  # noqa: ARG001
        raise Http404(rest)

    @router.api_operation(METHODS, "", include_in_schema=False)
    @needs(Permission.SEE)
    def nothing_at_root(request: HttpRequest) -> None:
        raise Http404(request.path)

    return router
