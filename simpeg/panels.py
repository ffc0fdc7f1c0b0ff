"""What Beranda says about people: one's own record, imports, retirements, figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from bkpsdmd.accounts.models import User
from bkpsdmd.ui.components import Figure, Nada, Panel, PanelItem, PanelKind
from bkpsdmd.ui.formats import format_angka, format_persen, format_waktu
from bkpsdmd.ui.panels import register_panel
from simpeg.choices import StatusKepegawaian
from simpeg.permissions import Permission
from simpeg.rules.waktu import add_years
from simpeg.selectors.akses import get_akses, get_lingkup, get_lingkup_kelola
from simpeg.selectors.arsip import count_cacat, list_ditolak, list_usulan, nama_jenis
from simpeg.selectors.rekonsiliasi import list_pertanyaan
from simpeg.selectors.ringkasan import (
    get_ringkasan_saya,
    list_akan_pensiun,
    list_impor_menunggu,
    list_penataan_menunggu,
    summarize_pegawai,
)
from simpeg.selectors.siasn import label_isian

# How long a refused paper stands on Beranda.
DITOLAK_TAMPIL = dt.timedelta(days=60)
# How long a letter that was signed stands on the Beranda of whom it is about.
SURAT_TAMPIL = dt.timedelta(days=14)
# How many lines a panel shows before it refers to the list.
BARIS = 5


def panel_data_saya(user: User, per_tanggal: dt.date) -> Panel | None:
    """Ask the person to fill what is missing and to confirm the record once a year."""
    pegawai_id = get_akses(user).pegawai_id
    if pegawai_id is None or not user.has_perm(Permission.PEGAWAI_SELF):
        return None
    saya = get_ringkasan_saya(pegawai_id)
    url, now = reverse("simpeg:pegawai-saya"), timezone.now()
    items = []
    if saya.surat_at and saya.surat_at >= now - SURAT_TAMPIL:
        items.append(
            PanelItem(
                saya.surat_judul or "",
                url=reverse("documents:naskah-detail", args=[saya.surat]),
                keterangan="Surat tentang Anda dapat diunduh.",
                status="Sudah ditandatangani",
                nada=Nada.OK,
            )
        )
    if kurang := saya.wajib_jumlah - saya.wajib_terisi:
        items.append(
            PanelItem(
                f"{kurang} isian data Anda masih kosong",
                url=url,
                keterangan="Lihat yang kurang, lalu sampaikan berkasnya ke pengelola "
                "kepegawaian unit Anda.",
                status="Belum lengkap",
                nada=Nada.WARN,
            )
        )
    diperiksa = saya.dikonfirmasi_at
    batas = add_years(per_tanggal, -1)
    if diperiksa is None or timezone.localdate(diperiksa) < batas:
        items.append(
            PanelItem(
                "Periksa data Anda sekali setahun",
                url=url,
                keterangan="Bila sudah benar, tekan Ya, data saya sudah benar.",
                status="Belum diperiksa",
                nada=Nada.INFO,
            )
        )
    sejak = now - DITOLAK_TAMPIL
    if saya.ditolak_at and saya.ditolak_at >= sejak:
        items += [
            PanelItem(
                f"{nama_jenis(berkas.jenis, per_tanggal)} ditolak",
                url=berkas.get_absolute_url(),
                keterangan=berkas.alasan,
                status="Perlu dikirim ulang",
                nada=Nada.BAD,
            )
            for berkas in list_ditolak(pegawai_id).filter(diputus_at__gte=sejak)[:BARIS]
        ]
    if not items:
        return None
    return Panel(PanelKind.TUGAS, "Data saya", items=items, url=url, url_label="Buka")


def panel_usulan_berkas(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the papers that people proposed and that wait for this officer."""
    if not user.has_perm(Permission.BERKAS_CHANGE):
        return None
    usulan = (
        list_usulan(user)
        .select_related(None)
        .select_related("pegawai__keadaan")
        .only("jenis", "created_at", "pegawai__keadaan__nama_lengkap")
    )
    items = [
        PanelItem(
            nama_jenis(berkas.jenis, per_tanggal),
            url=berkas.get_absolute_url(),
            keterangan=berkas.pegawai.keadaan.nama_lengkap,
            tanggal=timezone.localdate(berkas.created_at),
            status="Menunggu diperiksa",
            nada=Nada.INFO,
        )
        for berkas in usulan.order_by("created_at")[:BARIS]
    ]
    if not items:
        return None
    url = reverse("simpeg:arsip-usulan")
    return Panel(PanelKind.TUGAS, "Usulan berkas", items=items, url=url)


def panel_arsip(user: User, per_tanggal: dt.date) -> Panel | None:
    """Warn of stored files that are damaged or gone."""
    if not user.has_perm(Permission.ARSIP_CHECK_VIEW):
        return None
    cacat = count_cacat()
    if not cacat:
        return None
    url = reverse("simpeg:arsip-pemeriksaan")
    item = PanelItem(
        f"{format_angka(cacat)} berkas rusak atau hilang",
        url=url,
        keterangan="Pulihkan dari cadangan sebelum cadangan itu berganti.",
        status="Tidak utuh",
        nada=Nada.BAD,
    )
    return Panel(PanelKind.TUGAS, "Keutuhan arsip", items=[item], url=url)


