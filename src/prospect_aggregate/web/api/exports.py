"""The operation that gives every row of a search as a file."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.problems import BadRequestError
from prospect_aggregate.web.api.questions import Narrowed
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.exports.asked import of_filters
from prospect_aggregate.web.exports.formats import FORMATS, format_named
from prospect_aggregate.web.permissions import Permission
from prospect_aggregate.web.views.exports import answer

router = Router(tags=["prospects"])


class ExportAsked(Narrowed):
    """The filters of the search, and how the rows are wanted."""

    format: str = Field(description=f"{', '.join(FORMATS)}.", examples=["csv"])
    columns: str = Field(
        "",
        description="Names of fields, with commas between; all when left out. OCDS has fields of its own.",
        examples=["key,title,solicitation_from"],
    )


_FILE = {each.media_type.partition(";")[0]: {"schema": {"type": "string"}} for each in FORMATS.values()} | {
    "application/json": {"schema": {}}
}


@router.get(
    "/export",
    operation_id="export_prospects",
    summary="Every row as a file",
    openapi_extra={
        "responses": {200: {"description": "The file, as it is being written.", "content": _FILE}}
    },
)
@needs(Permission.SEE)
def export_prospects(request: HttpRequest, asked: Query[ExportAsked]) -> HttpResponseBase:
    """All that a search finds, without pages: CSV, workbook, JSON Lines, JSON, or an OCDS 1.1 release package."""
    only_known(request, ExportAsked)
    wanted = format_named(asked.format)
    names = [name.strip() for name in asked.columns.split(",") if name.strip()]
    if names and not wanted.has_columns:
        raise BadRequestError(f"columns: {wanted.words} has fields of its own; leave it out")
    day = asked.as_of or timezone.now().date()
    return answer(wanted, of_filters(asked.filters(), day=day, columns=names))
