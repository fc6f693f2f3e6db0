"""Operations on figures over many prospects: how far dates can be relied on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from prospect_aggregate.collection.models import Source
from prospect_aggregate.prospects import figure_words
from prospect_aggregate.prospects.figure_objects import figure_object, standing_objects
from prospect_aggregate.prospects.landmarks import HORIZONS, NotEnoughHistoryError
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.reliability import reliability_of
from prospect_aggregate.web.api import figure_schemas as schemas
from prospect_aggregate.web.api.lookups import known_source, prospect_of
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.questions import OneAsked
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["figures"])
Object = dict[str, Any]


@router.get(
    "/agencies",
    response=schemas.StandingPage,
    operation_id="list_agencies",
    summary="How far dates can be relied on",
)
@needs(Permission.SEE)
def list_agencies(request: HttpRequest, asked: Query[schemas.StandingsAsked]) -> Object:
    """Every source, agency, component and office: dates passed today, and what befell a group fixed on one day."""
    only_known(request, schemas.StandingsAsked)
    day, key = asked.as_of or timezone.now().date(), known_source(asked.source)
    sources = Source.objects.filter(**{"key": key} if key else {"last_good_at__isnull": False})
    items = (it for source in sources for it in standing_objects(source, day=day, horizon=asked.days))
    return {"items": [it for it in items if asked.level in (None, it["level"])]}


@router.get(
    "/prospects/{path:key}/reliability",
    response=schemas.Reliability,
    operation_id="get_reliability",
    summary="How often dates move where a prospect comes from",
)
@needs(Permission.SEE)
def get_reliability(request: HttpRequest, key: str, asked: Query[OneAsked]) -> Object:
    """The share that moved later within 90 days, of its office, else its bureau, else its source."""
    only_known(request, OneAsked)
    day = asked.as_of or timezone.now().date()
    return _reliability(prospect_of(key, day=day), asked)


def _reliability(prospect: Prospect, asked: OneAsked) -> Object:
    day = asked.as_of or timezone.now().date()
    try:
        known = reliability_of(prospect.source, day=day, horizon=HORIZONS[0])
    except NotEnoughHistoryError as short:
        return {"key": prospect.key, "moved_later": None, "sentence": str(short)}
    figures = known.nearest(prospect)
    if figures is None:
        return {"key": prospect.key, "moved_later": None, "sentence": "too few to say"}
    figure = figure_object(figures.later, figures, known.followed)
    return {
        "key": prospect.key,
        "moved_later": figure,
        "sentence": figure_words.line_of(figures, known.followed),
    }
