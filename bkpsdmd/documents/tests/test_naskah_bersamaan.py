"""Two presses at once, and a worker killed on the way: real threads, real processes."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.db import connection

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from bkpsdmd.audit.models import Event
from bkpsdmd.documents.models import (
    DokumenTerbit,
    Naskah,
    NomorDokumen,
    PercobaanTtd,
    StatusNaskah,
)
from bkpsdmd.documents.naskah import signing
from bkpsdmd.documents.naskah.paket import create_paket, number_paket, sign_paket
from bkpsdmd.documents.naskah.services import number_naskah
from bkpsdmd.documents.naskah.signing import sign_naskah
from bkpsdmd.documents.services import ensure_kantor
from bkpsdmd.documents.tests.naskah import (  # noqa: F401
    NOW,
    TODAY,
    draft,
    jenis_uji,
    numbered,
)
from bkpsdmd.documents.tte.lokal import load_signer
from bkpsdmd.documents.tte.validation import check_signatures
from bkpsdmd.exceptions import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 4


@pytest.fixture(autouse=True)
def kantor():
    ensure_kantor()


@pytest.fixture
def clerk():
    return UserFactory()


@pytest.fixture
def officer():
    """May number whole bundles."""
    return UserFactory(roles=[Role.VERIFIKATOR])


@pytest.fixture
def head():
    return UserFactory()


def together(acts):
    """Run these at the same moment, each with a connection of its own.

    Returns what each gave, or the words it was refused with.
    """
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=20)
            return act()
        except DomainError as error:
            return error.pesan
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def press_number(naskah, by):
    return lambda: number_naskah(naskah=naskah, tanggal=TODAY, by=by, now=NOW)


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, str)]


def stored_files():
    """Return every file of papers in the store, by its folder."""
    found = set()
    for folder in ("naskah", "dokumen"):
        if default_storage.exists(folder):
            for part in default_storage.listdir(folder)[0]:
                names = default_storage.listdir(f"{folder}/{part}")[1]
                found |= {f"{folder}/{part}/{name}" for name in names}
    return found


# -- At once ----------------------------------------------------------------------------


def test_papers_numbered_by_several_officers_at_once_have_a_number_each(head):
    papers = [draft(UserFactory(), [head]) for _ in range(PRESSES)]

    answers = together([press_number(paper, UserFactory()) for paper in papers])

    assert refusals(answers) == []
    numbers = list(NomorDokumen.objects.order_by("urut").values_list("urut", flat=True))
    assert numbers == list(range(1, PRESSES + 1))
    assert len({answer.nomor.nomor for answer in answers}) == PRESSES
    assert all(naskah.berkas for naskah in Naskah.objects.all())


def test_a_bundle_and_a_single_paper_numbered_at_once_leave_no_gap(
    officer, clerk, head
):
    paket = create_paket(judul="Paket", jenis="uji", by=clerk)
    for _ in range(PRESSES):
        draft(clerk, [head], paket=paket)
    single = draft(clerk, [head])

    def number_all():
        return number_paket(
            paket=paket,
            by=officer,
            tanggal=TODAY,
            now=NOW,
            batch="x",
            progress=lambda *args: None,
        )

    answers = together([number_all, press_number(single, clerk), number_all])

    # The bundle twice: the second finds nothing to do, or papers already numbered.
    assert all("sudah dinomori" in words for words in refusals(answers))
    urutan = NomorDokumen.objects.order_by("urut").values_list("urut", flat=True)
    assert list(urutan) == list(range(1, PRESSES + 2))
    assert Naskah.objects.filter(status=StatusNaskah.BERNOMOR).count() == PRESSES + 1
    assert Event.objects.filter(kind="naskah.nomor").count() == PRESSES + 1


def test_number_pressed_several_times_at_once_is_given_once(clerk, head):
    naskah = draft(clerk, [head])
    before = stored_files()

    answers = together([press_number(naskah, clerk)] * PRESSES)

    assert len(refusals(answers)) == PRESSES - 1
    assert set(refusals(answers)) == {"Naskah ini sudah dinomori."}
    naskah = Naskah.objects.get(pk=naskah.pk)
    assert NomorDokumen.objects.get() == naskah.nomor
    assert Event.objects.filter(kind="naskah.nomor").count() == 1
    assert stored_files() - before == {naskah.berkas.name}


def test_signature_pressed_several_times_at_once_issues_one_paper(clerk, head):
    load_signer()
    naskah = numbered(clerk, [head])
    before = stored_files()

    answers = together([lambda: sign_naskah(naskah=naskah, by=head, now=NOW)] * PRESSES)

    assert len(refusals(answers)) == PRESSES - 1
    assert all(
        "sedang ditandatangani" in words or "tidak menunggu" in words
        for words in refusals(answers)
    )
    dokumen = DokumenTerbit.objects.get()
    naskah = Naskah.objects.get(pk=naskah.pk)
    assert (naskah.status, naskah.dokumen) == (StatusNaskah.DITANDATANGANI, dokumen)
    with dokumen.berkas.open("rb") as file:
        assert len(check_signatures(file.read())) == 1
    assert list(PercobaanTtd.objects.values_list("hasil", flat=True)) == ["berhasil"]
    assert stored_files() - before == {dokumen.berkas.name}


# -- Killed -----------------------------------------------------------------------------

# A worker that is killed the moment it comes to a given place; it works on the test's
# database, files and key.
WORKER = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from types import SimpleNamespace
    import django
    from django.conf import settings
    settings.MEDIA_ROOT, settings.TTE_P12 = sys.argv[2], Path(sys.argv[3])
    django.setup()
    from django.utils import timezone
    from bkpsdmd.accounts.models import User
    from bkpsdmd.documents import jenis
    from bkpsdmd.documents.models import PaketNaskah
    from bkpsdmd.documents.naskah import paket as bundles, rendering, signing
    from bkpsdmd.documents.tests.naskah import JENIS, NOW, TODAY

    def die(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)

    jenis._jenis["uji"] = JENIS
    where, by = sys.argv[1], User.objects.get(pk=sys.argv[4])
    by.has_perm = lambda permission: True
    paket = PaketNaskah.objects.get()
    if where == "before the file":
        bundles.ensure_berkas = die
    elif where == "file made, row not":
        rendering.transaction = SimpleNamespace(atomic=die)
    elif where == "signed, not stored":
        signing._accept = die
    elif where == "second paper":
        accept, seen = signing._accept, []
        def once(*args, **kwargs):
            if seen:
                die()
            seen.append(1)
            return accept(*args, **kwargs)
        signing._accept = once
    quiet = lambda *args: None
    if sys.argv[5] == "number":
        bundles.number_paket(
            paket=paket, by=by, tanggal=TODAY, now=NOW, batch="satu", progress=quiet
        )
    else:
        bundles.sign_paket(
            paket=paket, by=by, now=timezone.now, frasa_sandi="", batch="satu",
            progress=quiet,
        )
    print("came to its end")
""")


