"""Sentry and OpenTelemetry: never imported unless they are set, and asked for by name when they are not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from prospect_aggregate import observers

SENTRY = """
print("imported sentry_sdk")
def init(**given): print("begun", given["dsn"], given["send_default_pii"])
"""
TELEMETRY = {
    "opentelemetry/sdk/trace/__init__.py": """
print("imported opentelemetry")
class TracerProvider:
    def add_span_processor(self, processor): print("sends to", processor)
""",
    "opentelemetry/sdk/trace/export.py": "BatchSpanProcessor = str",
    "opentelemetry/exporter/otlp/proto/http/trace_exporter.py": "def OTLPSpanExporter(endpoint): return endpoint",
    "opentelemetry/instrumentation/celery.py": """
class CeleryInstrumentor:
    def instrument(self, tracer_provider): print("watches tasks")
""",
}
BEGIN = "import prospect_aggregate.celery_app\nfrom prospect_aggregate import observers\nobservers.begin()"


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Stand-ins that say when they are imported, and what they are asked for."""
    (tmp_path / "sentry_sdk.py").write_text(SENTRY)
    for name, text in TELEMETRY.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return tmp_path


def begun(packages: Path, **set_up: str) -> list[str]:
    """What a process of ours prints that begins with these settings."""
    environment = {**os.environ, "PROSPECTS_HOME": str(packages), "PYTHONPATH": str(packages), **set_up}
    done = subprocess.run(
        [sys.executable, "-c", BEGIN], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()


def test_nothing_is_imported_where_nothing_is_set(packages: Path) -> None:
    assert begun(packages) == []


def test_sentry_begins_where_it_is_set_and_hears_of_no_people(packages: Path) -> None:
    dsn = "https://key@sentry.example.com/1"
    assert begun(packages, PROSPECTS_SENTRY_DSN=dsn) == ["imported sentry_sdk", f"begun {dsn} False"]


def test_traces_of_tasks_go_where_they_are_sent(packages: Path) -> None:
    assert begun(packages, PROSPECTS_OTLP_ENDPOINT="http://collector:4318/") == [
        "imported opentelemetry",
        "sends to http://collector:4318/v1/traces",
        "watches tasks",
    ]


@pytest.mark.parametrize(
    ("setting", "module", "extra"),
    [("SENTRY_DSN", "sentry_sdk", "sentry"), ("OTLP_ENDPOINT", "opentelemetry.sdk.trace", "telemetry")],
)
def test_what_is_set_and_not_installed_names_its_extra(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, setting: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    setattr(settings, setting, "https://set.example.com")
    with pytest.raises(ImproperlyConfigured) as refused:
        observers.begin()
    said = f"PROSPECTS_{setting} is set, but {module} is not installed: pip install"
    assert str(refused.value) == f"{said} jps-prospect-aggregate[{extra}]"


def test_sentry_is_not_told_a_secret_that_stands_in_an_address() -> None:
    secret = "x" * 43
    told = {
        "request": {"url": f"https://host/feeds/{secret}/atom.xml"},
        "breadcrumbs": [f"/sign-in/{secret}/"],
        "n": f"jps_{secret}",
    }
    assert observers.without_secrets(told) == {
        "request": {"url": "https://host/feeds/…/atom.xml"}, "breadcrumbs": ["/sign-in/…/"], "n": "jps_…",
    }  # fmt: skip
