"""The BSrE client against a stand-in on this machine that behaves, and misbehaves, alike."""

import base64
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.views.debug import ExceptionReporter

from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import DokumenTerbit, PercobaanTtd, StatusNaskah
from bkpsdmd.documents.naskah.signing import sign_many, sign_naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.naskah import NOW, jenis_uji, numbered  # noqa: F401
from bkpsdmd.documents.tte.bsre import TteBsre
from bkpsdmd.documents.tte.lokal import TteLokal
from bkpsdmd.documents.tte.penyedia import (
    Penanda,
    TteRefusedError,
    TteUnavailableError,
    TteUncertainError,
)
from bkpsdmd.documents.tte.validation import check_signatures

pytestmark = pytest.mark.django_db

NIK, FRASA = "6307010101700001", "frasa-sandi-benar"


class StandIn:
    """What the client server of BSrE does, as far as the portal can tell."""

    def __init__(self):
        self.asked, self.signed, self.behaviour = [], 0, ""
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stand_in.answer(self, json.loads(body))

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.alamat = f"http://127.0.0.1:{self.server.server_port}/esign"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request, body):
        self.asked.append((request.path, request.headers["Authorization"], body))
        if self.behaviour == "putus":
            self.signed += len(body["file"])
            request.connection.close()
            return
        if self.behaviour == "lambat":
            self.signed += len(body["file"])
            time.sleep(2.5)
        if self.behaviour == "html":
            self._write(request, 503, b"<html>sedang dirawat</html>")
        elif request.headers["Authorization"] != _basic("portal", "rahasia"):
            self._write(request, 401, {"error": "unauthorized"})
        elif body["passphrase"] != FRASA:
            self._write(request, 400, {"error": "Passphrase anda salah"})
        elif body["nik"] != NIK:
            self._write(request, 404, {"error": "User tidak terdaftar"})
        elif self.behaviour == "tukar":
            other = base64.b64encode(b"%PDF-1.7 lain").decode()
            self._write(request, 200, {"file": [other] * len(body["file"])})
        else:
            self.signed += len(body["file"])
            files = TteLokal().sign(
                [base64.b64decode(text) for text in body["file"]],
                Penanda(body["signatureProperties"][0]["reason"], "Barabai"),
            )
            encoded = [base64.b64encode(content).decode() for content in files]
            self._write(request, 200, {"time": "1 s", "file": encoded})

    @staticmethod
    def _write(request, status, content):
        if isinstance(content, dict):
            content = json.dumps(content).encode()
        try:
            request.send_response(status)
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)
        except OSError:
            pass  # whoever asked has gone


def _basic(user, password):
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


@pytest.fixture
def service(settings, monkeypatch):
    ensure_kantor()
    TteLokal().sign(
        [], Penanda("", "")
    )  # the certificate is known before threads start
    stand_in = StandIn()
    settings.BSRE_ALAMAT = stand_in.alamat
    settings.BSRE_PENGGUNA, settings.BSRE_SANDI = "portal", "rahasia"
    settings.BSRE_BATAS_DETIK = 1
    monkeypatch.setattr("bkpsdmd.documents.jenis._find_nik", [lambda user: NIK])
    monkeypatch.setattr("bkpsdmd.documents.tte.lokal.remember", lambda signer: None)
    yield stand_in
    stand_in.server.shutdown()
    stand_in.server.server_close()


@pytest.fixture
def head():
    return UserFactory()


@pytest.fixture
def naskah(service, head):
    return numbered(UserFactory(), [head], cara="bsre")


def sign(naskah, head, frasa=FRASA):
    return sign_naskah(naskah=naskah, by=head, now=NOW, frasa_sandi=frasa)


def test_success_is_a_signed_paper(service, naskah, head):
    naskah = sign(naskah, head)
    assert naskah.status == StatusNaskah.DITANDATANGANI
    ((path, _, body),) = service.asked
    assert path == "/esign/api/v2/sign/pdf"
    assert body["signatureProperties"][0]["tampilan"] == "INVISIBLE"
    with naskah.dokumen.berkas.open("rb") as file:
        (found,) = check_signatures(file.read())
    assert found.is_utuh


