"""Tries every address, by GET and POST, on people and papers of another unit.

What must stay closed is made to exist first: an address that answers 404 for nothing
proves nothing. It stands in the highest app because it may see all of them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse

from bkpsdmd.accounts.roles import Role
from bkpsdmd.documents.models import Naskah, PaketNaskah
from bkpsdmd.jobs.models import Job
from reporting.tests.test_semua_alamat import PUBLIC, ROUTES, SAMPLE
from simpeg.jenis_riwayat import BAGIAN, JENIS
from simpeg.models import Rombongan, SuratPegawai, TindakanMassal
from simpeg.selectors.pilihan import DAFTAR
from simpeg.tests import factories
from simpeg.tests.actors import make_user
from simpeg.views.pegawai import PegawaiDetailView

# Of what kind the object is that a route names; elsewhere it is a person.
MILIK = (
    ("jobs:", "job"),
    ("documents:naskah", "naskah"),
    ("documents:paket", "paket"),
    ("simpeg:surat-update", "naskah"),
    ("simpeg:surat-dinas-update", "naskah"),
    ("simpeg:berita-acara-update", "naskah"),
    ("simpeg:lembar", "masuk"),
    ("simpeg:siasn", "masuk"),
    ("simpeg:rekonsiliasi", "masuk"),
    ("simpeg:rombongan", "rombongan"),
    ("simpeg:tindakan", "tindakan"),
)
# What every visit writes, and that lists of the own unit were taken along.
QUIET = {
    "sessions.session",
    "accounts.sesi",
    "audit.event",
    "simpeg.pembukaanharian",
}


@pytest.fixture
def luar(kantor) -> dict[str, Any]:
    """Everything of the other dinas that an address could name, by the names it uses."""
    orang = kantor.orang_luar
    petugas = make_user(Role.PENGELOLA_OPD, kantor.dinas_lain)
    berkas = factories.BerkasArsipFactory(pegawai=orang)
    paket = PaketNaskah.objects.create(
        judul="Paket Lain", jenis="surat_keterangan", created_by=petugas
    )
    naskah = Naskah.objects.create(
        jenis="surat_keterangan",
        judul=f"Surat keterangan {orang.nama}",
        perihal_umum="Surat keterangan",
        data={"isi": []},
        templat="naskah_dinas",
        versi_templat=1,
        paket=paket,
        created_by=petugas,
    )
    SuratPegawai.objects.create(naskah=naskah, pegawai=orang)
    masuk = factories.BerkasMasukFactory(created_by=petugas, jenis="lembar")
    rombongan = Rombongan.objects.create(
        berkas_masuk=masuk, nama=f"Lembar {orang.nama}", created_by=petugas
    )
    tindakan = TindakanMassal.objects.create(
        jenis="cetak",
        judul=f"Cetak {orang.nama}",
        params={},
        jumlah=1,
        per_tanggal=dt.date(2026, 11, 26),
        created_by=petugas,
    )
    job = Job.objects.create(
        kind="simpeg.ekspor_pegawai",
        label=f"Ekspor {orang.nama}",
        owner=petugas,
        state="selesai",
    )
    job.file.save("x", ContentFile(orang.nama.encode()))
    rows = {
        kunci: jenis.model.objects.filter(pegawai=orang).first()
        or getattr(factories, f"{jenis.model.__name__}Factory")(pegawai=orang)
        for kunci, jenis in JENIS.items()
        if hasattr(factories, f"{jenis.model.__name__}Factory")
    }
    return {
        "orang": orang,
        "berkas": berkas,
        "naskah": naskah,
        "paket": paket,
        "masuk": masuk,
        "rombongan": rombongan,
        "tindakan": tindakan,
        "job": job,
        "riwayat": rows,
        "petugas": petugas,
    }


def _find_object(name: str, luar: dict[str, Any]) -> Any:
    """Return what the key in this route stands for: a person where nothing else does."""
    for start, kind in MILIK:
        if name.startswith(start):
            return luar[kind]
    return luar["orang"]


def _list_addresses(luar: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every route with the object of the other unit that could stand in it."""
    found = []
    for name, pattern in sorted(ROUTES.items()):
        if name in PUBLIC:
            continue
        parts = pattern.pattern.converters
        kinds = {
            part: type(converter).__name__.removesuffix("Converter").lower()
            for part, converter in parts.items()
        }
        values = {part: SAMPLE[kind] for part, kind in kinds.items()}
        if "berkas_pk" in parts:
            values["berkas_pk"] = luar["berkas"].pk
        if "pk" in parts:
            values["pk"] = _find_object(name, luar).pk
        found += [
            (name, reverse(name, kwargs={**values, **slug}))
            for slug in _list_slugs(name, parts, luar)
        ]
    return found


def _list_slugs(name: str, parts: Any, luar: dict[str, Any]) -> list[dict[str, Any]]:
    if "riwayat_pk" in parts:
        return [
            {"jenis": k, "riwayat_pk": row.pk} for k, row in luar["riwayat"].items()
        ]
    if "bagian" in parts:
        tab = {one.kunci for one in BAGIAN} | {
            *PegawaiDetailView.AWAL,
            *PegawaiDetailView.AKHIR,
        }
        return [{"bagian": kunci} for kunci in sorted(tab)]
    if name == "simpeg:riwayat-create":
        return [{"jenis": kunci} for kunci in JENIS]
    if name == "simpeg:pilihan":
        return [{"daftar": kunci} for kunci in DAFTAR]
    return [{}]


def _read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b" ".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "ignore")


def _take_stock() -> dict[str, str]:
    """Return every row that a request could have changed, by table."""
    return {
        model._meta.label_lower: repr(list(model._base_manager.order_by("pk").values()))
        for model in apps.get_models()
        if model._meta.label_lower not in QUIET
    }


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.PEGAWAI, Role.ATASAN, Role.PENGELOLA_OPD])
def test_nothing_of_another_unit_is_given_or_changed(client_for, kantor, luar, role):
    client = client_for(role)
    orang = luar["orang"]
    words = re.compile(f"{orang.nama}|{orang.nip}", re.IGNORECASE)
    asked = {
        "unit": kantor.dinas_lain.pk,
        "unit_kerja": kantor.dinas_lain.pk,
        "opd": kantor.dinas_lain.pk,
        "pegawai": orang.pk,
        "pilih": orang.pk,
        "alasan": "Coba",
    }
    before, told = _take_stock(), []
    for name, address in _list_addresses(luar):
        for how, answer in (
            ("GET", client.get(address, asked)),
            ("POST", client.post(address, asked)),
        ):
            text = _read(answer)
            assert answer.status_code != 500, (name, how)
            if answer.status_code < 400 and (found := words.search(text)):
                told.append((name, how, found.group()))
    after = _take_stock()

    assert told == []
    assert [table for table in after if after[table] != before[table]] == []
