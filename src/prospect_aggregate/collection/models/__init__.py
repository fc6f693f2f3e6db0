"""The record of every collection: sources, runs, artifacts, rejected rows, checks, schedules and leases."""

from prospect_aggregate.collection.models.alerts import Alert, Delivery
from prospect_aggregate.collection.models.engine import Anchor, Check, Home, Lease, Process
from prospect_aggregate.collection.models.runs import Batch, Ruling, Run, RunQuerySet
from prospect_aggregate.collection.models.schedules import Schedule, Stop
from prospect_aggregate.collection.models.sources import Artifact, Source, declared
from prospect_aggregate.collection.models.traces import Edition, LogLine, RejectedRow

__all__ = [
    "Alert",
    "Anchor",
    "Artifact",
    "Batch",
    "Check",
    "Delivery",
    "Edition",
    "Home",
    "Lease",
    "LogLine",
    "Process",
    "RejectedRow",
    "Ruling",
    "Run",
    "RunQuerySet",
    "Schedule",
    "Source",
    "Stop",
    "declared",
]
