"""Papers about one person: biodata, daftar riwayat hidup, kartu riwayat.

The tables print the columns of `jenis_riwayat`, so that a new kind of record stands on
the cards as soon as it stands on the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import services as audit
from bkpsdmd.documents.models import get_kantor
from bkpsdmd.documents.rendering import render_pdf
from bkpsdmd.documents.shapes import (
    BagianOrang,
    KelompokButir,
    KolomTabel,
    Penandatangan,
    Perorangan,
    TabelOrang,
)
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.formats import (
    KOSONG,
    format_nip,
    format_rupiah,
    format_tanggal,
    format_tanggal_singkat,
)
from simpeg.choices import JenisPenugasan
from simpeg.jenis_riwayat import (
    ANAK,
    BAGIAN,
    DIKLAT,
    JABATAN,
    JENIS,
    KONTRAK,
    KURSUS,
    ORANG_TUA,
    PANGKAT,
    PASANGAN,
    PENDIDIKAN,
    PENGHARGAAN,
    SERTIFIKASI,
    JenisRiwayat,
)
from simpeg.models import Pegawai
from simpeg.rules.waktu import compute_usia
from simpeg.selectors.pegawai import explain_gaji
from simpeg.selectors.penandatangan import get_penandatangan
from simpeg.selectors.perorangan import (
    DataOrang,
    list_data_orang,
    load_nama_referensi,
)

TERTUTUP = (
    "Tidak ditampilkan: hanya untuk yang bersangkutan, pengelola, verifikator, dan "
    "auditor."
)
PENUTUP_DRH = "Demikian daftar riwayat hidup ini dibuat dengan sebenarnya."
# Codes of the SIASN list of training that the DRH sets apart.
KODE_FUNGSIONAL = frozenset({"2"})
KODE_SEMINAR = frozenset({"4", "7", "9"})
# A column gets a share of the width by its longest line, up to this many letters.
HURUF_TERLEBAR = 70
# So many letters fit into the narrowest column (`lebar-terkecil` of perorangan.typ).
HURUF_TERSEMPIT = 11
BARIS_KOSONG = 3

Pilih = Callable[[Any], bool]


@dataclass(frozen=True)
class Tabel:
    """A table of a paper: which rows of which kind, and under which small heading."""

    jenis: JenisRiwayat
    judul: str = ""
    pilih: Pilih | None = None


@dataclass(frozen=True)
class Bagian:
    judul: str
    tabel: tuple[Tabel, ...]


def _is_fungsional(row: Any) -> bool:
    return row.jenis.kode in KODE_FUNGSIONAL


def _is_seminar(row: Any) -> bool:
    return row.jenis.kode in KODE_SEMINAR


def _is_teknis(row: Any) -> bool:
    return not _is_fungsional(row) and not _is_seminar(row)


# The parts of a DRH after the person: pangkat to penghargaan. Organisations are not
# recorded; the paper leaves lines for them.
BAGIAN_DRH = (
    Bagian("Riwayat kepangkatan", (Tabel(PANGKAT), Tabel(KONTRAK, "Perjanjian kerja"))),
    Bagian("Riwayat jabatan", (Tabel(JABATAN),)),
    Bagian("Riwayat pendidikan", (Tabel(PENDIDIKAN),)),
    Bagian(
        "Pendidikan dan pelatihan",
        (
            Tabel(DIKLAT, "Struktural"),
            Tabel(KURSUS, "Fungsional", _is_fungsional),
            Tabel(KURSUS, "Teknis dan lainnya", _is_teknis),
            Tabel(SERTIFIKASI, "Sertifikasi"),
        ),
    ),
    Bagian("Seminar dan lokakarya", (Tabel(KURSUS, "", _is_seminar),)),
    Bagian("Orang tua", (Tabel(ORANG_TUA),)),
    Bagian("Suami/istri", (Tabel(PASANGAN),)),
    Bagian("Anak", (Tabel(ANAK),)),
    Bagian("Organisasi", ()),
    Bagian("Tanda jasa dan penghargaan", (Tabel(PENGHARGAAN),)),
)


@dataclass(frozen=True)
class Dokumen:
    """A paper one can ask for. `bagian` are its tables after the particulars."""

    kunci: str
    nama: str
    bagian: tuple[Bagian, ...] = ()
    is_lengkap: bool = False  # every particular of the person, room for a photograph
    is_drh: bool = False

    @property
    def jenis(self) -> list[JenisRiwayat]:
        """Return the kinds it reads, each once."""
        found = {t.jenis.kunci: t.jenis for b in self.bagian for t in b.tabel}
        return list(found.values())

    @property
    def is_tertutup(self) -> bool:
        """Tell whether it holds nothing but what is closed to most readers."""
        return bool(self.jenis) and all(jenis.is_tertutup for jenis in self.jenis)


def _bagian_kartu(jenis: Sequence[JenisRiwayat]) -> tuple[Bagian, ...]:
    return tuple(Bagian(one.judul, (Tabel(one),)) for one in jenis)


BIODATA = Dokumen("biodata", "Biodata Pegawai")
DRH = Dokumen("drh", "Daftar Riwayat Hidup", BAGIAN_DRH, is_lengkap=True, is_drh=True)
KARTU = Dokumen(
    "kartu", "Kartu Riwayat Kepegawaian", _bagian_kartu(tuple(JENIS.values()))
)
DOKUMEN: dict[str, Dokumen] = {
    dokumen.kunci: dokumen
    for dokumen in (
        BIODATA,
        DRH,
        KARTU,
        *(
            Dokumen(
                f"kartu-{bagian.kunci}",
                f"Kartu Riwayat {bagian.label}",
                _bagian_kartu(bagian.jenis),
            )
            for bagian in BAGIAN
        ),
    )
}


def get_dokumen(kunci: str) -> Dokumen:
    """Return the paper with this key. Raises DomainError for any other word."""
    try:
        return DOKUMEN[kunci]
    except KeyError:
        raise DomainError(
            "Dokumen ini tidak dikenal. Pilih salah satu yang tersedia.",
            kode="dokumen_tidak_dikenal",
        ) from None


def print_dokumen(
    *,
    dokumen: Dokumen,
    pegawai: Pegawai,
    is_sensitive_visible: bool,
    by: User,
    dibuat: dt.datetime,
    per_tanggal: dt.date,
) -> bytes:
    """Return the PDF of one person's paper, and log that it was made.

    Raises DomainError for a card of which this reader may see nothing.
    """
    if dokumen.is_tertutup and not is_sensitive_visible:
        raise DomainError(TERTUTUP, kode="tertutup")
    (data,) = build_dokumen(
        dokumen=dokumen,
        pegawai_ids=[pegawai.pk],
        visible=lambda pk: is_sensitive_visible,
        dibuat=dibuat,
        per_tanggal=per_tanggal,
    )
    content = render_pdf("perorangan", dict(data))
    audit.record(f"dokumen.cetak_{_kejadian(dokumen)}", pegawai, by=by, subject=pegawai)
    return content


def _kejadian(dokumen: Dokumen) -> str:
    return "drh" if dokumen.is_drh else dokumen.kunci.split("-")[0]


def build_cetak_events(
    *, dokumen: Dokumen, people: Sequence[Pegawai], by: User, batch: str
) -> list[Any]:
    """Return the unsaved events of a batch: one per person, as if printed alone."""
    kind = f"dokumen.cetak_{_kejadian(dokumen)}"
    return [
        audit.build(kind, pegawai, by=by, subject=pegawai, batch=batch)
        for pegawai in people
    ]


def build_dokumen(
    *,
    dokumen: Dokumen,
    pegawai_ids: Sequence[int],
    visible: Callable[[int], bool],
    dibuat: dt.datetime,
    per_tanggal: dt.date,
) -> list[Perorangan]:
    """Return what the papers of these people print, in this order.

    `visible` tells of a person whether closed parts may be shown. As many queries for
    one person as for a hundred.
    """
    kantor = get_kantor()
    names = load_nama_referensi()
    pejabat = (
        None
        if dokumen.is_drh
        else get_penandatangan(
            "kepegawaian", per_tanggal=per_tanggal, tempat=kantor.tempat
        )
    )
    return [
        _build(
            dokumen,
            orang,
            names=names,
            is_sensitive_visible=visible(orang.pegawai.pk),
            dibuat=dibuat,
            tempat=kantor.tempat,
            pejabat=pejabat,
        )
        for orang in list_data_orang(
            pegawai_ids, jenis=dokumen.jenis, per_tanggal=per_tanggal
        )
    ]


def _build(
    dokumen: Dokumen,
    orang: DataOrang,
    *,
    names: Mapping[tuple[str, str], str],
    is_sensitive_visible: bool,
    dibuat: dt.datetime,
    tempat: str,
    pejabat: Penandatangan | None,
) -> Perorangan:
    pegawai, hari = orang.pegawai, orang.keadaan.per_tanggal
    if dokumen.is_drh:
        kelompok = _kelompok_lengkap(orang, names, is_sensitive_visible)
        pejabat = _yang_bersangkutan(orang, tempat)
    elif dokumen is BIODATA:
        kelompok = _kelompok_biodata(orang, names, is_sensitive_visible)
    else:
        kelompok = [{"judul": "", "butir": _butir_kartu(orang)}]
    return {
        "judul": dokumen.nama,
        "judul_pendek": dokumen.nama,
        "dibuat": dibuat.isoformat(),
        "nama": pegawai.nama_lengkap,
        "nip": pegawai.nip,
        "keadaan": format_tanggal(hari),
        "foto": dokumen.is_lengkap or dokumen is BIODATA,
        "kelompok": kelompok,
        "bagian": [
            bagian
            for spec in dokumen.bagian
            if (bagian := _build_bagian(spec, orang, is_sensitive_visible, dokumen))
        ],
        "catatan": (
            [f"Keluarga dan hukuman disiplin: {TERTUTUP[0].lower()}{TERTUTUP[1:]}"]
            if dokumen is KARTU and not is_sensitive_visible
            else []
        ),
        "penutup": PENUTUP_DRH if dokumen.is_drh else "",
        "penandatangan": pejabat,
    }


# -- Particulars ------------------------------------------------------------------------


def _kelompok_lengkap(
    orang: DataOrang, names: Mapping[tuple[str, str], str], visible: bool
) -> list[KelompokButir]:
    return [
        {
            "judul": "Keterangan perorangan",
            "butir": [
                *_butir_identitas(orang, names, visible),
                *_butir_kini(orang),
                *_butir_kontak(orang, visible),
            ],
        }
    ]


def _kelompok_biodata(
    orang: DataOrang, names: Mapping[tuple[str, str], str], visible: bool
) -> list[KelompokButir]:
    keadaan = orang.keadaan
    pendidikan, diklat = keadaan.pendidikan, keadaan.diklat
    return [
        {"judul": "Identitas", "butir": _butir_identitas(orang, names, visible)},
        {
            "judul": "Kepegawaian",
            "butir": [
                *_butir_kini(orang),
                ("Gaji pokok", _gaji(orang)),
                ("TMT CPNS/PPPK", format_tanggal(orang.pegawai.tmt_cpns)),
                *(
                    [("TMT PNS", format_tanggal(orang.pegawai.tmt_pns))]
                    if orang.pegawai.jenis_asn == "pns"
                    else []
                ),
                ("TMT pensiun", format_tanggal(orang.pegawai.keadaan.tmt_pensiun)),
            ],
        },
        {
            "judul": "Pendidikan dan pelatihan",
            "butir": [
                (
                    "Pendidikan terakhir",
                    _gabung(
                        pendidikan.nama,
                        pendidikan.sekolah,
                        f"lulus {pendidikan.tahun_lulus}"
                        if pendidikan.tahun_lulus
                        else "",
                    )
                    if pendidikan
                    else KOSONG,
                ),
                (
                    "Diklat struktural",
                    f"{diklat.nama}, {diklat.tanggal_selesai.year}"
                    if diklat
                    else KOSONG,
                ),
            ],
        },
        {"judul": "Kontak", "butir": _butir_kontak(orang, visible)},
    ]


def _butir_identitas(
    orang: DataOrang, names: Mapping[tuple[str, str], str], visible: bool
) -> list[tuple[str, str]]:
    pegawai, hari = orang.pegawai, orang.keadaan.per_tanggal
    usia = compute_usia(pegawai.tanggal_lahir, hari)
    return [
        ("Nama lengkap", pegawai.nama_lengkap),
        ("NIP", format_nip(pegawai.nip)),
        *([("NIK", pegawai.nik or KOSONG)] if visible else []),
        (
            "Tempat, tanggal lahir",
            _gabung(pegawai.tempat_lahir, format_tanggal(pegawai.tanggal_lahir))
            + f" ({usia} tahun)",
        ),
        ("Jenis kelamin", pegawai.get_jenis_kelamin_display()),
        ("Agama", names.get(("agama", pegawai.agama), KOSONG)),
        ("Status perkawinan", names.get(("kawin", pegawai.status_kawin), KOSONG)),
    ]


def _butir_kini(orang: DataOrang) -> list[tuple[str, str]]:
    """Return status, golongan, post and unit on the day the paper speaks of."""
    keadaan = orang.keadaan
    pangkat, jabatan = keadaan.pangkat, keadaan.jabatan
    tahun, bulan = divmod(keadaan.masa_kerja_bulan or 0, 12)
    kedudukan = keadaan.kedudukan.kedudukan.nama if keadaan.kedudukan else ""
    return [
        ("Status", _gabung(keadaan.status.label, kedudukan)),
        (
            "Pangkat, golongan" if orang.pegawai.jenis_asn == "pns" else "Golongan",
            f"{_gabung(pangkat.golongan.pangkat, pangkat.golongan_id)}, "
            f"TMT {format_tanggal(pangkat.tmt)}"
            if pangkat
            else KOSONG,
        ),
        ("Masa kerja golongan", f"{tahun} tahun {bulan} bulan" if pangkat else KOSONG),
        (
            "Jabatan",
            f"{jabatan.jabatan.nama}, TMT {format_tanggal(jabatan.tmt)}"
            if jabatan
            else KOSONG,
        ),
        *(
            (
                JenisPenugasan(row.jenis_penugasan).label,
                f"{row.jabatan.nama}, TMT {format_tanggal(row.tmt)}",
            )
            for row in keadaan.penugasan
        ),
        ("Unit kerja", _unit(orang)),
    ]


def _butir_kontak(orang: DataOrang, visible: bool) -> list[tuple[str, str]]:
    pegawai = orang.pegawai
    dinas = ("Surel dinas", pegawai.email_dinas or KOSONG)
    if not visible:
        return [dinas]
    return [
        ("Alamat", pegawai.alamat or KOSONG),
        ("Nomor HP", pegawai.nomor_hp or KOSONG),
        ("Surel", pegawai.email or KOSONG),
        dinas,
    ]


def _butir_kartu(orang: DataOrang) -> list[tuple[str, str]]:
    pegawai = orang.pegawai
    return [
        ("Nama lengkap", pegawai.nama_lengkap),
        ("NIP", format_nip(pegawai.nip)),
        *_butir_kini(orang),
    ]


def _unit(orang: DataOrang) -> str:
    """Return unit and perangkat daerah: today's, or the unit held on another date."""
    jabatan, kini = orang.keadaan.jabatan, orang.pegawai.keadaan
    if jabatan is None:
        return KOSONG
    unit = jabatan.unit_kerja
    opd = kini.opd if kini.unit_kerja_id == unit.pk else None
    return _gabung(unit.nama, opd.nama if opd and opd.pk != unit.pk else "")


