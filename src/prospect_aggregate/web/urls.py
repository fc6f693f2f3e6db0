"""The addresses of every page. An address is the view: filters, sort and page stand in it."""

import prospect_aggregate.celery_app  # noqa: F401, I001  # fills the registries that acts look into

from django.urls import path

from prospect_aggregate.web.api import api
from prospect_aggregate.web.views import (
    completeness,
    frame,
    pairs,
    people,
    prospects,
    reviews,
    running,
    runs,
    schedule,
    source,
    sources,
)

urlpatterns = [
    path("", prospects.home, name="home"),
    path("api/v1/", api.urls),
    path("healthz", frame.healthz, name="healthz"),
    path("keys/", frame.keys, name="keys"),
    path("menu/", frame.menu, name="menu"),
    path("sign-in/", people.SignIn.as_view(), name="sign-in"),
    path("sign-in/<str:token>/", people.by_link, name="sign-in-link"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("you/password/", people.password, name="password"),
    path("you/", people.preferences, name="preferences"),
    path("prospects/", prospects.listing, name="prospects"),
    path("prospects/newer/", prospects.newer, name="prospects-newer"),
    path("prospects/<slug:source>/<path:native_id>/", prospects.one, name="prospect"),
    path("files/<int:artifact>/", prospects.download, name="download"),
    path("pairs/", pairs.listing, name="pairs"),
    path("pairs/<int:number>/", pairs.one, name="pair"),
    path("pairs/<int:number>/decide/", pairs.decide, name="pair-decide"),
    path("sources/", sources.listing, name="sources"),
    path("sources/process/", sources.process, name="sources-process"),
    path("sources/<slug:key>/", source.one, name="source"),
    path("sources/<slug:key>/upload/", source.upload, name="upload"),
    path("sources/<slug:key>/row/", sources.row, name="source-row"),
    path("sources/<slug:key>/collect/", sources.collect, name="collect"),
    path("sources/<slug:key>/check/", sources.check, name="check"),
    path("sources/<slug:key>/quality/", completeness.quality, name="quality"),
    path("coverage/", completeness.coverage, name="coverage"),
    path("runs/", runs.listing, name="runs"),
    path("runs/<int:number>/", runs.one, name="run"),
    path("runs/<int:number>/live/", runs.live, name="run-live"),
    path("runs/<int:number>/review/", reviews.one, name="review"),
    path("runs/<int:number>/review/undo/", reviews.undo, name="review-undo"),
    path("runs/<int:number>/review/leaving/", reviews.leaving, name="review-leaving"),
    path("runs/<int:number>/log/", running.log, name="run-log"),
    path("runs/<int:number>/cancel/", running.cancel, name="run-cancel"),
    path("schedule/", schedule.listing, name="schedule"),
    path("schedule/<int:number>/edit/", schedule.edit, name="schedule-edit"),
    path("schedule/<int:number>/code/", schedule.follow_code, name="schedule-code"),
    path("schedule/<int:number>/pause/", schedule.pause, name="schedule-pause"),
    path("schedule/<int:number>/resume/", schedule.resume, name="schedule-resume"),
    path("schedule/<int:number>/now/", schedule.run_now, name="schedule-now"),
]
