"""Where messages go: the broker that was set, else the embedded one of a running engine, else nowhere."""

from django.conf import settings

from prospect_aggregate.engine.broker import find_broker


def broker_address() -> str:
    """A Celery broker URL. Where no engine runs it names a socket that nobody opens: a send fails at once."""
    running: str | None = find_broker(settings.HOME)
    return settings.BROKER_URL or running or f"redis+socket://{settings.HOME}/no-engine-runs.sock"