def _gaji(orang: DataOrang) -> str:
    try:
        hasil = explain_gaji(orang.keadaan)
    except DomainError:
        return KOSONG
    return f"{format_rupiah(hasil.gaji_rupiah)} sebulan" if hasil else KOSONG


def _gabung(*bagian: str) -> str:
    return ", ".join(teks for teks in bagian if teks) or KOSONG


def _yang_bersangkutan(orang: DataOrang, tempat: str) -> Penandatangan:
    pegawai, pangkat = orang.pegawai, orang.keadaan.pangkat
    return {
        "tempat_tanggal": f"{tempat}, {format_tanggal(orang.keadaan.per_tanggal)}",
        "jabatan": "Yang bersangkutan",
        "nama": pegawai.nama_lengkap,
        "pangkat": pangkat.golongan.pangkat if pangkat else "",
        "nip": pegawai.nip,
    }


# -- Tables -----------------------------------------------------------------------------


def _build_bagian(
    spec: Bagian, orang: DataOrang, visible: bool, dokumen: Dokumen
) -> BagianOrang | None:
    """Return a part as it prints; None where it does not concern this person."""
    if not spec.tabel:
        return {"judul": spec.judul, "tabel": [_organisasi()]}
    tabel = [
        _build_tabel(one, orang, visible)
        for one in spec.tabel
        if orang.pegawai.jenis_asn in one.jenis.untuk
        and (visible or dokumen.is_drh or not one.jenis.is_tertutup)
        # The card of everything would be pages of "Nihil".
        and (dokumen is not KARTU or orang.rows[one.jenis.kunci])
    ]
    if len(tabel) == 1 and spec.tabel[0].judul == "":
        tabel[0]["judul"] = ""
    return {"judul": spec.judul, "tabel": tabel} if tabel else None


