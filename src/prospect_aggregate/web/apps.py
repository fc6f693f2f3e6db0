"""The Django app of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "prospect_aggregate.web"
    label = "web"

    def ready(self) -> None:
        from prospect_aggregate.collection import duties
        from prospect_aggregate.web import checks, sessions  # noqa: F401  # they register themselves
        from prospect_aggregate.web.digests import sending

        duties.register("digests", sending.send_due)
