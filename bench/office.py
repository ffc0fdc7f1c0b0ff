"""An invented office of any size in the database of the settings, and what to ask of it.

    python -m bench.office fill N    migrate, fill, and print what the measurement asks for
    python -m bench.office duk       make the DUK as PDF, and print what it took
    python -m bench.office statistik count by everything, and print what the slowest took

Small offices are invented person by person. Large ones are multiplied from a small one in
the database: people and today's state, without histories, for nobody has hours. One
person has records of every kind, and an export of SIASN that differs for 40 of 300 people
waits to be decided.
"""

import datetime as dt
import itertools
import json
import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

import typst  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, F  # noqa: E402
from django.utils import timezone  # noqa: E402

from bkpsdmd.accounts.roles import Role  # noqa: E402
from simpeg.jenis_riwayat import JENIS  # noqa: E402
from simpeg.models import (  # noqa: E402
    BarisMasuk,
    BerkasMasuk,
    JenisMasuk,
    KeadaanPegawai,
    Pegawai,
    SelisihSiasn,
    UnitKerja,
)
from simpeg.models.lingkup import Lingkup  # noqa: E402
from simpeg.selectors.dimensi import DIMENSI  # noqa: E402
from simpeg.selectors.rekap import JenisRekap, Tanya, build_lembar  # noqa: E402
from simpeg.selectors.siasn import batched  # noqa: E402
from simpeg.selectors.statistik import (  # noqa: E402
    Saringan,
    summarize_statistik,
)
from simpeg.services.demo import seed_demo  # noqa: E402
from simpeg.services.duk import build_duk, list_duk, write_duk  # noqa: E402
from simpeg.tests import factories  # noqa: E402

# An office up to this size is invented whole; a larger one grows from one of BASE.
WHOLE, BASE = 10_000, 6_000
EXPORT_ROWS, EXPORT_LIMIT = 6_000, 10_000
# Of so many people that many differ from SIASN, in these fields and states.
BEDA, DARI = 2, 15
ISIAN = ("nama", "alamat", "tempat_lahir", "nomor_hp", "pangkat", "jabatan")
KEADAAN = ("terbuka",) * 7 + ("ditanya", "diterima", "dipertahankan")
# Who has left has a shorter page.
NANTI = {"pemberhentian": {"tmt": dt.date(2040, 1, 1)}}
# The slowest counts are taken again, so that no passing load is taken for them.
LAGI, ULANG = 5, 3


def fill(size):
    call_command("prepare_portal", static_only=True, stdout=sys.stderr)
    call_command("migrate", verbosity=0)
    hasil = seed_demo(
        banyak=size if size <= WHOLE else BASE, seed=1, per_tanggal=timezone.localdate()
    )
    if size > WHOLE:
        multiply(size)
    complete = complete_person()
    impor = reconcile()
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        )
    akun = next(a for a in hasil.akun if a.peran is Role.VERIFIKATOR)
    return {
        "pegawai": Pegawai.objects.count(),
        "vendor": connection.vendor,
        "is_whole": size <= WHOLE,
        "login": akun.username,
        "password": akun.sandi,
        "complete": complete,
        "impor": impor,
        **choose(),
    }