def panel_pertanyaan(user: User, per_tanggal: dt.date) -> Panel | None:
    """List what this user is asked about their own record, or as a unit's clerk.

    Not for those who keep the whole office: they ask, and see all answers elsewhere.
    """
    lingkup = get_lingkup_kelola(user)
    if not user.has_perm(Permission.PEGAWAI_VIEW) or lingkup.semua:
        return None
    if not lingkup and get_akses(user).pegawai_id is None:
        return None
    items = [
        PanelItem(
            f"{label_isian(satu.kolom)}: mana yang benar?",
            url=reverse("simpeg:pertanyaan-answer", args=[satu.pk]),
            keterangan=satu.pegawai.nama_lengkap,
            tanggal=timezone.localdate(satu.ditanya_at) if satu.ditanya_at else None,
            status="Menunggu jawaban",
            nada=Nada.WARN,
        )
        for satu in list_pertanyaan(user)[:BARIS]
    ]
    if not items:
        return None
    url = reverse("simpeg:pertanyaan-list")
    return Panel(PanelKind.TUGAS, "Pertanyaan data", items=items, url=url)


def panel_impor(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the imports that wait for a decision."""
    if not user.has_perm(Permission.SIASN_IMPORT) or not get_lingkup_kelola(user).semua:
        return None
    items = [
        PanelItem(
            impor.nama_berkas,
            url=reverse("simpeg:siasn-detail", args=[impor.pk]),
            keterangan=f"{format_angka(impor.jumlah_baru)} baru, "
            f"{format_angka(impor.jumlah_berubah)} berubah, "
            f"{format_angka(impor.jumlah_ditolak)} ditolak.",
            tanggal=timezone.localdate(impor.created_at),
            status="Menunggu keputusan",
            nada=Nada.WARN,
        )
        for impor in list_impor_menunggu().only(
            *("nama_berkas", "created_at"),
            *("jumlah_baru", "jumlah_berubah", "jumlah_ditolak"),
        )[:BARIS]
    ]
    if not items:
        return None
    url = reverse("simpeg:siasn-list")
    return Panel(PanelKind.TUGAS, "Impor SIASN", items=items, url=url)


def panel_penataan(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the acts on the organisation that wait for this user's decision."""
    if not user.has_perm(Permission.PENATAAN_VIEW) or not get_lingkup(user).semua:
        return None
    items = [
        PanelItem(
            act.tentang,
            url=act.get_absolute_url(),
            keterangan=act.galat or act.catatan or act.nomor,
            tanggal=act.berlaku,
            status="Belum dapat diterapkan" if act.galat else act.get_status_display(),
            nada=Nada.BAD if act.galat else Nada.WARN,
        )
        for act in list_penataan_menunggu(user).only(
            *("tentang", "nomor", "berlaku", "status", "galat", "catatan")
        )[:BARIS]
    ]
    if not items:
        return None
    url = reverse("simpeg:penataan-list")
    return Panel(PanelKind.TUGAS, "Penataan organisasi", items=items, url=url)


def panel_pensiun(user: User, per_tanggal: dt.date) -> Panel | None:
    """List the next retirements among the people this user answers for."""
    lingkup = get_lingkup(user)
    if not lingkup or not user.has_perm(Permission.PEGAWAI_LIST):
        return None
    items = [
        PanelItem(
            orang.nama_lengkap,
            url=orang.get_absolute_url(),
            keterangan=orang.jabatan_nama,
            tanggal=orang.tmt_pensiun,
        )
        for orang in list_akan_pensiun(lingkup, per_tanggal).only(
            "nama_lengkap", "jabatan_nama", "tmt_pensiun"
        )[:BARIS]
    ]
    return Panel(
        PanelKind.MENDATANG,
        "Pensiun dalam 12 bulan",
        items=items,
        kosong="Tidak ada yang mencapai batas usia pensiun.",
        url=f"{reverse('simpeg:pegawai-list')}?urut=pensiun",
    )


def panel_pegawai(user: User, per_tanggal: dt.date) -> Panel | None:
    """Count the people this user answers for, and how complete their records are."""
    lingkup = get_lingkup(user)
    if not lingkup or not user.has_perm(Permission.PEGAWAI_LIST):
        return None
    ringkasan = summarize_pegawai(lingkup)
    daftar = reverse("simpeg:pegawai-list")
    angka = [
        Figure(status.label, format_angka(jumlah), url=f"{daftar}?status={status}")
        for status, jumlah in ringkasan.jumlah.items()
        if jumlah or status == StatusKepegawaian.PNS
    ]
    if ringkasan.wajib:
        angka.append(
            Figure(
                "Kelengkapan data",
                format_persen(Decimal(ringkasan.terisi * 100) / ringkasan.wajib),
                f"dihitung {format_waktu(ringkasan.dihitung_at)}",
            )
        )
    return Panel(PanelKind.ANGKA, "Pegawai aktif", angka=angka, url=daftar)


def register_all() -> None:
    register_panel("simpeg.impor", panel_impor, order=10)
    register_panel("simpeg.penataan", panel_penataan, order=15)
    register_panel("simpeg.arsip", panel_arsip, order=5)
    register_panel("simpeg.usulan_berkas", panel_usulan_berkas, order=16)
    register_panel("simpeg.pertanyaan", panel_pertanyaan, order=17)
    register_panel("simpeg.data_saya", panel_data_saya, order=20)
    register_panel("simpeg.pensiun", panel_pensiun, order=30)
    register_panel("simpeg.pegawai", panel_pegawai, order=40)