def _build_tabel(spec: Tabel, orang: DataOrang, visible: bool) -> TabelOrang:
    jenis = spec.jenis
    rows = orang.rows[jenis.kunci]
    if spec.pilih:
        rows = [row for row in rows if spec.pilih(row)]
    if jenis.is_tertutup and not visible:
        rows = []
    has_bukti = "sk_nomor" in jenis.isian
    baris = [
        [
            *(
                _sel(lajur.utama(row), lajur.kecil(row) if lajur.kecil else "")
                for lajur in jenis.lajur
            ),
            *([_bukti(jenis, row)] if has_bukti else []),
        ]
        for row in rows
    ]
    labels = [
        *(lajur.judul for lajur in jenis.lajur),
        *([jenis.label_bukti] if has_bukti else []),
    ]
    return {
        "judul": spec.judul,
        "kolom": [
            _kolom(label, [baris_[index] for baris_ in baris])
            for index, label in enumerate(labels)
        ],
        "baris": baris,
        "nihil": TERTUTUP if jenis.is_tertutup and not visible else "Nihil",
    }


def _organisasi() -> TabelOrang:
    lebar = {"Nama organisasi": 3.0, "Kedudukan": 2.0, "Tahun": 1.0, "Tempat": 2.0}
    return {
        "judul": "",
        "kolom": [{"label": label, "lebar": share} for label, share in lebar.items()],
        "baris": [],
        "nihil": "",
        "kosong": BARIS_KOSONG,
    }