def work_until_killed(where, by, step):
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(  # noqa: S603  our own interpreter and our own code
        [
            *(sys.executable, "-c", WORKER, where),
            *(str(project.MEDIA_ROOT), str(project.TTE_P12), str(by.pk), step),
        ],
        cwd=project.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bkpsdmd.accounts.tests.other_process",
            "TEST_DATABASE": name,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


@pytest.fixture
def paket(clerk, head):
    load_signer()
    paket = create_paket(judul="Paket", jenis="uji", by=clerk)
    for _ in range(3):
        draft(clerk, [head], paket=paket)
    return paket


@pytest.fixture
def number_all(officer, paket):
    def number():
        return number_paket(
            paket=paket,
            by=officer,
            tanggal=TODAY,
            now=NOW,
            batch="satu",
            progress=lambda *args: None,
        )

    return number


@pytest.mark.parametrize("where", ["before the file", "file made, row not"])
def test_worker_killed_between_number_and_file_leaves_one_outcome(
    where, officer, paket, number_all
):
    work_until_killed(where, officer, "number")
    if where == "before the file":
        papers = paket.naskah_set.filter(status=StatusNaskah.BERNOMOR, berkas="")
        assert papers.count() == 3, "numbered, and no file yet"
    numbers = list(NomorDokumen.objects.order_by("urut").values_list("nomor", "urut"))

    number_all()

    # Whatever was numbered keeps its number; nothing is numbered twice.
    after = list(NomorDokumen.objects.order_by("urut").values_list("nomor", "urut"))
    assert after[: len(numbers)] == numbers
    assert [urut for _, urut in after] == [1, 2, 3]
    assert not paket.naskah_set.filter(berkas="").exists()
    assert Event.objects.filter(kind="naskah.nomor").count() == 3
    for naskah in paket.naskah_set.all():
        assert naskah.sha256
        assert default_storage.exists(naskah.berkas.name)


@pytest.mark.parametrize(
    ("where", "issued"), [("signed, not stored", 0), ("second paper", 1)]
)
def test_worker_killed_between_signature_and_storing_leaves_one_outcome(
    where, issued, head, paket, number_all
):
    number_all()
    before = stored_files()

    work_until_killed(where, head, "sign")

    assert DokumenTerbit.objects.count() == issued
    running = PercobaanTtd.objects.filter(hasil="berjalan")
    assert running.count() == 3 - issued, "the attempts of who was killed"
    waiting = Naskah.objects.waiting_for(head)
    with pytest.raises(DomainError, match="sedang ditandatangani"):
        # Not of the same job, and too early to give the others up.
        sign_naskah(naskah=waiting[0], by=head, now=running[0].started_at)

    # The job goes on at once.
    signed = sign_paket(
        paket=paket,
        by=head,
        now=lambda: running[0].started_at,
        frasa_sandi="",
        batch="satu",
        progress=lambda *args: None,
    )

    assert signed == 3 - issued
    assert DokumenTerbit.objects.count() == 3
    assert paket.naskah_set.filter(status=StatusNaskah.DITANDATANGANI).count() == 3
    assert not PercobaanTtd.objects.filter(hasil="berjalan").exists()
    ended = PercobaanTtd.objects.filter(hasil="terputus")
    assert ended.count() == 3 - issued
    assert Event.objects.filter(kind="naskah.tandatangan").count() == 3
    names = set(DokumenTerbit.objects.values_list("berkas", flat=True))
    assert stored_files() - before == names
    for dokumen in DokumenTerbit.objects.all():
        with dokumen.berkas.open("rb") as file:
            assert [one.is_sah for one in check_signatures(file.read())] == [True]


def test_single_paper_whose_worker_was_killed_waits_for_the_lease_only(
    head, paket, number_all
):
    number_all()
    work_until_killed("signed, not stored", head, "sign")
    naskah = Naskah.objects.waiting_for(head)[0]
    started = PercobaanTtd.objects.latest("started_at").started_at

    naskah = sign_naskah(naskah=naskah, by=head, now=started + signing.LEASE * 1.1)

    assert naskah.status == StatusNaskah.DITANDATANGANI
    assert DokumenTerbit.objects.count() == 1
