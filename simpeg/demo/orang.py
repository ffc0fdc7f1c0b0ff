"""One invented person after another, with everything that is on record about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from simpeg.choices import Eselon, JenisASN, JenisKelamin, JenisPenugasan, Jenjang
from simpeg.rules.golongan import GolonganPNS, GolonganPPPK
from simpeg.rules.nip import compose_ni_pppk, compose_nip_pns
from simpeg.rules.waktu import add_years, count_calendar_months, first_of_next_month

from . import karier
from . import pendidikan as studi
from .formasi import GURU, PELAKSANA, Formasi, Pemeran, Slot
from .kantor import JABATAN_LAMA, Kerja
from .karier import Pangkat, add_months, simulate_pangkat
from .nama import KECAMATAN, draw_nama
from .pendidikan import Studi

# SIASN's ids of kedudukan hukum.
AKTIF, CLTN, TUGAS_BELAJAR, MPP, PENSIUN = "01", "02", "03", "20", "99"
KABUPATEN = "6307"
DIKLAT = {
    4: ("Diklat Kepemimpinan Tingkat IV", "Pelatihan Kepemimpinan Pengawas", 120),
    3: ("Diklat Kepemimpinan Tingkat III", "Pelatihan Kepemimpinan Administrator", 140),
    2: (
        "Diklat Kepemimpinan Tingkat II",
        "Pelatihan Kepemimpinan Nasional Tingkat II",
        160,
    ),
}
# Leadership courses bear their present names since then.
NAMA_DIKLAT_BARU = date(2019, 1, 1)
TINGKAT_DIKLAT = {"IV": 4, "III": 3, "II": 2}
GOLONGAN_PPPK = {
    "05": GolonganPPPK.I,
    "15": GolonganPPPK.V,
    "17": GolonganPPPK.V,
    "30": GolonganPPPK.VII,
    "40": GolonganPPPK.IX,
    "42": GolonganPPPK.X,
}
# One in so many has a decree that came very late, for the radar to find.
SK_TERLAMBAT = 60
# One in so many has a number or address that nobody can be reached by.
HP_KELIRU, SUREL_KELIRU = 47, 61
# The first part-time contracts; the digit that stands for them in the number.
MULAI_PARUH_WAKTU, DIGIT_PARUH_WAKTU = date(2025, 10, 1), 4


@dataclass(frozen=True, slots=True)
class Sk:
    nomor: str
    tanggal: date


@dataclass(frozen=True, slots=True)
class BarisJabatan:
    """`jabatan` is a code of `services.demo`, see `kode_fungsional`."""

    jabatan: str
    unit: str
    tmt: date
    sk: Sk
    tmt_selesai: date | None = None
    penugasan: JenisPenugasan = JenisPenugasan.DEFINITIF


@dataclass(frozen=True, slots=True)
class BarisPendidikan:
    studi: Studi
    tahun_lulus: int | None


@dataclass(frozen=True, slots=True)
class BarisDiklat:
    tingkat: int
    nama: str
    tanggal_selesai: date
    jumlah_jam: int


@dataclass(slots=True)
class Orang:
    """`hari_konfirmasi` days ago the person looked at their record; None: never."""

    nomor: int
    slot: Slot
    nip: str
    nik: str
    nama: str
    kelamin: JenisKelamin
    tanggal_lahir: date
    jenis_asn: JenisASN
    tmt_cpns: date
    tmt_pns: date | None
    pangkat: list[tuple[str, date, int, str | None, Sk]]
    jabatan: list[BarisJabatan]
    pendidikan: list[BarisPendidikan]
    kedudukan: list[tuple[str, date]]
    diklat: list[BarisDiklat] = field(default_factory=list)
    gelar_depan: str = ""
    gelar_belakang: str = ""
    tempat_lahir: str = ""
    agama: str = ""
    status_kawin: str = ""
    alamat: str = ""
    nomor_hp: str = ""
    email: str = ""
    npwp: str = ""
    bpjs: str = ""
    sk_cpns: Sk | None = None
    sk_pns: Sk | None = None
    hari_konfirmasi: int | None = None
    # When the agreement of a PPPK ended that was not followed by another on record.
    kontrak_berakhir: date | None = None

    @property
    def is_pensiun(self) -> bool:
        return self.kedudukan[-1][0] == PENSIUN


def kode_fungsional(nama: str, jenjang: Jenjang) -> str:
    """Return the name SIASN has for a functional post, our key to it."""
    return f"{nama} {jenjang.label}"


def kode_pelaksana(kunci: str) -> str:
    return f"pelaksana-{kunci}"


def kode_lama(eselon: Eselon, n: int) -> str:
    """Return the code of a structural post that no longer exists."""
    return f"lama-{eselon}-{n}"


class Pembuat:
    """Makes the people of one office; the numbers it gave out are its only memory."""

    def __init__(self, formasi: Formasi, *, seed: int, per_tanggal: date) -> None:
        self._formasi = formasi
        self._rng = Random(seed)  # noqa: S311
        self._today = per_tanggal
        self._month = per_tanggal.replace(day=1)
        self._last_year = add_months(self._month, -12)
        self._sk = 0
        self._nomor: Counter[tuple[date, JenisKelamin]] = Counter()
        self._kerja = {unit.kode: unit.kerja for unit in formasi.units}

    def make(self, banyak: int) -> Iterator[Orang]:
        slots = self._formasi.list_slots(banyak, self._rng)
        for nomor, slot in enumerate(slots, start=1):
            yield self._make_one(nomor, slot)

    def _make_one(self, nomor: int, slot: Slot) -> Orang:
        if slot.eselon:
            orang = self._make_struktural(nomor, slot, slot.eselon)
        else:
            orang = self._make_staf(nomor, slot)
        self._fill_identity(orang)
        if nomor % SK_TERLAMBAT == 0:
            self._delay_last_sk(orang)
        return orang

    def _delay_last_sk(self, orang: Orang) -> None:
        """Date the last promotion's decree long after its effect, as happens."""
        golongan, tmt, bulan, jenis, sk = orang.pangkat[-1]
        terbit = tmt + timedelta(days=420)
        if orang.jenis_asn == JenisASN.PNS and terbit < self._today:
            late = Sk(sk.nomor, terbit)
            orang.pangkat[-1] = (golongan, tmt, bulan, jenis, late)

    # -- Leaders -------------------------------------------------------------------

    def _make_struktural(self, nomor: int, slot: Slot, eselon: Eselon) -> Orang:
        rng = self._rng
        lo, hi = karier.RENTANG_ESELON[eselon]
        steps = lo.tingkat - GolonganPNS.III_A.tingkat
        # The head whose name stands under papers has been there for all of them.
        longest = rng.choice((5, 14, 26, 40, 58))
        if slot.pemeran is Pemeran.KEPALA_BADAN:
            longest = 30
        service = steps * 50 + longest + rng.randint(2, 40)
        tmt_cpns = self._find_tmt_cpns(service)
        first_study = rng.choice(studi.S1)
        # Whoever served long began young: all are well below the age limit of the post.
        usia = rng.randint(22, max(22, min(27, 55 - service // 12)))
        lahir = self._draw_lahir(add_years(tmt_cpns, -usia))
        pangkat = simulate_pangkat(
            GolonganPNS.III_A,
            tmt_cpns,
            puncak=rng.choice((lo, hi)),
            sampai=self._month,
            jeda=lambda: 48,
            jenis="201",
        )
        plan = karier.plan_eselon(
            rng, pangkat, eselon, sampai=self._month, paling_lama=longest
        )
        orang = self._new_pns(nomor, slot, lahir, tmt_cpns, pangkat, first_study)
        first = self._row(kode_pelaksana("penelaah"), slot.unit, tmt_cpns)
        orang.jabatan.append(first)
        for step, tmt in plan[:-1]:
            lama = kode_lama(step, rng.randrange(len(JABATAN_LAMA[step])))
            orang.jabatan.append(self._row(lama, slot.opd, tmt))
        post = f"pimpinan-{slot.unit}"
        orang.jabatan.append(self._row(post, slot.unit, plan[-1][1]))
        for step, tmt in plan:
            if rng.random() < 0.85:
                self._add_diklat(orang, step, tmt)
        if rng.random() < 0.6:
            self._add_s2(orang)
        return orang

    def _add_diklat(self, orang: Orang, eselon: Eselon, tmt: date) -> None:
        tingkat = TINGKAT_DIKLAT[eselon.split(".")[0]]
        selesai = add_months(tmt, self._rng.randint(3, 20)) + timedelta(days=24)
        if selesai > self._today or any(d.tingkat == tingkat for d in orang.diklat):
            return
        lama, baru, jam = DIKLAT[tingkat]
        nama = baru if selesai >= NAMA_DIKLAT_BARU else lama
        orang.diklat.append(BarisDiklat(tingkat, nama, selesai, jam))

    def _add_s2(self, orang: Orang) -> None:
        lulus = orang.tmt_cpns.year + self._rng.randint(5, 11)
        if lulus < self._today.year:
            s2 = self._rng.choice(studi.S2)
            orang.pendidikan.append(BarisPendidikan(s2, lulus))
            orang.gelar_belakang = f"{orang.gelar_belakang}, {s2.gelar_belakang}"

    # -- Everybody else ------------------------------------------------------------

    def _make_staf(self, nomor: int, slot: Slot) -> Orang:
        rng = self._rng
        jobs = (
            slot.fungsional.studi if slot.fungsional else PELAKSANA[slot.pelaksana][1]
        )
        ijazah = rng.choice(jobs)
        must_be_pns = slot.pemeran is not None or slot.memimpin
        draw = 0.0 if must_be_pns else rng.random()
        shares = _shares(self._kerja[slot.unit])
        if draw < shares[0]:
            return self._make_pns(nomor, slot, ijazah)
        if draw < shares[1] and ijazah is not studi.SD:
            return self._make_cpns(nomor, slot, ijazah)
        if draw < shares[2] or self._today < add_months(MULAI_PARUH_WAKTU, 1):
            return self._make_pppk(nomor, slot, ijazah)
        return self._make_paruh_waktu(nomor, slot, ijazah)

    def _make_pns(self, nomor: int, slot: Slot, ijazah: Studi) -> Orang:
        rng = self._rng
        is_free = slot.pemeran is None and not slot.memimpin
        bup = 60 if slot.fungsional is GURU else 58
        usia_awal = rng.randint(max(19, ijazah.usia_lulus), 32)
        if is_old := is_free and rng.random() < 0.04:
            # Pensioned in the last two years, or about to be.
            bulan = add_months(self._month, rng.randint(-24, 14))
            lahir = add_years(bulan, -bup) - timedelta(days=rng.randint(1, 28))
            tmt_cpns = self._as_tmt_cpns(add_years(lahir, usia_awal))
        else:
            years = rng.randint(8 if slot.memimpin else 2, bup - 4 - usia_awal)
            tmt_cpns = self._find_tmt_cpns(years * 12 + rng.randint(0, 11))
            lahir = self._draw_lahir(add_years(tmt_cpns, -usia_awal))
        tmt_pensiun = first_of_next_month(add_years(lahir, bup))
        sampai = min(tmt_pensiun, self._month)
        pangkat = simulate_pangkat(
            karier.AWAL[ijazah.tingkat],
            tmt_cpns,
            puncak=self._draw_puncak(slot, ijazah, is_old=is_old),
            sampai=sampai,
            jeda=self._jeda(slot),
            jenis="202" if slot.fungsional else "101",
        )
        orang = self._new_pns(nomor, slot, lahir, tmt_cpns, pangkat, ijazah)
        self._add_posts(orang, slot, pangkat, sampai)
        if ijazah.tingkat == "40" and rng.random() < 0.08:
            self._add_s2(orang)
        if slot.memimpin:
            self._lead(orang, slot)
        elif is_old:
            self._retire(orang, tmt_pensiun)
        elif is_free:
            self._maybe_leave(orang)
        return orang

    def _make_cpns(self, nomor: int, slot: Slot, ijazah: Studi) -> Orang:
        tmt = add_months(self._month, -self._rng.randint(1, 11))
        lahir = self._draw_lahir(
            add_years(tmt, -self._rng.randint(max(20, ijazah.usia_lulus), 30))
        )
        awal = karier.AWAL[ijazah.tingkat]
        pangkat = [Pangkat(awal, tmt, karier.MASA_KERJA_AWAL.get(awal, 0), "211")]
        orang = self._new_pns(nomor, slot, lahir, tmt, pangkat, ijazah)
        orang.jabatan.append(self._row(self._post(slot, awal), slot.unit, tmt))
        return orang

    def _make_pppk(self, nomor: int, slot: Slot, ijazah: Studi) -> Orang:
        tmt = add_months(self._month, -self._rng.randint(1, 56))
        orang = self._new_pppk(nomor, slot, ijazah, JenisASN.PPPK, tmt, kontrak_ke=1)
        post = self._post(slot, karier.AWAL[ijazah.tingkat])
        orang.jabatan.append(
            self._row(post, slot.unit, tmt, tmt_selesai=add_months(tmt, 60))
        )
        return orang

    def _make_paruh_waktu(self, nomor: int, slot: Slot, ijazah: Studi) -> Orang:
        oldest = min(13, count_calendar_months(MULAI_PARUH_WAKTU, self._month))
        tmt = add_months(self._month, -self._rng.randint(1, max(1, oldest)))
        orang = self._new_pppk(
            nomor,
            slot,
            ijazah,
            JenisASN.PPPK_PARUH_WAKTU,
            tmt,
            kontrak_ke=DIGIT_PARUH_WAKTU,
        )
        post = self._post(slot, karier.AWAL[ijazah.tingkat])
        start = tmt
        while start <= self._today:  # a year each time
            end = add_months(start, 12)
            orang.jabatan.append(self._row(post, slot.unit, start, tmt_selesai=end))
            start = end
        return orang

    def _draw_puncak(self, slot: Slot, ijazah: Studi, *, is_old: bool) -> GolonganPNS:
        """Return how high somebody comes whose post allows no more.

        An old person stays below Ahli Madya, whose age limit is another one.
        """
        if slot.fungsional is None:
            return karier.PUNCAK[ijazah.tingkat]
        if not slot.fungsional.is_keahlian or (is_old and slot.fungsional is not GURU):
            return GolonganPNS.III_D
        return self._rng.choices(
            (GolonganPNS.III_D, GolonganPNS.IV_A, GolonganPNS.IV_B, GolonganPNS.IV_C),
            (50, 30, 15, 5),
        )[0]

    def _jeda(self, slot: Slot) -> Callable[[], int]:
        """Return what draws the months between promotions: 4 years, in a JF 3 or more."""
        months = (36, 42, 48, 60) if slot.fungsional else (48, 48, 54, 66)
        return partial(self._rng.choice, months)

    def _post(self, slot: Slot, golongan: GolonganPNS) -> str:
        if slot.fungsional is None:
            return kode_pelaksana(slot.pelaksana)
        jenjang = karier.find_jenjang(golongan, slot.fungsional.tangga)
        return kode_fungsional(slot.fungsional.nama, jenjang)

    def _add_posts(
        self, orang: Orang, slot: Slot, pangkat: list[Pangkat], sampai: date
    ) -> None:
        rng = self._rng
        if slot.fungsional is None:
            post = kode_pelaksana(slot.pelaksana)
            moved = orang.tmt_cpns
            if rng.random() < 0.4:
                orang.jabatan.append(self._row(post, slot.opd, orang.tmt_cpns))
                months = count_calendar_months(orang.tmt_cpns, sampai)
                moved = add_months(orang.tmt_cpns, rng.randint(1, months - 1))
            orang.jabatan.append(self._row(post, slot.unit, moved))
            return
        fungsional = slot.fungsional
        calon = "penelaah" if fungsional.is_keahlian else "pengolah"
        orang.jabatan.append(
            self._row(kode_pelaksana(calon), slot.unit, orang.tmt_cpns)
        )
        mulai = orang.tmt_pns or orang.tmt_cpns
        for jenjang, tmt in karier.plan_jenjang(
            pangkat, fungsional.tangga, mulai=mulai
        ):
            post = kode_fungsional(fungsional.nama, jenjang)
            orang.jabatan.append(self._row(post, slot.unit, tmt))

    def _retire(self, orang: Orang, tmt: date) -> None:
        """End the last post when the pension begins; before it, perhaps prepare for it."""
        if tmt > self._month:
            if self._rng.random() < 0.3:
                orang.kedudukan.append(
                    (MPP, max(add_months(tmt, -12), self._last_year))
                )
            return
        last = orang.jabatan[-1]
        orang.jabatan[-1] = BarisJabatan(
            last.jabatan, last.unit, last.tmt, last.sk, tmt
        )
        orang.kedudukan.append((PENSIUN, tmt))

    def _lead(self, orang: Orang, slot: Slot) -> None:
        """Give the school or health centre beside the own post, for a four-year term."""
        wanted = add_months(self._month, -self._rng.randint(1, 40))
        tmt = max(wanted, orang.jabatan[-1].tmt)
        orang.jabatan.append(
            self._row(
                f"pimpinan-{slot.unit}",
                slot.unit,
                tmt,
                tmt_selesai=add_months(tmt, 48),
                penugasan=JenisPenugasan.TUGAS_TAMBAHAN,
            )
        )

    def _maybe_leave(self, orang: Orang) -> None:
        """Let one in eighty study or take leave without pay."""
        draw, tmt = (
            self._rng.random(),
            add_months(self._month, -self._rng.randint(1, 20)),
        )
        if draw < 0.012 and orang.tmt_pns and orang.tmt_pns < tmt:
            orang.kedudukan.append((TUGAS_BELAJAR if draw < 0.008 else CLTN, tmt))

    # -- What all have -------------------------------------------------------------

    def _new_pns(
        self,
        nomor: int,
        slot: Slot,
        lahir: date,
        tmt_cpns: date,
        pangkat: list[Pangkat],
        ijazah: Studi,
    ) -> Orang:
        rng = self._rng
        kelamin = self._draw_kelamin(slot)
        tmt_pns = add_months(tmt_cpns, rng.choice((12, 12, 12, 13, 14, 18)))
        is_pns = tmt_pns <= self._month
        serial = self._count(lahir, kelamin)
        nip = compose_nip_pns(
            tanggal_lahir=lahir,
            tmt_cpns=tmt_cpns,
            jenis_kelamin=kelamin,
            nomor_urut=serial,
        )
        nik = self._draw_nik(lahir, kelamin, serial)
        orang = self._new(
            nomor, slot, (nip, nik), kelamin, lahir, JenisASN.PNS, tmt_cpns, ijazah
        )
        orang.tmt_pns = tmt_pns if is_pns else None
        orang.sk_cpns = self._draw_sk("813", tmt_cpns)
        orang.sk_pns = self._draw_sk("821", tmt_pns) if is_pns else None
        orang.pangkat = [
            (row.golongan.value, row.tmt, row.masa_kerja_bulan, row.jenis,
             self._draw_sk("823", row.tmt))
            for row in pangkat
        ]  # fmt: skip
        return orang

    def _new_pppk(
        self,
        nomor: int,
        slot: Slot,
        ijazah: Studi,
        jenis: JenisASN,
        tmt: date,
        *,
        kontrak_ke: int,
    ) -> Orang:
        kelamin = self._draw_kelamin(slot)
        usia = self._rng.randint(max(21, ijazah.usia_lulus), 46)
        lahir = self._draw_lahir(add_years(tmt, -usia))
        serial = self._count(lahir, kelamin)
        nip = compose_ni_pppk(
            tanggal_lahir=lahir,
            tahun_pengangkatan=tmt.year,
            kontrak_ke=kontrak_ke,
            jenis_kelamin=kelamin,
            nomor_urut=serial,
        )
        nik = self._draw_nik(lahir, kelamin, serial)
        orang = self._new(nomor, slot, (nip, nik), kelamin, lahir, jenis, tmt, ijazah)
        orang.sk_cpns = self._draw_sk("814", tmt)
        golongan = GOLONGAN_PPPK[ijazah.tingkat].value
        orang.pangkat = [(golongan, tmt, 0, None, orang.sk_cpns)]
        return orang

    def _new(
        self,
        nomor: int,
        slot: Slot,
        nip_nik: tuple[str, str],
        kelamin: JenisKelamin,
        lahir: date,
        jenis: JenisASN,
        tmt: date,
        ijazah: Studi,
    ) -> Orang:
        latest = tmt.year - (tmt.month < 8)
        lulus = min(lahir.year + ijazah.usia_lulus + self._rng.randint(0, 2), latest)
        return Orang(
            nomor=nomor,
            slot=slot,
            nip=nip_nik[0],
            nik=nip_nik[1],
            nama=draw_nama(self._rng, kelamin),
            kelamin=kelamin,
            tanggal_lahir=lahir,
            jenis_asn=jenis,
            tmt_cpns=tmt,
            tmt_pns=None,
            pangkat=[],
            jabatan=[],
            pendidikan=[BarisPendidikan(ijazah, lulus)],
            kedudukan=[(AKTIF, tmt)],
            gelar_depan=ijazah.gelar_depan,
            gelar_belakang=ijazah.gelar_belakang,
        )

    def _fill_identity(self, orang: Orang) -> None:
        """Fill in the rest, with the gaps that every real register has."""
        rng, n = self._rng, orang.nomor

        def unless(share: float, value: str) -> str:
            return "" if rng.random() < share else value

        jalan = f"Jl. Contoh No. {rng.randint(1, 400)}, RT {rng.randint(1, 20):03}"
        orang.tempat_lahir = rng.choice(KECAMATAN)
        orang.agama = unless(0.005, rng.choices("12345", (94, 2, 1, 2, 1))[0])
        usia = self._today.year - orang.tanggal_lahir.year
        orang.status_kawin = unless(0.01, "4" if usia < 27 else rng.choice("1111113"))
        orang.nik = unless(0.02, orang.nik)
        orang.alamat = unless(0.04, f"{jalan}, Kecamatan {rng.choice(KECAMATAN)}")
        orang.nomor_hp = unless(0.06, f"0800{n:08}")
        orang.email = unless(0.12, f"pegawai{n}@example.invalid")
        orang.npwp = unless(0.1, f"00{n:014}")
        orang.bpjs = unless(0.15, f"000{n:010}")
        # Some were typed wrong.
        if orang.nomor_hp and n % HP_KELIRU == 0:
            orang.nomor_hp = orang.nomor_hp[:6]
        if orang.email and n % SUREL_KELIRU == 0:
            orang.email = f"pegawai {n}@example.invalid"
        if rng.random() < 0.05:
            orang.sk_cpns = None
        if rng.random() < 0.03:
            last = orang.pendidikan[-1]
            orang.pendidikan[-1] = BarisPendidikan(last.studi, None)
        if rng.random() < 0.7:
            orang.hari_konfirmasi = rng.randint(5, 700)

    # -- Numbers and dates ----------------------------------------------------------

    def _count(self, lahir: date, kelamin: JenisKelamin) -> int:
        """Return a serial number, unique among those born that day with that sex.

        So it is unique behind every prefix of a NIP and of a NIK.
        """
        self._nomor[lahir, kelamin] += 1
        return self._nomor[lahir, kelamin]

    def _draw_nik(self, lahir: date, kelamin: JenisKelamin, serial: int) -> str:
        day = lahir.day + (40 if kelamin is JenisKelamin.PEREMPUAN else 0)
        kecamatan = self._rng.randint(1, len(KECAMATAN))
        return f"{KABUPATEN}{kecamatan:02}{day:02}{lahir:%m%y}{serial:04}"

    def _draw_kelamin(self, slot: Slot) -> JenisKelamin:
        nama = slot.fungsional.nama if slot.fungsional else ""
        women = {"Bidan": 1.0, "Guru": 0.65, "Perawat": 0.65}.get(nama, 0.42)
        is_woman = self._rng.random() < women
        return JenisKelamin.PEREMPUAN if is_woman else JenisKelamin.LAKI_LAKI

    def _draw_lahir(self, latest: date) -> date:
        """Return a day in the year that ends with the month of `latest`."""
        start = latest.replace(day=1)
        return start - timedelta(days=self._rng.randint(1, 330))

    def _find_tmt_cpns(self, months: int) -> date:
        return self._as_tmt_cpns(add_months(self._month, -months))

    def _as_tmt_cpns(self, tanggal: date) -> date:
        """Return a first of the month in which people used to be appointed."""
        earliest = tanggal.replace(day=1)
        month = self._rng.choice((1, 2, 3, 4, 12))
        if month > earliest.month:
            return date(earliest.year - 1, month, 1)
        return date(earliest.year, month, 1)

    def _draw_sk(self, kode: str, tmt: date) -> Sk:
        self._sk += 1
        signed = tmt - timedelta(days=self._rng.randint(3, 45))
        return Sk(f"{kode}/{self._sk % 9999 + 1:04}/CONTOH/{signed.year}", signed)

    def _row(self, jabatan: str, unit: str, tmt: date, **more: Any) -> BarisJabatan:
        return BarisJabatan(jabatan, unit, tmt, self._draw_sk("821.2", tmt), **more)


def _shares(kerja: Kerja) -> tuple[float, float, float]:
    """Return the share of PNS, then with CPNS, then with PPPK; the rest part-time."""
    match kerja:
        case Kerja.SEKOLAH:
            return 0.60, 0.62, 0.96
        case Kerja.PUSKESMAS | Kerja.RUMAH_SAKIT:
            return 0.58, 0.62, 0.95
        case _:
            return 0.66, 0.70, 0.86
