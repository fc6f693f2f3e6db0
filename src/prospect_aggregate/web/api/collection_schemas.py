"""What sources, runs, schedule rows and tasks look like to programs; the names are DESIGN §7's."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from prospect_aggregate.web.api.types import shown

Text = str | None
RunStatus = Literal[
    "queued", "started", "succeeded", "unchanged", "quarantined", "failed", "blocked", "cancelled", "lost"
]
SourceState = Literal["fresh", "late", "failing", "blocked", "quarantined", "never", "disabled"]


class Signal(Schema):
    """One of the three signals of a source."""

    state: Literal["ok", "poor", "bad", "unknown"] = shown("Worked out now.", "ok")
    reason: str = shown("Why, in a sentence.", "a good edition was seen 2026-05-25 06:12 UTC")
    since: datetime | None = shown(
        "When it is so, as far as is known; of a good one, when that was seen last.",
        "2026-05-25T06:12:00+00:00",
    )


class Signals(Schema):
    """They fold into the source's state."""

    reachable: Signal = Field(description="By the newest check or collection: whether the agency lets us in.")
    fresh: Signal = Field(description="The last good edition against its limit; `bad` past twice of it.")
    sound: Signal = Field(description="The gate's verdict on the newest list, and how its fields were read.")


class Source(Schema):
    """An agency's feed, and how it is now."""

    key: str = shown("What programs call it.", "dhs")
    name: str = shown("What people call it.", "Homeland Security")
    agency: str = shown("The department.", "Department of Homeland Security")
    url: str = shown("The page where a person sees the list.", "https://apfs-cloud.dhs.gov/forecast/")
    coverage: str = shown("What of the agency's buying the list holds.", "All components.")
    cadence_minutes: float = shown("How often the code has it collected.", 1440.0)
    freshness_limit_minutes: float = shown("Older than this without a good edition, it is late.", 4320.0)
    state: SourceState = shown("Worked out now, from its runs and the clock.", "fresh")
    reason: str = shown("Why, in a sentence; empty when fresh.", "")
    since: datetime | None = shown("Since when.", "2026-05-25T06:12:00+00:00")
    acknowledged: bool = shown("Whether a person took note of the trouble.", example=False)
    signals: Signals = Field(description="Three signals, each with its reason and since when.")
    list_date: date | None = shown("The newest list's own date, where it gives itself one.", "2026-05-12")
    list_limit_minutes: float | None = shown(
        "Older than this by its own date, it is late though freshly fetched.", 132480.0
    )
    last_good_at: datetime | None = shown(
        "When the newest good edition was observed.", "2026-05-25T06:12:00+00:00"
    )
    next_run_at: datetime | None = shown("When the schedule collects it next.", "2026-05-26T06:12:00+00:00")
    prospects: int = shown("How many prospects of it are known.", 702)


class Run(Schema):
    """One attempt at one request to collect a source."""

    id: int = shown("Its number.", 412)
    source: str = shown("Key of the source.", "dhs")
    purpose: Literal["collect", "admit", "undo", "replay"] = shown(
        "What it is for: to collect, to let a held edition in, to take that back, to read again.", "collect"
    )
    status: RunStatus = shown("A final status never changes.", "succeeded")
    trigger: Literal["schedule", "person", "batch", "program"] = shown("Who asked.", "schedule")
    attempt: int = shown("Which attempt at the request this is.", 1)
    batch: int | None = shown("The batch it belongs to.", 7)
    stage: Text = shown(
        "Where it is while it is in progress: fetch, keep, read, draft, judge, ingest.", "read"
    )
    bytes: int | None = shown("What came so far; in the end the size of the file.", 940_112)
    rows: int | None = shown("Rows read, so far while it is in progress.", 702)
    new: int | None = shown("Prospects not seen before.", 4)
    changed: int | None = shown("Prospects that read differently.", 31)
    unchanged: int | None = shown("Prospects that read the same.", 667)
    gone: int | None = shown("Prospects that left the list.", 6)
    rejected: int | None = shown("Rows that could not be read.", 0)
    error_kind: Text = shown("What kind of failure.", "blocked")
    error: Text = shown("The failure in a sentence.", "a page 'Technical Difficulties' instead of a workbook")
    evidence: dict[str, str] = shown(
        "What came instead of the list: status, address, type, size, title, text.", {"status": "403"}
    )
    notes: list[str] = shown("What the reader noted.", ["a footer left out"])
    artifact: Text = shown("SHA-256 of the bytes it read.", "9f2c6d0a")
    edition_date: date | None = shown("The list's own date.", "2026-05-12")
    complete: bool = shown("False for a partial edition, which shows no absence.", example=True)
    queued_at: datetime = shown("Asked for.", "2026-05-25T06:12:00+00:00")
    started_at: datetime | None = shown("Taken by a worker.", "2026-05-25T06:12:01+00:00")
    finished_at: datetime | None = shown("Ended.", "2026-05-25T06:12:15+00:00")
    observed_at: datetime | None = shown("When the edition was seen.", "2026-05-25T06:12:03+00:00")


