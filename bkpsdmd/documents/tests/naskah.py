"""A kind of paper that exists in tests alone, and papers of it."""

import datetime as dt

import pytest
from django.db.models import Q
from django.utils import timezone

from bkpsdmd.documents import jenis
from bkpsdmd.documents.naskah.services import draft_naskah, number_naskah

NOW = dt.datetime(2026, 11, 26, 9, 0, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
JENIS = jenis.JenisNaskah(
    kunci="uji",
    nama="Naskah uji",
    templat="naskah_dinas",
    versi=1,
    buku="surat",
    penyusun="documents.naskah_view",
    visible=lambda user: Q(),
)


@pytest.fixture(autouse=True)
def jenis_uji(monkeypatch):
    monkeypatch.setitem(jenis._jenis, "uji", JENIS)


def penandatangan(user=None, **changes):
    return {
        "user": user,
        "jabatan": "Kepala Badan",
        "nama": "Rahmawati, S.Sos., M.AP.",
        "pangkat": "Pembina Utama Muda",
        "nip": "197001011990031001",
        **changes,
    }


def draft(by, signers, **changes):
    values = {
        "jenis": "uji",
        "judul": "Surat Keterangan",
        "perihal_umum": "Surat keterangan",
        "data": {
            "judul": "Surat Keterangan",
            "judul_pendek": "Surat keterangan",
            "isi": [{"jenis": "paragraf", "teks": "Menerangkan bahwa ini contoh."}],
        },
        "penandatangan": [penandatangan(user) for user in signers],
        "by": by,
    }
    return draft_naskah(**{**values, **changes})


def numbered(by, signers, *, cara="lokal", **changes):
    naskah = draft(by, signers, **changes)
    return number_naskah(naskah=naskah, tanggal=TODAY, by=by, now=NOW, cara=cara)
