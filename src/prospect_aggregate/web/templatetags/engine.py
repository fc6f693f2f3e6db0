"""Tags and filters that say how sources, runs, batches and alerts are."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prospect_aggregate.collection.batches import Standing
from prospect_aggregate.collection.health import Health
from prospect_aggregate.collection.models import Alert, Ruling, Run
from prospect_aggregate.collection.signals import Signal
from prospect_aggregate.web import (
    alert_words,
    batch_words,
    holdings,
    moments,
    sentences,
    signal_words,
    states,
)
from prospect_aggregate.web.templatetags.show import bare_mark, day, mark, when
from prospect_aggregate.web.way import WORDS

register = template.Library()
EVIDENCE = {
    "status": "Status", "asked": "Asked at", "address": "Final address", "type": "Type", "size": "Size",
    "title": "Title", "text": "First words", "rule": "Rule", "robots": "In",
}  # fmt: skip


@register.simple_tag
def state(name: str) -> SafeString:
    """Shape, word and colour of how a source is."""
    return mark(name, states.WORDS[name])


@register.simple_tag
def list_as_of(source: states.State) -> SafeString | str:
    """The agency's own date; ours, marked as such, where it publishes none."""
    if source.list_date or source.as_of is None:
        return day(source.list_date, "never")
    said = "The list gives itself no date; this is when we saw it last."
    return format_html('<span class="lack" title="{}">seen {}</span>', said, day(source.as_of))


@register.simple_tag
def run_state(run: Run) -> SafeString:
    shape, word = sentences.STATES[run.status]
    return mark(shape, word)


@register.filter
def batch_shape(standing: Standing) -> str:
    return batch_words.SHAPES[standing.outcome][0]


@register.simple_tag
def batch_state(standing: Standing) -> SafeString:
    return mark(*batch_words.SHAPES[standing.outcome])


@register.filter
def batch_sentence(standing: Standing) -> str:
    return batch_words.sentence(standing)


@register.simple_tag
def signal_mark(signal: Signal) -> SafeString:
    """Its shape alone; word and reason for those who ask or cannot see it."""
    return bare_mark(signal_words.shape(signal), signal_words.label(signal))


@register.simple_tag
def signal_line(signal: Signal) -> SafeString:
    """Shape, word, reason, and since when."""
    since = format_html(" · {}", when(signal.since)) if signal.since else ""
    reason = f" {signal.reason}" if signal.reason else ""
    return format_html("{}{}{}", mark(signal_words.shape(signal), signal_words.word(signal)), reason, since)


@register.simple_tag
def alert_mark(alert: Alert) -> SafeString:
    return mark(alert_words.shape(alert), alert_words.title(alert))


@register.simple_tag
def messages_of(alert: Alert) -> SafeString:
    """`told ops@example.com 3 min ago, chat failed (HTTP 500), next try in 2 min`; nothing where nobody was to be."""
    return format_html_join(", ", '<span class="{}">{}{}</span>', map(_said, alert_words.told(alert)))


def _said(it: alert_words.Told) -> tuple[str, str, SafeString | str]:
    return "missed" if it.missed else "", f"{it.text} " if it.at else it.text, when(it.at) if it.at else ""


@register.filter
def known(names: Mapping[str, str], key: str) -> str:
    """What people call it; the key where nobody said."""
    return names.get(key, key)


@register.filter
def run_sentence(run: Run) -> str:
    return sentences.sentence(run)


@register.filter
def reason(text: str) -> str:
    """Why a source is in trouble; its state's word stands beside it already."""
    return text.removeprefix("held for review: ")


@register.simple_tag
def trouble(health: Health) -> SafeString:
    """Why, and since when where the reason does not say it."""
    why = sentences.begun(reason(health.reason))
    if health.since is None or " since " in why:
        return format_html("{}", why)
    return format_html("{} · since {}", why, when(health.since))


@register.filter
def told(evidence: dict[str, str]) -> list[tuple[str, str]]:
    """What came instead of a list, in the order in which people ask."""
    return [(label, evidence[name]) for name, label in EVIDENCE.items() if name in evidence]


@register.filter
def ruled(ruling: Ruling) -> str:
    return sentences.ruled(ruling)


@register.simple_tag
def holding(state: states.State) -> holdings.Holding | None:
    return holdings.holding_of(state)


@register.filter
def asked_by(run: Run) -> str:
    return sentences.asked_by(run)


@register.filter
def run_shape(run: Run) -> str:
    return sentences.STATES[run.status][0]


@register.filter
def run_word(run: Run) -> str:
    return sentences.STATES[run.status][1]


@register.filter
def run_label(run: Run) -> str:
    """One of the last runs, for those who cannot see its shape."""
    return f"run {run.pk}: {run_word(run)}, {moments.exact_text(run.finished_at or run.queued_at)}"


@register.filter
def run_moment(run: Run) -> datetime:
    """The latest thing that happened to it."""
    return run.finished_at or run.started_at or run.queued_at


@register.filter
def run_took(run: Run) -> str:
    return moments.span(run.finished_at - run.started_at) if run.finished_at and run.started_at else ""


@register.filter
def step_word(state: str) -> str:
    return WORDS[state]