def test_several_papers_go_in_one_call(service, naskah, head):
    other = numbered(UserFactory(), [head], cara="bsre")
    papers = [naskah, other]
    assert sign_many(papers=papers, by=head, now=NOW, frasa_sandi=FRASA) == 2
    assert len(service.asked) == 1


def test_wrong_passphrase_is_told_at_its_field_and_stands_nowhere(
    service, naskah, head, caplog
):
    with pytest.raises(TteRefusedError) as refused:
        sign(naskah, head, "frasa-yang-salah")
    assert refused.value.kolom == "frasa_sandi"
    kept = " ".join(
        [
            caplog.text,
            str(list(Event.objects.values())),
            str(list(PercobaanTtd.objects.values())),
        ]
    )
    for secret in ("frasa-yang-salah", NIK):
        assert secret not in kept
    assert sign(naskah, head).status == StatusNaskah.DITANDATANGANI


@pytest.mark.parametrize("behaviour", ["putus", "lambat", "html"])
def test_no_answer_is_uncertain_and_the_next_try_issues_one_paper(
    service, naskah, head, behaviour
):
    service.behaviour = behaviour
    with pytest.raises(TteUncertainError, match="yang terbit tetap satu"):
        sign(naskah, head)
    assert len(service.asked) == 1, "nothing is sent twice by itself"
    assert PercobaanTtd.objects.get().hasil == PercobaanTtd.Hasil.TERPUTUS
    service.behaviour = ""
    assert sign(naskah, head).status == StatusNaskah.DITANDATANGANI
    assert DokumenTerbit.objects.count() == 1


def test_service_that_is_down_is_told_and_got_nothing(service, naskah, head, settings):
    settings.BSRE_ALAMAT = "http://127.0.0.1:9"
    with pytest.raises(TteUnavailableError, match="tidak dapat dihubungi"):
        sign(naskah, head)
    assert not service.asked
    naskah.refresh_from_db()
    assert naskah.status == StatusNaskah.BERNOMOR


def test_another_file_than_was_sent_is_never_issued(service, naskah, head):
    service.behaviour = "tukar"
    with pytest.raises(TteRefusedError, match="berkas lain"):
        sign(naskah, head)
    assert not DokumenTerbit.objects.exists()


def test_account_of_the_portal_that_is_refused_names_the_setting(
    service, naskah, head, settings
):
    settings.BSRE_SANDI = "lama"
    with pytest.raises(TteRefusedError, match="BSRE_SANDI"):
        sign(naskah, head)


@pytest.mark.parametrize(
    ("nik", "frasa", "pesan"),
    [
        ("", FRASA, "NIK Anda belum"),
        (NIK, "", "Isi frasa"),
        ("6307", FRASA, "terdaftar"),
    ],
)
def test_what_is_missing_is_told(service, naskah, head, monkeypatch, nik, frasa, pesan):
    monkeypatch.setattr("bkpsdmd.documents.jenis._find_nik", [lambda user: nik])
    with pytest.raises(TteRefusedError, match=pesan):
        sign(naskah, head, frasa)


def test_secrets_are_no_part_of_what_a_log_would_show():
    shown = repr(Penanda("Kepala", "Barabai", nik=NIK, frasa_sandi=FRASA))
    assert NIK not in shown
    assert FRASA not in shown
    client = TteBsre("http://127.0.0.1", "portal", "rahasia", 1)
    assert "rahasia" not in repr(client)


@pytest.mark.parametrize("debug", [False, True])
def test_error_page_shows_neither_passphrase_nor_nik(
    service, naskah, head, monkeypatch, settings, debug
):
    """Not in the variables of a frame, nor in what was posted."""
    settings.DEBUG = debug

    def trip(self):
        raise ZeroDivisionError

    monkeypatch.setattr(TteBsre, "_connect", trip)
    try:
        sign(naskah, head)
    except ZeroDivisionError:
        frames = ExceptionReporter(None, *sys.exc_info()).get_traceback_frames()
    # This test itself has the passphrase in sight: only frames of the portal count.
    ours = [one for one in frames if "/documents/" in one["filename"]]
    shown = str([one["vars"] for one in ours if "/tests/" not in one["filename"]])
    assert "bsre.invalid" in shown or "TteBsre" in shown
    assert FRASA not in shown
    assert NIK not in shown
