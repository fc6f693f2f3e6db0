"""The whole API, asked whatever its description allows and what it does not: nothing breaks, nothing surprises.

PROSPECTS_API_EXAMPLES=500 asks each operation that often; the suite asks a few times.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from pytest_django.fixtures import Settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from prospect_aggregate.collection.models import Run
from prospect_aggregate.web import keyring
from prospect_aggregate.web.api import api
from prospect_aggregate.web.models import ApiToken, Person
from tests.web.broker import Broker
from tests.web.test_api_contract import described

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("PROSPECTS_API_EXAMPLES", "3"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(described())
_application = get_wsgi_application()


def _whole(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """As a server does it: the answer is taken to its end and closed, and with it the files that were sent."""
    answer = _application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


schema.app = _whole


@pytest.fixture
def one_connection() -> Iterator[None]:
    """What a test wrote and has not committed is seen by what it asks: as Django's own test client does it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def secret(person: Person, settings: Settings) -> str:
    """Of a program that may do everything, as often as it likes."""
    settings.API_RATE = 10**9
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    return keyring.make(person, name="all", scope=ApiToken.Scope.WRITE, days=1, now=timezone.now())


def test_the_description_is_valid_openapi_31() -> None:
    made = described()
    validate(made)
    assert made["openapi"].startswith("3.1.")
    assert api.get_openapi_schema(path_prefix="api/v1/")["info"]["version"] == "1"


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_question_breaks_it_and_every_answer_is_described(
    case: Any, one_connection: None, secret: str, three_prospects: Run, broker: Broker
) -> None:
    answer = case.call(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"})
    case.validate_response(answer, checks=CHECKS)
