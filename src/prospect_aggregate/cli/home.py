"""Django and the database made ready for a command; nothing is imported before a command needs it."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from celery import Celery


def ready() -> "Celery":
    """The Celery app, with the sources discovered and the database migrated where it is new."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
    from prospect_aggregate.celery_app import app

    if _is_new():
        migrate()
    return app


def set_up() -> None:
    """Django alone, for commands that start others."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
    django.setup()


def migrate(*, verbosity: int = 0) -> None:
    """Bring the database up to the code. The home is made where it is missing."""
    from django.conf import settings
    from django.core.management import call_command

    set_up()
    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=verbosity, interactive=False)


def _is_new() -> bool:
    """A SQLite file that is not there yet; a server's database is migrated by whoever deploys it."""
    from pathlib import Path

    from django.conf import settings

    database = settings.DATABASES["default"]
    return "sqlite3" in database["ENGINE"] and not Path(database["NAME"]).exists()
