import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError

from bkpsdmd import health
from bkpsdmd.jobs import services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_worker_mark(settings):
    settings.QUEUE_DIR.mkdir(exist_ok=True)
    cache.delete(services.SWEPT_KEY)
    yield
    cache.delete(services.SWEPT_KEY)


def test_all_well_without_logging_in(client):
    cache.set(services.SWEPT_KEY, "x", 60)

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "cache": "ok",
        "broker": "ok",
        "worker": "ok",
        "last_backup": "belum ada",
    }
    assert "no-store" in response["Cache-Control"]


def test_missing_worker_is_told_but_takes_no_web_server_out(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["worker"] == "tidak terlihat"


@pytest.mark.parametrize("needed", ["database", "cache", "broker"])
def test_503_names_what_is_down_and_hides_why(client, monkeypatch, needed):
    def fail():
        raise OSError("sandi basis data: rahasia")

    monkeypatch.setitem(health.NEEDED, needed, fail)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["status"] == "mati"
    assert [name for name, word in response.json().items() if word == "mati"] == [
        "status",
        needed,
    ]
    assert b"rahasia" not in response.content


def test_unwritable_queue_folder_is_a_broker_that_is_down(settings, tmp_path):
    settings.REDIS_URL = ""
    settings.QUEUE_DIR = tmp_path
    health.check_broker()

    settings.QUEUE_DIR = tmp_path / "hilang"
    with pytest.raises(OSError, match="not writable"):
        health.check_broker()


def test_redis_that_does_not_answer_is_a_broker_that_is_down(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    with pytest.raises(ConnectionError):
        health.check_broker()


def test_cache_that_forgets_is_down(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    with pytest.raises(OSError, match="does not keep"):
        health.check_cache()


def test_writing_is_refused(client):
    assert client.post("/healthz").status_code == 405