class Batch(Schema):
    """Requests made together. Of each request its newest attempt counts, or that of the run that met it."""

    id: int = shown("Its number; `GET /runs?batch=7` lists every attempt of it.", 7)
    asked_at: datetime = shown("When.", "2026-05-25T06:12:00+00:00")
    asked_by: Text = shown("A person, or the task that asked.", "ana")
    force: bool = shown("Whether what is unchanged is read again.", example=False)
    outcome: Literal["in progress", "succeeded", "failed"] = shown(
        "Worked out now: `failed` when all have ended, and one of them badly.", "failed"
    )
    waiting: int = shown("Requests that no worker has taken yet, or that are to be tried again.", 0)
    in_progress: int = shown("Requests that a worker works on.", 0)
    good: int = shown("Requests that ended `succeeded` or `unchanged`.", 12)
    bad: int = shown("Requests that ended otherwise.", 1)
    failed: list[str] = shown("Keys of the sources of those.", ["commerce"])


class BatchPage(Schema):
    """One page of batches."""

    items: list[Batch] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class LogLine(Schema):
    """One line of what a run said while it ran."""

    id: int = shown("Its number; ask for the lines after it.", 9071)
    at: datetime = shown("When.", "2026-05-25T06:12:03+00:00")
    level: Literal["info", "warning", "error", "critical"] = shown("How grave it is.", "info")
    text: str = shown("What was said.", "702 rows read, 0 rejected")


class Log(Schema):
    """What a run said, as far as it is written."""

    run: int = shown("Number of the run.", 412)
    items: list[LogLine] = Field(description="In their order.")
    complete: bool = shown("False while more may come.", example=True)


class Slot(Schema):
    """One row of the schedule."""

    model_config = ConfigDict(title="Schedule", extra="allow")

    name: str = shown("Kind and source.", "collect dhs")
    task: str = shown("The task that it fires.", "run_dhs_scraper_task")
    cron: str = shown("When, as cron (UTC); in words where cron cannot say it.", "12 6 * * *")
    enabled: bool = shown("False while it is paused.", example=True)
    last_run_at: datetime | None = shown("When it last fired.", "2026-05-25T06:12:00+00:00")
    next_run_at: datetime | None = shown(
        "When it fires next; null while it is paused.", "2026-05-26T06:12:00+00:00"
    )
    cadence_minutes: float = shown("How far its slots are apart.", 1440.0)
    set_by: Text = shown("Who edited its slots; null while the code decides them.", "ana")
    moved_by: Text = shown("Who moved its next firing by hand, once.", "ana")
    paused_until: datetime | None = shown(
        "When a pause ends by itself; null without such an end.", "2026-06-01T00:00:00+00:00"
    )
    pause_reason: Text = shown("Why it was paused.", "the agency moves its site")
    paused_by: Text = shown("Who paused it.", "ana")
    missed: int = shown("Slots that nobody fired, before the last firing.", 0)


class Task(Schema):
    """A Celery task that was made from a registered source."""

    name: str = shown("Its stable name.", "run_dhs_scraper_task")
    kind: Literal["collect", "check", "all_scrapers", "force_collect"] = shown("What it does.", "collect")
    source: Text = shown("Key of its source; null for tasks over all.", "dhs")


class StatusLine(Schema):
    """One fact."""

    text: str = shown("A sentence.", "dhs is fresh")
    trouble: bool = shown("True when it waits for a person.", example=False)


class Status(Schema):
    """What is alive, late or waiting for a person."""

    ok: bool = shown("False when any line is a trouble.", example=True)
    sample: bool = shown("True when agencies, people and numbers here are made up.", example=False)
    lines: list[StatusLine] = Field(description="The same lines as `prospects status`.")


class Sent(Schema):
    """A request that was handed on; it is done by a worker, soon."""

    source: str = shown("Key of the source.", "dhs")
    task: str = shown("The task that was sent.", "check_dhs_task")


class Uploaded(Schema):
    """A file that was kept, and the run that reads it."""

    run: Run = Field(description="The run that reads it.")
    file: str = shown("SHA-256 of its bytes.", "9f2c6d0a")
    size: int = shown("Its bytes.", 659508)
    same_as: int | None = shown("Number of the newest run that read the same bytes before.", 407)


class Fired(Schema):
    """What was done ahead of its slot."""

    name: str = shown("The row of the schedule.", "collect dhs")
    task: str = shown("The task.", "run_dhs_scraper_task")
    run: Run | None = Field(description="The run that was asked for; null for a task that leaves none.")


class SourceList(Schema):
    """All sources."""

    items: list[Source] = Field(description="Every source.")


class RunPage(Schema):
    """One page of runs."""

    items: list[Run] = Field(description="Newest first.")
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class SlotList(Schema):
    """The whole schedule."""

    items: list[Slot] = Field(description="The next to fire first.")


class TaskList(Schema):
    """All tasks."""

    items: list[Task] = Field(description="In the order in which they were registered.")