def multiply(size):
    """Copy people until there are `size`: other numbers, other names, the same posts.

    A copy keeps the birth date and service inside its NIP and gets another serial number;
    only people who are alone with those take part, so that no number comes twice.
    """
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    wanted = size - Pegawai.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM simpeg_pegawai"
            " GROUP BY substr(nip, 1, 15) HAVING count(*) = 1) s"
        )
        times = -(-wanted // cursor.fetchone()[0])
        if times > 999:
            sys.exit("Paling banyak 999 salinan tiap orang; pilih ukuran lebih kecil.")
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE salinan AS
            WITH RECURSIVE kali(k) AS (
                SELECT 1 UNION ALL SELECT k + 1 FROM kali WHERE k < {times}
            ), dasar AS (
                SELECT id, nip, nama, row_number() OVER (ORDER BY id) AS n,
                       count(*) OVER () AS banyak
                FROM simpeg_pegawai WHERE substr(nip, 1, 15) IN (
                    SELECT substr(nip, 1, 15) FROM simpeg_pegawai
                    GROUP BY substr(nip, 1, 15) HAVING count(*) = 1)
            )
            SELECT a.id AS asal, b.id AS teman,
                   substr(a.nip, 1, 15) || substr(cast(1000 +
                       (cast(substr(a.nip, 16) AS integer) + k) % 1000 AS text), 2) AS nip,
                   substr(a.nama, 1, {position}(a.nama || ' ', ' ') - 1) || ' ' ||
                       substr(b.nama, {position}(b.nama, ' ') + 1) AS nama
            FROM kali CROSS JOIN dasar a
            JOIN dasar b ON b.n = (a.n + k * 37) % a.banyak + 1
            ORDER BY k, a.id LIMIT {wanted}
            """
        )
        changed = {"nip": "s.nip", "nama": "s.nama", "nik": "''"}
        changed |= {"user_id": "NULL", "siasn_id": "NULL"}
        _copy(
            cursor,
            Pegawai,
            changed,
            "id",
            "salinan s JOIN simpeg_pegawai x ON x.id = s.asal",
        )
        changed = {
            "pegawai_id": "p.id",
            "nip": "s.nip",
            "nama_lengkap": "replace(x.nama_lengkap, asal.nama, s.nama)",
            "nama_urut": "upper(s.nama)",
            "kunci_cari": "upper(s.nama) || ' ' || s.nip",
            "kunci_duk": "replace(x.kunci_duk, x.nip, s.nip)",
            # Else a thousand copies were one row to an index that keeps equals together.
            **{
                name: f"y.{name}"
                for name in (
                    *("pendidikan_id", "tahun_lulus", "agama", "status_kawin"),
                    *("tmt_golongan", "masa_kerja_bulan", "kunci_masa_kerja"),
                )
            },
        }
        _copy(
            cursor,
            KeadaanPegawai,
            changed,
            "",
            "salinan s JOIN simpeg_pegawai p ON p.nip = s.nip"
            " JOIN simpeg_pegawai asal ON asal.id = s.asal"
            " JOIN simpeg_keadaanpegawai x ON x.pegawai_id = s.asal"
            " JOIN simpeg_keadaanpegawai y ON y.pegawai_id = s.teman",
        )


def _copy(cursor, model, changed, generated, source):
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column != generated
    ]
    values = ", ".join(changed.get(column, f"x.{column}") for column in columns)
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
        f" SELECT {values} FROM {source}"
    )


def complete_person():
    """Give one person a record of every kind; return whose page that is."""
    person = KeadaanPegawai.objects.aktif().order_by("pk")[200].pegawai
    made = {
        factory._meta.model: factory
        for factory in vars(factories).values()
        if isinstance(factory, type) and issubclass(factory, factories.RiwayatFactory)
    }
    with factories.refreshed_at_once():
        for kind in JENIS.values():
            if not kind.model.objects.filter(pegawai=person).exists():
                made[kind.model](pegawai=person, **NANTI.get(kind.kunci, {}))
    if not KeadaanPegawai.objects.get(pk=person.pk).is_aktif:
        sys.exit("Orang dengan riwayat lengkap harus aktif.")
    return person.pk


def reconcile():
    """Have an export of SIASN compared: its rows and differences, as a job stores them."""
    rows = list(
        KeadaanPegawai.objects.order_by("pk")
        .annotate(sisa=F("pk") % DARI)
        .filter(sisa__lt=BEDA)
        .values_list("pk", "nip", "nama_lengkap", "opd")
    )
    impor = BerkasMasuk.objects.create(
        jenis=JenisMasuk.REKONSILIASI,
        status=BerkasMasuk.Status.SIAP,
        nama_berkas="siasn.csv",
        jumlah_baris=len(rows),
        jumlah_berubah=len(rows),
    )
    for some in batched(list(enumerate(rows, 2)), 2_000):
        kept = BarisMasuk.objects.bulk_create(
            BarisMasuk(
                impor=impor,
                nomor=number,
                hasil=BarisMasuk.Hasil.BERUBAH,
                nama=name,
                nip=nip,
                pegawai_id=pk,
            )
            for number, (pk, nip, name, _) in some
        )
        SelisihSiasn.objects.bulk_create(
            SelisihSiasn(
                impor=impor,
                baris=baris,
                pegawai_id=pk,
                opd_id=opd,
                kolom=ISIAN[number % len(ISIAN)],
                kita="Jl. Contoh No. 1, Barabai",
                siasn="Jl. Contoh No. 2, Barabai",
                keadaan=KEADAAN[number % len(KEADAAN)],
            )
            for baris, (number, (pk, _, _, opd)) in zip(kept, some, strict=True)
        )
    return impor.pk


def choose():
    """Return the middle of the list, a word, a number, a person and an export."""
    listed = KeadaanPegawai.objects.aktif().order_by("nama_urut", "pk")
    middle = listed[listed.count() // 2]
    word = max(middle.nama_urut.split(), key=len)
    # Among the first, who were invented with their histories.
    person = listed.order_by("pk")[100]
    return {
        "middle": {"pk": middle.pk, "nama": middle.nama_urut},
        "word": word[1:6],
        "nip": middle.nip,
        "person": person.pk,
        "export": _choose_export(),
    }


def _choose_export():
    """Return the filter whose rows come nearest to 6,000, and how many those are."""
    everybody = KeadaanPegawai.objects.count()
    found = [({}, everybody)] if everybody <= EXPORT_LIMIT else []
    for names in (("opd",), ("status",), ("opd", "status")):
        for row in (
            KeadaanPegawai.objects.order_by().values(*names).annotate(n=Count("pk"))
        ):
            n = row.pop("n")
            if None not in row.values() and n <= EXPORT_LIMIT:
                found.append((row, n))
    query, rows = min(found, key=lambda one: abs(one[1] - EXPORT_ROWS))
    return {"query": query, "rows": rows}


def measure_duk():
    """Return what the DUK of the whole office took, and its rows in a bare table."""
    unit, today = UnitKerja.objects.get_first_root_node(), timezone.localdate()
    now = timezone.now()
    started = time.perf_counter()
    content = write_duk(unit=unit, per_tanggal=today, bentuk="pdf", by=None, dibuat=now)
    seconds = time.perf_counter() - started
    anggota, cpns = list_duk(unit=unit, per_tanggal=today)
    paper = build_duk(
        unit=unit, per_tanggal=today, anggota=anggota, cpns=cpns, dibuat=now
    )
    rows = [list(row.values()) for part in paper["bagian"] for row in part["baris"]]
    started = time.perf_counter()
    bare = typst.compile(
        BARE_TABLE.encode(), sys_inputs={"baris": json.dumps(rows, ensure_ascii=False)}
    )
    return {
        "rows": len(rows),
        "seconds": round(seconds, 2),
        "bytes": len(content),
        "floor_seconds": round(time.perf_counter() - started, 2),
        "floor_bytes": len(bare),
    }


def measure_statistik():
    """Return what the slowest count of the whole office took, and a bare GROUP BY.

    By each dimension alone and each two of them, and the tables that are no dimension;
    nothing is kept from one to the next.
    """
    counts = {
        names: lambda names=names: summarize_statistik(
            Lingkup(semua=True),
            baris=DIMENSI[names[0]],
            kolom=DIMENSI[names[1]] if len(names) > 1 else None,
            saringan=Saringan(),
            per_tanggal=timezone.localdate(),
        )
        for many in (1, 2)
        for names in itertools.combinations(DIMENSI, many)
    }
    tanya = Tanya(Lingkup(semua=True), timezone.localdate())
    counts |= {
        (f"rekap {kind}",): lambda kind=kind: build_lembar(kind, tanya)
        for kind in JenisRekap
    }
    taken = {names: _time(count) for names, count in counts.items()}
    again = sorted(taken, key=taken.get)[-LAGI:]
    found = {
        names: statistics.median(_time(counts[names]) for _ in range(ULANG))
        for names in again
    }
    slowest = max(found, key=found.get)
    counted = KeadaanPegawai.objects.aktif().order_by().values_list("golongan")
    return {
        "slowest": " x ".join(slowest),
        "seconds": round(found[slowest], 4),
        "floor_seconds": round(_time(lambda: list(counted.annotate(Count("pk")))), 4),
    }


def _time(call):
    cache.clear()
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


BARE_TABLE = """
#set page("a4", flipped: true)
#set text(5pt)
#let baris = json(bytes(sys.inputs.baris))
#table(columns: baris.at(0).len(), ..baris.flatten())
"""


if __name__ == "__main__":
    what = sys.argv[1]
    measures = {"duk": measure_duk, "statistik": measure_statistik}
    answer = fill(int(sys.argv[2])) if what == "fill" else measures[what]()
    print(json.dumps(answer))
