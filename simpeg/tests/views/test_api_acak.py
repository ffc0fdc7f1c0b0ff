"""Anything that fits the description of the API, and what does not, is answered as told.

Slow: run with `pytest -m slow`.
"""

import datetime as dt

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone

from bkpsdmd.accounts.tests.factories import UserFactory
from simpeg.choices import CakupanApi
from simpeg.services.api import create_klien
from simpeg.views.api.dasar import api

pytestmark = pytest.mark.slow

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = get_wsgi_application()


@pytest.fixture
def _kept_connection():
    """Let a request leave the connection of the test open, as Django's client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def token(kantor, _kept_connection):
    _, token = create_klien(
        nama="Acak",
        penanggung_jawab="Uji",
        cakupan=[c.value for c in CakupanApi],
        units=[kantor.instansi],
        berlaku_sampai=timezone.localdate() + dt.timedelta(1),
        batas_per_menit=6000,
        by=UserFactory(),
        per_tanggal=timezone.localdate(),
    )
    return token


@schema.parametrize()
@hypothesis.settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_answers_are_as_described(case, token):
    cache.clear()  # so that no example meets the limit of the ones before
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    )