def _kolom(label: str, sel: Sequence[str]) -> KolomTabel:
    """Return a column with its share of the width beyond what every column has.

    A word that cannot break, such as the number of a decree, counts once more.
    """
    lines = [line for text in (label, *sel) for line in text.split("\n")]
    longest = min(max(map(len, lines)), HURUF_TERLEBAR)
    word = min(max(len(w) for line in lines for w in (line.split() or [""])), longest)
    share = max(longest - HURUF_TERSEMPIT, 1) + max(word - HURUF_TERSEMPIT, 0)
    return {"label": label, "lebar": float(share)}


def _sel(utama: object, kecil: object) -> str:
    text = _tulis(utama)
    return f"{text}\n{_tulis(kecil)}" if kecil else text


def _tulis(value: object) -> str:
    if isinstance(value, dt.date):
        return format_tanggal_singkat(value)
    return str(value).replace("\n", " ") if value not in (None, "") else KOSONG


def _bukti(jenis: JenisRiwayat, row: Any) -> str:
    """Return number, date and, of a decree, who gave it, each on its line."""
    lines = [
        row.sk_nomor,
        format_tanggal_singkat(row.sk_tanggal) if row.sk_tanggal else "",
        row.sk_pejabat if jenis.label_bukti == "SK" else "",
    ]
    return "\n".join(line.replace("\n", " ") for line in lines if line) or KOSONG
