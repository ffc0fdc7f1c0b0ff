import pytest

from bkpsdmd import wsgi


@pytest.fixture
def visitor(monkeypatch):
    """Return the address the portal sees for a request."""
    monkeypatch.setattr(wsgi, "portal", lambda environ, start: [environ["REMOTE_ADDR"]])

    def get(**environ):
        return wsgi.application(environ, None)[0]

    return get


def test_header_is_believed_from_the_proxy_alone(settings, visitor):
    settings.PROXY_ADDRESSES = ["10.0.0.2"]

    assert (
        visitor(REMOTE_ADDR="10.0.0.2", HTTP_X_REAL_IP="192.168.1.7") == "192.168.1.7"
    )
    assert visitor(REMOTE_ADDR="10.0.0.9", HTTP_X_REAL_IP="192.168.1.7") == "10.0.0.9"
    assert visitor(REMOTE_ADDR="10.0.0.2") == "10.0.0.2"


def test_without_a_proxy_no_header_is_believed(visitor):
    assert visitor(REMOTE_ADDR="127.0.0.1", HTTP_X_REAL_IP="1.2.3.4") == "127.0.0.1"
