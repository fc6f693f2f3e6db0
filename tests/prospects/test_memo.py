"""What is kept is worked out again when a person changes what it is counted from."""

import pytest
from django.utils import timezone

from prospect_aggregate.collection.models import Ruling, Run, Source
from prospect_aggregate.prospects import company, memo
from prospect_aggregate.prospects.profile import Profile

pytestmark = pytest.mark.django_db


def test_an_edited_profile_is_a_new_version() -> None:
    before = memo.version_of(None)
    company.keep(Profile(naics=("5415",)), by="ana", now=timezone.now(), read=0)
    assert memo.version_of(None) != before


def test_what_was_let_in_and_taken_back_is_a_new_version() -> None:
    source = Source.objects.create(key="list", name="List")
    held = Run.objects.create(source=source, request="one", trigger="person")
    ruling = Ruling.objects.create(held=held, verdict="whole", by="ana", at=timezone.now())
    before = memo.version_of(source)
    Ruling.objects.filter(pk=ruling.pk).update(undone_at=timezone.now())
    assert memo.version_of(source) != before
