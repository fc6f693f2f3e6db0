"""The Django app of prospects and their changes."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ProspectsConfig(AppConfig):
    name = "prospect_aggregate.prospects"
    label = "prospects"

    def ready(self) -> None:
        """What migrations cannot keep stands around them: a table made anew loses triggers, and bears no view."""
        from prospect_aggregate.prospects import entries  # noqa: F401  # its model

        pre_migrate.connect(_before, sender=self)
        post_migrate.connect(_after, sender=self)


def _before(using: str, plan: Sequence[object], **others: object) -> None:  # noqa: ARG001
    from prospect_aggregate.prospects import entries, fulltext

    if plan:
        entries.drop(connections[using])
        fulltext.drop(connections[using])


def _after(using: str, **others: object) -> None:  # noqa: ARG001
    from prospect_aggregate.prospects import entries, fulltext

    database = connections[using]
    if fulltext.can_stand_in(database):
        fulltext.install(database)
        entries.install(database)
