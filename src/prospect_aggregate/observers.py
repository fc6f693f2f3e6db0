"""Sentry and OpenTelemetry, for who has them: off unless set, imported only then."""

import importlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from prospect_aggregate.logs import veiled


def begin() -> None:
    """Called once by every process that works. Raises ImproperlyConfigured when what is set is not installed."""
    if settings.SENTRY_DSN:
        _sentry()
    if settings.OTLP_ENDPOINT:
        _telemetry()


def _needs(module: str, extra: str, setting: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"{setting} is set, but {module} is not installed: pip install jps-prospect-aggregate[{extra}]"
        ) from error


def _sentry() -> None:
    """Errors only: no people, no bodies, no traces, no address that opens something."""
    sentry = _needs("sentry_sdk", "sentry", "PROSPECTS_SENTRY_DSN")
    sentry.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        max_request_body_size="never",
        before_send=lambda event, hint: without_secrets(event),  # noqa: ARG005  # sentry's signature
    )


def without_secrets(told: Any) -> Any:
    """The same, with every text veiled."""
    if isinstance(told, dict):
        return {name: without_secrets(part) for name, part in told.items()}
    if isinstance(told, list | tuple):
        return [without_secrets(part) for part in told]
    return veiled(told) if isinstance(told, str) else told


def _telemetry() -> None:
    """Traces of tasks, by the OTLP exporter's own settings for everything but the address."""
    trace = _needs("opentelemetry.sdk.trace", "telemetry", "PROSPECTS_OTLP_ENDPOINT")
    export = _needs("opentelemetry.sdk.trace.export", "telemetry", "PROSPECTS_OTLP_ENDPOINT")
    otlp = _needs(
        "opentelemetry.exporter.otlp.proto.http.trace_exporter", "telemetry", "PROSPECTS_OTLP_ENDPOINT"
    )
    celery = _needs("opentelemetry.instrumentation.celery", "telemetry", "PROSPECTS_OTLP_ENDPOINT")
    provider = trace.TracerProvider()
    exporter = otlp.OTLPSpanExporter(endpoint=f"{settings.OTLP_ENDPOINT}/v1/traces")
    provider.add_span_processor(export.BatchSpanProcessor(exporter))
    celery.CeleryInstrumentor().instrument(tracer_provider=provider)
