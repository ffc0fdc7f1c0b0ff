"""Papers of many: what a worker takes for them, beside the bare making of the same.

    python -m bench.papers surat N     N letters drafted, numbered with their files, signed
    python -m bench.papers lembar N    N sheets of people as a ZIP, and as one merged PDF

Each runs in a process of its own, as a worker does, so that its peak memory is its own.
The floor writes the bare rows of a draft, sets the same papers in one process, signs the
same files with the same key and merges them, with nothing around any of it.
"""

import contextlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bkpsdmd.accounts.models import User  # noqa: E402
from bkpsdmd.documents import engine  # noqa: E402
from bkpsdmd.documents.merging import merge_pdfs  # noqa: E402
from bkpsdmd.documents.models import (  # noqa: E402
    Naskah,
    PaketNaskah,
    StatusNaskah,
)
from bkpsdmd.documents.naskah.paket import number_paket, sign_paket  # noqa: E402
from bkpsdmd.documents.naskah.rendering import build_data, get_lembar  # noqa: E402
from bkpsdmd.documents.permissions import Permission as Papers  # noqa: E402
from bkpsdmd.documents.rendering import build_payload  # noqa: E402
from bkpsdmd.documents.tte.lokal import TteLokal, load_signer  # noqa: E402
from bkpsdmd.documents.tte.penyedia import Penanda  # noqa: E402
from simpeg.choices import HasilTindakan  # noqa: E402
from simpeg.models import KeadaanPegawai, SuratPegawai  # noqa: E402
from simpeg.permissions import Permission  # noqa: E402
from simpeg.selectors.akses import get_lingkup, get_lingkup_kelola  # noqa: E402
from simpeg.services.cetak import delete_parts, request_cetak, write_cetak  # noqa: E402
from simpeg.services.dokumen import build_dokumen, get_dokumen  # noqa: E402
from simpeg.services.surat import (  # noqa: E402
    request_surat_massal,
    run_surat_massal,
)

# The floor is slow enough to be measured on fewer papers.
FLOOR = 200


def measure_letters(count):
    """Return seconds per step for letters about so many people, or all of them."""
    drafter = _widest(Permission.SURAT_DRAFT, get_lingkup_kelola)
    officer = _widest(Papers.NASKAH_NUMBER, get_lingkup)
    load_signer()  # made once, at the first signature of an office
    rows = KeadaanPegawai.objects.aktif().exclude(pegawai__user=drafter)
    rows = rows.filter(get_lingkup_kelola(drafter).as_q()).order_by("pk")
    some = list(rows.values_list("pk", flat=True)[:count])
    day = timezone.localdate()
    tindakan = request_surat_massal(
        rows=KeadaanPegawai.objects.filter(pk__in=some),
        keperluan="pengukuran",
        by=drafter,
        per_tanggal=day,
    )
    found = {}
    with _timed(found, "surat_draf", len(some)):
        run_surat_massal(tindakan=tindakan, by=drafter, progress=_quiet)
    paket = PaketNaskah.objects.get(pk=tindakan.params["paket"])
    papers = paket.naskah_set.count()
    with _timed(found, "surat_nomor", papers):
        number_paket(
            paket=paket,
            by=officer,
            tanggal=day,
            now=timezone.now(),
            batch="pengukuran",
            progress=_quiet,
        )
    signers = User.objects.filter(
        pk__in=paket.naskah_set.values("penandatangan_set__user")
    )
    with _timed(found, "surat_ttd", papers):
        for signer in signers:
            sign_paket(
                paket=paket,
                by=signer,
                now=timezone.now,
                frasa_sandi="",
                batch="pengukuran",
                progress=_quiet,
            )
    signed = paket.naskah_set.filter(status=StatusNaskah.DITANDATANGANI).count()
    # A letter about the signer waits for another official.
    if signed < papers - len(signers):
        sys.exit(f"Hanya {signed} dari {papers} surat ditandatangani.")
    _note_memory(found)
    _add_letter_floor(found, paket)
    return found


def _add_letter_floor(found, paket):
    papers = list(paket.naskah_set.select_related("nomor").order_by("pk")[:FLOOR])
    found["surat_draf"]["floor_ms"] = _write_rows(papers)
    now = timezone.now()
    lembar = get_lembar(papers[0], now=now)
    payloads = [
        build_payload(
            build_data(naskah, draf=False, now=now, lembar=lembar),
            kop=lembar.kop,
            pengaturan=lembar.nilai,
        )
        for naskah in papers
    ]
    templat = papers[0].templat
    pdfs, per_paper = _compile(templat, payloads, tagged=True)
    found["surat_nomor"]["floor_ms"] = per_paper
    started = time.perf_counter()
    TteLokal().sign(pdfs, Penanda("Kepala", "Barabai"))
    found["surat_ttd"]["floor_ms"] = _per_paper(started, len(pdfs))


