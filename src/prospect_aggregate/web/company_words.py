"""The company, its fits and what people keep beside prospects, as programs get them."""

from datetime import date
from typing import Any

from prospect_aggregate.prospects.company import Company
from prospect_aggregate.prospects.fit import Factor, Verdict
from prospect_aggregate.prospects.profile import profile_object
from prospect_aggregate.web.decided import Moved
from prospect_aggregate.web.models import Decision, Note
from prospect_aggregate.web.profile_form import totals_of

Object = dict[str, Any]


def company_object(*, day: date) -> Object:
    kept = Company.objects.current()
    totals = totals_of(kept.profile, day=day)
    return {
        "profile": profile_object(kept.profile),
        "version": kept.version,
        "edited_at": kept.edited_at,
        "edited_by": kept.edited_by or None,
        **totals,
    }


def fit_object(verdict: Verdict) -> Object:
    return {
        "fit": verdict.fit.value,
        "because": [factor.evidence for factor in verdict.because],
        "known": len(verdict.known),
        "asked": len(verdict.asked),
        "factors": [_factor(factor) for factor in verdict.factors],
    }


def _factor(factor: Factor) -> Object:
    question = factor.question
    kind = "gate" if question.gate else "interest"
    return {"name": question.name, "kind": kind, "answer": factor.answer.value, "evidence": factor.evidence}


def note_object(note: Note) -> Object:
    return {
        "id": note.pk,
        "key": note.prospect.key,
        "text": note.text,
        "by": note.by.get_username(),
        "at": note.at,
        "edited_at": note.edited_at,
    }


def decision_object(decision: Decision, moved: list[Moved]) -> Object:
    return {
        "id": decision.pk,
        "key": decision.prospect.key,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "by": decision.by.get_username(),
        "at": decision.at,
        "kept": decision.kept,
        "moved": [{"field": it.field, "old": it.old, "new": it.new} for it in moved],
    }
