"""What Prometheus reads: worked out from the database at each scrape, so that any web process tells the whole."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily

from prospect_aggregate.collection import deliveries
from prospect_aggregate.collection.models import Alert, Edition, Run, Schedule, Source
from prospect_aggregate.collection.processes import Kind, Signs, disk_free, signs
from prospect_aggregate.web.models import Digest
from prospect_aggregate.web.states import states

DAY = timedelta(days=1)
NOT_ENDED = (Run.Status.QUEUED, Run.Status.STARTED)


class Engine:
    """A collector that keeps nothing."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        yield from _runs(now)
        yield _durations()
        yield from _queue(now)
        yield from _sources(now)
        yield _rows()
        yield _beat_lag(now)
        heard = signs(now=now)
        yield from _processes(heard)
        yield from _alerts()
        yield _digests()
        yield _disk(heard)


def exposition() -> bytes:
    """In Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Engine())
    return generate_latest(registry)


def _runs(now: datetime) -> Iterator[Metric]:
    total = CounterMetricFamily("prospects_runs", "Runs that ended.", labels=["source", "status"])
    lately = GaugeMetricFamily(
        "prospects_runs_last_day", "Runs that ended within 24 hours.", labels=["source", "status"]
    )
    ended = Run.objects.exclude(status__in=NOT_ENDED).order_by().values_list("source__key", "status")
    recent = Count("pk", filter=Q(finished_at__gte=now - DAY))
    for key, status, count, of_late in ended.annotate(count=Count("pk"), recent=recent):
        total.add_metric([key, status], count)
        lately.add_metric([key, status], of_late)
    yield from (total, lately)


def _durations() -> Metric:
    took = SummaryMetricFamily(
        "prospects_run_duration_seconds", "How long ended runs took, waiting not counted.", labels=["source"]
    )
    ended = Run.objects.filter(started_at__isnull=False, finished_at__isnull=False).order_by()
    summed = ended.values_list("source__key").annotate(
        count=Count("pk"), seconds=Sum(F("finished_at") - F("started_at"))
    )
    for key, count, length in summed:
        took.add_metric([key], count, length.total_seconds())
    return took


def _queue(now: datetime) -> Iterator[Metric]:
    waiting, since = Run.objects.due(now).count(), Run.objects.waiting_since(now)
    age = (now - since).total_seconds() if since else 0
    going = Run.objects.filter(status=Run.Status.STARTED).count()
    yield _gauge("prospects_queue_depth", "Runs whose time has come and that no worker has taken.", waiting)
    yield _gauge("prospects_queue_oldest_seconds", "How long the first of them could have been taken.", age)
    yield _gauge("prospects_runs_in_progress", "Runs that a worker works on.", going)


def _sources(now: datetime) -> Iterator[Metric]:
    age = GaugeMetricFamily(
        "prospects_source_seconds_since_good", "Since the last good edition was seen.", labels=["source"]
    )
    limit = GaugeMetricFamily(
        "prospects_source_freshness_limit_seconds", "Older than this, a source is late.", labels=["source"]
    )
    state = GaugeMetricFamily(
        "prospects_source_state", "1 for the state that the source is in.", labels=["source", "state"]
    )
    for each in states(now=now):
        source = each.source
        if source.last_good_at:
            age.add_metric([source.key], (now - source.last_good_at).total_seconds())
        limit.add_metric([source.key], source.freshness_limit.total_seconds())
        state.add_metric([source.key, each.health.state], 1)
    yield from (age, limit, state)


def _rows() -> Metric:
    rows = GaugeMetricFamily("prospects_source_rows", "Rows of the newest edition.", labels=["source"])
    newest = Edition.objects.filter(source=OuterRef("pk")).order_by("-observed_at").values("rows")[:1]
    for key, count in Source.objects.annotate(newest=Subquery(newest)).values_list("key", "newest"):
        if count is not None:
            rows.add_metric([key], count)
    return rows


def _beat_lag(now: datetime) -> Metric:
    due = Schedule.objects.due(now).first()
    lag = (now - due.next_at).total_seconds() if due else 0
    return _gauge(
        "prospects_beat_lag_seconds", "For how long the earliest slot that is due was not fired.", lag
    )


def _processes(heard: Signs) -> Iterator[Metric]:
    alive = GaugeMetricFamily(
        "prospects_processes_alive", "Processes that were heard lately.", labels=["kind"]
    )
    silent = GaugeMetricFamily(
        "prospects_process_silent_seconds", "Since one of this kind was heard last.", labels=["kind"]
    )
    for kind in Kind:
        alive.add_metric([kind], len(heard.alive[kind]))
        if newest := heard.newest[kind]:
            silent.add_metric([kind], (heard.now - newest.heard_at).total_seconds())
    yield from (alive, silent)


def _alerts() -> Iterator[Metric]:
    lasting = GaugeMetricFamily(
        "prospects_alerts_open", "Troubles that last.", labels=["subject", "cause", "acknowledged"]
    )
    for alert in Alert.objects.open():
        lasting.add_metric([alert.subject, alert.cause, "yes" if alert.acknowledged_at else "no"], 1)
    yield lasting
    untold = len(deliveries.undelivered())
    yield _gauge("prospects_messages_undelivered", "Messages about alerts that have not arrived.", untold)


def _digests() -> Metric:
    untold = Digest.objects.undelivered().count()
    return _gauge("prospects_digests_undelivered", "Digests that were tried and have not arrived.", untold)


def _disk(heard: Signs) -> Metric:
    """What any process sees that lives; this one, when none tells."""
    seen = [each.disk_free for each in heard.everybody if each.disk_free is not None] or [disk_free() or 0]
    return _gauge("prospects_disk_free_bytes", "Left where the archive is kept.", min(seen))


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)