def _write_rows(papers):
    """Write the rows of these drafts, and nothing else; they do not stay."""
    rows = [
        (paper.surat_pegawai.pegawai_id, list(paper.penandatangan_set.all()), paper)
        for paper in papers
    ]
    started = time.perf_counter()
    with transaction.atomic():
        for pegawai, signers, paper in rows:
            draft = Naskah(
                **{
                    name: getattr(paper, name)
                    for name in ("jenis", "judul", "perihal_umum", "data", "templat")
                },
                versi_templat=paper.versi_templat,
                paket_id=paper.paket_id,
                created_by_id=paper.created_by_id,
            )
            draft.save()
            SuratPegawai.objects.create(naskah=draft, pegawai_id=pegawai)
            for signer in signers:
                signer.pk, signer.naskah = None, draft
                signer.save(force_insert=True)
        transaction.set_rollback(True)
    return _per_paper(started, len(rows))


def measure_sheets(count):
    """Return seconds for the biodata of so many people, zipped and then merged.

    The second act finds the sheets made: it only puts them together.
    """
    by = _widest(Permission.PEGAWAI_EXPORT, get_lingkup)
    day, now = timezone.localdate(), timezone.now()
    some = KeadaanPegawai.objects.aktif().order_by("pk").values_list("pk", flat=True)
    tindakan = request_cetak(
        rows=KeadaanPegawai.objects.filter(pk__in=list(some[:count])).order_by("pk"),
        dokumen="biodata",
        bentuk="zip",
        by=by,
        per_tanggal=day,
    )
    found = {}
    for bentuk, name in (("zip", "lembar_zip"), ("gabung", "lembar_gabung")):
        tindakan.params["bentuk"] = bentuk
        with (
            _timed(found, name, tindakan.jumlah),
            write_cetak(tindakan=tindakan, by=by, dibuat=now, progress=_quiet) as made,
        ):
            found[name] = {"bytes": made[0].stat().st_size}
        _note_memory({name: found[name]})
    printed = tindakan.baris_set.filter(hasil=HasilTindakan.BERHASIL)
    if printed.count() < tindakan.jumlah:
        sys.exit("Tidak semua lembar tercetak.")
    delete_parts(tindakan)
    ids = list(printed.order_by("urut").values_list("pegawai", flat=True)[:FLOOR])
    papers = build_dokumen(
        dokumen=get_dokumen("biodata"),
        pegawai_ids=ids,
        visible=lambda pk: False,
        dibuat=now,
        per_tanggal=day,
    )
    payloads = [build_payload(dict(paper), kop=True) for paper in papers]
    pdfs, per_paper = _compile("perorangan", payloads, tagged=False)
    found["lembar_zip"]["floor_ms"] = per_paper
    started = time.perf_counter()
    with TemporaryDirectory() as folder:
        merge_pdfs([[("", pdf) for pdf in pdfs]], folder=Path(folder), title="")
    found["lembar_gabung"]["floor_ms"] = _per_paper(started, len(pdfs))
    return found


def _compile(template, payloads, *, tagged):
    """Return the papers and milliseconds for each, the first left out: it loads."""
    made = []
    for number, (payload, created_at) in enumerate(payloads):
        if number == 1:
            started = time.perf_counter()
        made.append(
            engine.compile_pdf(template, payload, created_at=created_at, tagged=tagged)
        )
    return made, _per_paper(started, len(made) - 1)


def _widest(permission, get_scope):
    """Return the user with this permission who reaches the most people."""
    users = [u for u in User.objects.filter(is_active=True) if u.has_perm(permission)]
    return max(
        users,
        key=lambda user: KeadaanPegawai.objects.filter(get_scope(user).as_q()).count(),
    )


@contextlib.contextmanager
def _timed(found, name, count):
    """Note under a name what a step took for each paper."""
    started = time.perf_counter()
    yield
    found.setdefault(name, {}).update(papers=count, ms=_per_paper(started, count))


def _note_memory(steps):
    """Note the most memory that this process, or one compiler of its, has held so far."""
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    for step in steps.values():
        step["rss_mb"] = most // 1024


def _per_paper(started, count):
    return round((time.perf_counter() - started) * 1000 / count, 2)


def _quiet(done, total, pesan):
    """Nobody watches."""


if __name__ == "__main__":
    measures = {"surat": measure_letters, "lembar": measure_sheets}
    print(json.dumps(measures[sys.argv[1]](int(sys.argv[2]))))
