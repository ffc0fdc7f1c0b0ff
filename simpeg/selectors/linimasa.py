"""A person's career as one line of events, with its gaps and overlaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from bkpsdmd.ui.components import Nada, TimelineItem
from simpeg.choices import JenisPenugasan, TingkatTemuan
from simpeg.jenis_riwayat import (
    CLTN,
    DP3,
    JABATAN,
    JENIS,
    KEDUDUKAN,
    KONTRAK,
    PANGKAT,
    PEMBERHENTIAN,
    PENDIDIKAN,
    SKP,
    SKP_LAMA,
    TUGAS_BELAJAR,
    JenisRiwayat,
    get_bagian,
)
from simpeg.models import KedudukanHukum, Pegawai, RiwayatJabatan, RiwayatPendidikan
from simpeg.models.riwayat import Riwayat
from simpeg.rules.linimasa import FaktaLinimasa, KodeLinimasa, check_linimasa
from simpeg.rules.temuan import HARI, Masa, Temuan
from simpeg.selectors.riwayat import BarisPeristiwa, SemuaRiwayat

_RATED = {SKP.kunci, SKP_LAMA.kunci, DP3.kunci}
_PERGI = {CLTN.kunci, TUGAS_BELAJAR.kunci}
_KATA: dict[str, str] = {
    KodeLinimasa.TUMPANG_JABATAN: "Tumpang tindih",
    KodeLinimasa.TUMPANG_KONTRAK: "Tumpang tindih",
    KodeLinimasa.SAAT_PERGI: "Tumpang tindih",
    KodeLinimasa.SESUDAH_BERHENTI: "Sesudah berhenti",
}


def list_linimasa(
    semua: SemuaRiwayat,
    lain: Sequence[BarisPeristiwa],
    pegawai: Pegawai,
    per_tanggal: dt.date,
    *,
    can_open: bool,
) -> list[TimelineItem]:
    """Return every event on record and what is missing or doubled between them.

    `lain` are the rows of all kinds that `semua` leaves out. Newest first; what was
    cancelled stays in its place, with the reason. No query.
    """
    items = [
        *_pengangkatan(pegawai),
        *(
            _item(
                row,
                PANGKAT,
                row.tmt,
                f"Golongan {row.golongan_id} {row.golongan.pangkat}".strip(),
                can_open=can_open,
            )
            for row in semua.pangkat
        ),
        *(
            _item(
                row,
                JABATAN,
                row.tmt,
                _jabatan(row),
                row.nama_unit,
                can_open=can_open,
            )
            for row in semua.jabatan
        ),
        *(
            _item(
                row,
                PENDIDIKAN,
                lulus,
                f"Lulus {row.nama}"
                if row.tanggal_lulus
                else f"Lulus {row.nama} ({row.tahun_lulus})",
                row.sekolah,
                can_open=can_open,
            )
            for row in semua.pendidikan
            if (lulus := _lulus(row))
        ),
        *(_lain(row, pegawai, can_open=can_open) for row in lain),
        *(
            _temuan(temuan, pegawai)
            for temuan in check_linimasa(
                build_fakta_linimasa(semua, lain, pegawai), per_tanggal=per_tanggal
            )
        ),
    ]
    pensiun = pegawai.keadaan.tmt_pensiun
    if pensiun and pegawai.keadaan.is_aktif:
        sentence = "Menurut batas usia jabatan sekarang"
        items.append(TimelineItem(pensiun, "Pensiun", sentence, ikon="clock"))
    return sorted(items, key=lambda item: item.tanggal or dt.date.min, reverse=True)


def build_fakta_linimasa(
    semua: SemuaRiwayat, lain: Iterable[BarisPeristiwa], pegawai: Pegawai
) -> FaktaLinimasa:
    """Return the periods in force as the rule takes them."""
    berlaku = semua.berlaku()
    by_jenis: dict[str, list[BarisPeristiwa]] = {}
    for row in lain:
        if row.is_berlaku:
            by_jenis.setdefault(row.jenis.kunci, []).append(row)
    pergi = [row for kunci in sorted(_PERGI) for row in by_jenis.get(kunci, ())]
    definitif: list[Masa] = []
    penugasan: list[Masa] = []
    for jabatan in berlaku.jabatan:
        is_tetap = jabatan.jenis_penugasan == JenisPenugasan.DEFINITIF
        selesai = jabatan.tmt_selesai and jabatan.tmt_selesai - HARI
        masa = Masa(JABATAN.kunci, jabatan.pk, _jabatan(jabatan), jabatan.tmt, selesai)
        (definitif if is_tetap else penugasan).append(masa)
    return FaktaLinimasa(
        pengangkatan=pegawai.tmt_cpns,
        pangkat=tuple(
            Masa(PANGKAT.kunci, row.pk, f"golongan {row.golongan_id}", row.tmt)
            for row in berlaku.pangkat
        ),
        jabatan=tuple(definitif),
        penugasan=tuple(penugasan),
        kontrak=tuple(
            Masa(
                KONTRAK.kunci,
                row.pk,
                f"perjanjian kerja ke-{row.judul}",
                row.tanggal,
                row.selesai,
            )
            for row in by_jenis.get(KONTRAK.kunci, ())
        ),
        pergi=tuple(
            Masa(row.jenis.kunci, row.pk, row.judul, row.tanggal, row.selesai)
            for row in pergi
            if row.selesai
        ),
        kembali=tuple(row.tanggal for row in pergi if row.selesai is None),
        tahun_kinerja=frozenset(
            int(row.judul) for kunci in _RATED for row in by_jenis.get(kunci, ())
        ),
        berhenti=_find_berhenti(
            [
                *by_jenis.get(PEMBERHENTIAN.kunci, ()),
                *(
                    row
                    for row in by_jenis.get(KEDUDUKAN.kunci, ())
                    if row.kode == KedudukanHukum.BERAKHIR
                ),
            ],
            definitif,
            pegawai,
        ),
    )


def _find_berhenti(
    berakhir: Iterable[BarisPeristiwa],
    jabatan: Sequence[Masa],
    pegawai: Pegawai,
) -> dt.date | None:
    """Return the first day after service.

    Who may not see the decree is told by today's state and the end of the last post.
    """
    days = [row.tanggal for row in berakhir]
    if not days and not pegawai.keadaan.is_aktif:
        days = [masa.selesai + HARI for masa in jabatan if masa.selesai][-1:]
        return max(days, default=None)
    return min(days, default=None)


def _temuan(temuan: Temuan, pegawai: Pegawai) -> TimelineItem:
    jenis = JENIS[temuan.jenis]
    return TimelineItem(
        temuan.mulai,
        _KATA.get(str(temuan.kode), "Jeda"),
        temuan.pesan,
        url=build_url(pegawai.pk, jenis, temuan.baris),
        nada=Nada.BAD if temuan.tingkat is TingkatTemuan.SALAH else Nada.WARN,
    )


def _item(
    row: Any,
    jenis: JenisRiwayat,
    tanggal: dt.date,
    judul: str,
    keterangan: str = "",
    *,
    can_open: bool,
) -> TimelineItem:
    return TimelineItem(
        tanggal,
        judul,
        _why(row) or keterangan,
        url=build_url(row.pegawai_id, jenis, row.pk),
        ikon=jenis.ikon,
        is_batal=not row.is_berlaku,
        bukti=_bukti(jenis, row.sk_nomor, row.berkas_id),
        bukti_url=_bukti_url(row.pegawai_id, row.berkas_id, can_open=can_open),
    )


def _bukti(jenis: JenisRiwayat, sk_nomor: str, berkas_id: int | None) -> str:
    """Return how the paper behind a row is called, and that it is missing."""
    bukti = f"{jenis.label_bukti} {sk_nomor}" if sk_nomor else ""
    if berkas_id is None:
        return f"{bukti}, belum ada berkas" if bukti else ""
    return bukti or "Berkas"


def _bukti_url(pegawai_id: int, berkas_id: int | None, *, can_open: bool) -> str:
    if berkas_id is None or not can_open:
        return ""
    return reverse("simpeg:berkas-detail", args=[pegawai_id, berkas_id])


def build_url(pegawai_id: int, jenis: JenisRiwayat, pk: int | None = None) -> str:
    """Return the tab of a kind, at the row where one is named."""
    bagian = get_bagian(jenis).kunci
    url = reverse("simpeg:pegawai-bagian", args=[pegawai_id, bagian])
    return f"{url}#{jenis.kunci}-{pk}" if pk else url


def _pengangkatan(pegawai: Pegawai) -> list[TimelineItem]:
    items = []
    if pegawai.tmt_cpns:
        label = (
            "CPNS" if pegawai.jenis_asn == "pns" else pegawai.get_jenis_asn_display()
        )
        items.append(
            TimelineItem(
                pegawai.tmt_cpns,
                f"Diangkat sebagai {label}",
                f"SK {pegawai.sk_cpns_nomor}" if pegawai.sk_cpns_nomor else "",
                ikon="user-plus",
            )
        )
    if pegawai.tmt_pns:
        items.append(
            TimelineItem(
                pegawai.tmt_pns,
                "Diangkat sebagai PNS",
                f"SK {pegawai.sk_pns_nomor}" if pegawai.sk_pns_nomor else "",
                ikon="circle-check",
            )
        )
    return items


def _jabatan(row: RiwayatJabatan) -> str:
    if row.jenis_penugasan == JenisPenugasan.DEFINITIF:
        return row.jabatan.nama
    return f"{row.get_jenis_penugasan_display()} {row.jabatan.nama}"


def _lulus(row: RiwayatPendidikan) -> dt.date | None:
    if row.tanggal_lulus or row.tahun_lulus is None:
        return row.tanggal_lulus
    return dt.date(row.tahun_lulus, 1, 1)


def _lain(row: BarisPeristiwa, pegawai: Pegawai, *, can_open: bool) -> TimelineItem:
    peristiwa = row.jenis.peristiwa
    return TimelineItem(
        row.tanggal,
        peristiwa.pola.format(peristiwa.tulis(row.judul)) if peristiwa else row.judul,
        f"Dibatalkan: {row.alasan_batal}" if row.alasan_batal else "",
        url=build_url(pegawai.pk, row.jenis, row.pk),
        ikon=row.jenis.ikon,
        is_batal=row.alasan_batal is not None,
        bukti=_bukti(row.jenis, row.sk_nomor, row.berkas_id),
        bukti_url=_bukti_url(pegawai.pk, row.berkas_id, can_open=can_open),
    )


def _why(row: Riwayat) -> str:
    pembatalan = row.dibatalkan_oleh
    return f"Dibatalkan: {pembatalan.alasan}" if pembatalan else ""
