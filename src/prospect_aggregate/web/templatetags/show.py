"""Tags and filters that write states, times, numbers and unknown values the same way on every page."""

from collections.abc import Mapping, Sized
from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prospect_aggregate.collection.batches import Standing
from prospect_aggregate.collection.health import Health
from prospect_aggregate.collection.models import Alert, Ruling, Run
from prospect_aggregate.collection.signals import Signal
from prospect_aggregate.prospects.difference import Share
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.web import (
    alert_words,
    batch_words,
    detail,
    holdings,
    moments,
    present,
    sentences,
    signal_words,
    states,
)
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.way import WORDS

register = template.Library()
CHART_HEAD, CHART_ROW = 34, 29
ENOUGH = 20  # of fewer, a share is shown nowhere
EVIDENCE = {
    "status": "Status", "asked": "Asked at", "address": "Final address", "type": "Type", "size": "Size",
    "title": "Title", "text": "First words", "rule": "Rule", "robots": "In",
}  # fmt: skip
KIND_WORDS = {
    "listed": "First seen on the list.",
    "withdrawn": "Left the list before its date (withdrawn).",
    "expired": "Left the list after its date (expired).",
    "reappeared": "Back on the list.",
}


@register.simple_tag
def when(moment: datetime | None, absent: str = "never") -> SafeString | str:
    """A time as people read it, with the exact one for those who ask and for programs."""
    if moment is None:
        return format_html('<span class="lack">{}</span>', absent)
    near, exact = moments.near_text(moment, now=timezone.now()), moments.exact_text(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact, near
    )


@register.filter
def exact(moment: datetime) -> str:
    return moments.exact_text(moment)


@register.simple_tag
def clock(moment: datetime) -> SafeString:
    """A time of day in UTC, with its day when that is not today."""
    text = moments.clock_text(moment, now=timezone.now())
    exact = moments.exact_text(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact, text
    )


@register.simple_tag
def day(moment: date | datetime | None, absent: str = "") -> SafeString | str:
    """A day, with its year."""
    if moment is None:
        return format_html('<span class="lack">{}</span>', absent)
    return format_html('<time datetime="{}">{}</time>', f"{moment:%Y-%m-%d}", f"{moment.day} {moment:%b %Y}")


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


@register.simple_tag
def mark(shape: str, word: str) -> SafeString:
    """The shape never stands alone: its word is beside it."""
    return format_html('<span class="state {}">{}{}</span>', shape, _shape(shape), word)


@register.simple_tag
def bare_mark(shape: str, word: str) -> SafeString:
    """The shape, with its word for those who cannot see it."""
    return format_html('<span class="state {}" title="{}">{}<span class="vh">{}</span></span>', shape, word,
                       _shape(shape), word)  # fmt: skip


def _shape(name: str) -> SafeString:
    return format_html(
        '<svg class="shape" width="12" height="12" aria-hidden="true"><use href="#s-{}"/></svg>', name
    )


@register.simple_tag
def shown(value: present.Shown) -> SafeString:
    """A value, or in which way it is unknown; the agency's words when asked."""
    year = (
        format_html('<span aria-hidden="true"> / yr</span><span class="vh"> per year</span>')
        if value.yearly
        else ""
    )
    if not value.lack and not value.hint:
        return format_html("{}{}", value.text, year)
    said = f"published: {value.hint}" if value.hint else ""
    return format_html(
        '<span class="{}" title="{}">{}{}</span>', value.lack and f"lack {value.lack}", said, value.text, year
    )


@register.filter
def number(value: int | None) -> str:
    """`3,452`; nothing for what was not counted."""
    return "" if value is None else f"{value:,}"


@register.filter
def item(names: Mapping[str, str], key: str) -> str:
    return names[key]


@register.simple_tag
def share(part: int, whole: int) -> SafeString:
    """A count and what part of the whole it is: `451  99.6 %`."""
    return format_html('{} <span class="share">{}</span>', f"{part:,}", present.share(part, whole))


@register.filter
def lost(of: Share) -> str:
    """What part of it would leave; nothing where they are too few for a part to tell anything."""
    return present.share(of.gone, of.listed) if of.listed >= ENOUGH else ""


@register.filter
def words(value: str | None) -> str:
    """`set_aside` as people write it."""
    return (value or "").replace("_", " ")


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


@register.simple_tag
def length(duration: timedelta) -> str:
    return moments.span(duration)


@register.filter
def is_web(address: str | None) -> bool:
    """Whether a published address may be a link: `javascript:` is one to a browser, too."""
    return bool(address) and str(address).lower().startswith(("https://", "http://"))


@register.filter
def step_word(state: str) -> str:
    return WORDS[state]


@register.filter
def field_name(change: Change) -> str:
    return detail.NAMES.get(change.field, change.field.replace("_", " ").capitalize())


@register.filter
def old_value(change: Change, day: date) -> str:
    return detail.kept_text(change, change.old, day=day)


@register.filter
def new_value(change: Change, day: date) -> str:
    return detail.kept_text(change, change.new, day=day)


@register.filter
def shift_text(change: Change) -> str:
    return present.shift(change.shift_days, at_least=change.shift_at_least)


@register.filter
def kind_words(change: Change) -> str:
    """A field stands beside `expired` only where a replay has set the prospect aside (`replay/accept.py`)."""
    return (
        "No longer read under this number"
        if change.kind == "expired" and change.field
        else KIND_WORDS[change.kind]
    )


@register.filter
def but_all(ask: Ask) -> str:
    """The same shelf, not narrowed down."""
    return ask.but(q="", source="")


@register.filter
def but_today(ask: Ask) -> str:
    return ask.but(as_of="")


@register.filter
def unlocalized(number: float) -> str:
    """A number as programs write it."""
    return repr(number)


@register.filter
def bar_at(number: int) -> int:
    """Where a bar of a chart begins: as far down as its row of the table beside it."""
    return CHART_HEAD + CHART_ROW * number


@register.filter
def chart_height(bars: Sized) -> int:
    return CHART_HEAD + CHART_ROW * len(bars)
