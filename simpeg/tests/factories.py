"""The smallest valid row of every simpeg model; reference tables are loaded, not made.

A pegawai and everything recorded about one keeps `KeadaanPegawai` up to date, as the
services do. `PegawaiFactory(di=unit)` makes somebody who works there, with golongan,
post, education and standing; `di__golongan="III/c"` and `di__jabatan=…` choose them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from bkpsdmd.accounts.roles import Role
from bkpsdmd.accounts.tests.factories import UserFactory
from simpeg.choices import (
    ArahPindah,
    Ekspektasi,
    Eselon,
    HubunganOrangTua,
    JenisAnak,
    JenisAngkaKredit,
    JenisASN,
    JenisJabatan,
    JenisKelamin,
    JenisPenugasan,
    Jenjang,
    Periodik,
    Predikat,
    SistemSKP,
)
from simpeg.models import (
    BarisMasuk,
    BerkasArsip,
    BerkasMasuk,
    Jabatan,
    JenisUnit,
    Pegawai,
    PejabatPenandatangan,
    Pembatalan,
    PemberianPeran,
    Referensi,
    RiwayatAnak,
    RiwayatAngkaKredit,
    RiwayatCLTN,
    RiwayatDiklat,
    RiwayatDP3,
    RiwayatHukuman,
    RiwayatJabatan,
    RiwayatKedudukan,
    RiwayatKGB,
    RiwayatKinerjaPeriodik,
    RiwayatKompetensi,
    RiwayatKontrak,
    RiwayatKursus,
    RiwayatOrangTua,
    RiwayatPangkat,
    RiwayatPasangan,
    RiwayatPemberhentian,
    RiwayatPendidikan,
    RiwayatPenghargaan,
    RiwayatPindahInstansi,
    RiwayatPMK,
    RiwayatPotensi,
    RiwayatPWK,
    RiwayatSertifikasi,
    RiwayatSKP,
    RiwayatSKPLama,
    RiwayatTugasBelajar,
    RiwayatUnitKerja,
    RiwayatUnor,
    UnitKerja,
)
from simpeg.rules.nip import compose_ni_pppk, compose_nip_pns
from simpeg.rules.waktu import add_years
from simpeg.services.keadaan import refresh_keadaan

__all__ = [
    "BarisMasukFactory",
    "BerkasArsipFactory",
    "BerkasMasukFactory",
    "JabatanFactory",
    "PegawaiFactory",
    "PejabatPenandatanganFactory",
    "PembatalanFactory",
    "PemberianPeranFactory",
    "RiwayatAnakFactory",
    "RiwayatAngkaKreditFactory",
    "RiwayatCLTNFactory",
    "RiwayatDP3Factory",
    "RiwayatDiklatFactory",
    "RiwayatHukumanFactory",
    "RiwayatJabatanFactory",
    "RiwayatKGBFactory",
    "RiwayatKedudukanFactory",
    "RiwayatKinerjaPeriodikFactory",
    "RiwayatKompetensiFactory",
    "RiwayatKontrakFactory",
    "RiwayatKursusFactory",
    "RiwayatOrangTuaFactory",
    "RiwayatPMKFactory",
    "RiwayatPWKFactory",
    "RiwayatPangkatFactory",
    "RiwayatPasanganFactory",
    "RiwayatPemberhentianFactory",
    "RiwayatPendidikanFactory",
    "RiwayatPenghargaanFactory",
    "RiwayatPindahInstansiFactory",
    "RiwayatPotensiFactory",
    "RiwayatSKPFactory",
    "RiwayatSKPLamaFactory",
    "RiwayatSertifikasiFactory",
    "RiwayatTugasBelajarFactory",
    "RiwayatUnitKerjaFactory",
    "RiwayatUnorFactory",
    "UnitKerjaFactory",
    "UserFactory",
]


# -- Units and posts ----------------------------------------------------------------


class UnitKerjaFactory(DjangoModelFactory[UnitKerja]):
    """A perangkat daerah below the instansi; `induk` hangs a part below another unit."""

    class Meta:
        model = UnitKerja

    class Params:
        instansi = factory.Trait(
            jenis=JenisUnit.INSTANSI, nama="Pemerintah Kab. Contoh"
        )

    kode = factory.Sequence(lambda n: f"U{n:05d}")
    nama = factory.Sequence(lambda n: f"Dinas Contoh {n}")
    jenis = factory.LazyAttribute(
        lambda o: JenisUnit.BAGIAN if o.induk else JenisUnit.OPD
    )
    induk = None

    @classmethod
    def _create(
        cls, model_class: type[UnitKerja], *args: Any, **kwargs: Any
    ) -> UnitKerja:
        induk = kwargs.pop("induk", None)
        if kwargs["jenis"] == JenisUnit.INSTANSI:
            unit = UnitKerja.objects.add_root(kwargs)
        else:
            induk = induk or _get_instansi()
            opd = {} if kwargs["jenis"] == JenisUnit.OPD else {"opd_id": induk.opd_id}
            unit = UnitKerja.objects.add_child(induk, {**kwargs, **opd})
            if unit.jenis == JenisUnit.OPD:
                unit.opd = unit
                unit.save(update_fields=["opd"])
        RiwayatUnitKerja.objects.create(
            unit=unit, induk=induk, nama=unit.nama, mulai=unit.mulai
        )
        return unit


def _get_instansi() -> UnitKerja:
    return UnitKerja.objects.get_first_root_node() or UnitKerjaFactory(instansi=True)


class RiwayatUnitKerjaFactory(DjangoModelFactory[RiwayatUnitKerja]):
    """A later name; the first one comes with the unit."""

    class Meta:
        model = RiwayatUnitKerja

    unit = factory.SubFactory(UnitKerjaFactory)
    induk = factory.LazyAttribute(lambda o: UnitKerja.objects.get_parent(o.unit))
    nama = "Dinas Berganti Nama"
    mulai = dt.date(2024, 1, 1)


class JabatanFactory(DjangoModelFactory[Jabatan]):
    """A pelaksana post; `fungsional=True`, or `memimpin=unit` for the one that leads it."""

    class Meta:
        model = Jabatan

    class Params:
        memimpin = None
        fungsional = factory.Trait(
            jenis=JenisJabatan.FUNGSIONAL.value, jenjang=Jenjang.AHLI_PERTAMA.value
        )

    kode = factory.Sequence(lambda n: f"jab-{n}")
    nama = factory.LazyAttributeSequence(
        lambda o, n: f"Kepala {o.memimpin}" if o.memimpin else f"Pengolah Contoh {n}"
    )
    jenis = factory.LazyAttribute(
        lambda o: (
            (JenisJabatan.STRUKTURAL if o.memimpin else JenisJabatan.PELAKSANA).value
        )
    )
    eselon = factory.LazyAttribute(lambda o: _eselon_for(o.memimpin))
    unit_kerja = factory.SelfAttribute("memimpin")


def _eselon_for(unit: UnitKerja | None) -> str:
    if unit is None:
        return ""
    return (Eselon.II_B if unit.jenis == JenisUnit.OPD else Eselon.III_B).value


# -- People -------------------------------------------------------------------------


class PegawaiFactory(DjangoModelFactory[Pegawai]):
    """A PNS with a valid NIP and nothing on record; see the module for `di`."""

    class Meta:
        model = Pegawai
        skip_postgeneration_save = True

    class Params:
        perempuan = factory.Trait(jenis_kelamin=JenisKelamin.PEREMPUAN.value)
        cpns = factory.Trait(
            tanggal_lahir=dt.date(2001, 8, 17),
            tmt_cpns=dt.date(2026, 4, 1),
            tmt_pns=None,
        )
        pppk = factory.Trait(
            jenis_asn=JenisASN.PPPK.value, tmt_cpns=dt.date(2022, 3, 1), tmt_pns=None
        )
        # 57 years and 6 months old today: pensioned within the year as pelaksana.
        menjelang_pensiun = factory.Trait(
            tanggal_lahir=factory.LazyFunction(
                lambda: add_years(timezone.localdate() + dt.timedelta(183), -58)
            ),
            tmt_cpns=dt.date(1996, 3, 1),
            tmt_pns=dt.date(1997, 4, 1),
        )
        punya_akun = factory.Trait(
            user=factory.SubFactory(
                UserFactory,
                username=factory.SelfAttribute("..nip"),
                nama=factory.SelfAttribute("..nama"),
            )
        )

    nama = factory.Sequence(lambda n: f"Pegawai Contoh {n:04d}")
    tanggal_lahir = factory.Sequence(
        lambda n: dt.date(1980, 1, 1) + dt.timedelta(days=n % 3650)
    )
    jenis_kelamin = JenisKelamin.LAKI_LAKI.value
    jenis_asn = JenisASN.PNS.value
    tmt_cpns = dt.date(2010, 1, 1)
    tmt_pns = dt.date(2011, 1, 1)

    @factory.lazy_attribute_sequence
    def nip(self, n: int) -> str:
        number = {
            "tanggal_lahir": self.tanggal_lahir,
            "jenis_kelamin": JenisKelamin(self.jenis_kelamin),
            "nomor_urut": n % 999 + 1,
        }
        if self.jenis_asn == JenisASN.PNS:
            return compose_nip_pns(tmt_cpns=self.tmt_cpns, **number)
        return compose_ni_pppk(
            tahun_pengangkatan=self.tmt_cpns.year, kontrak_ke=1, **number
        )

    @factory.post_generation
    def di(self: Pegawai, create: bool, unit: UnitKerja | None, **kwargs: Any) -> None:
        if not create:
            return
        if unit is not None:
            is_pns = self.jenis_asn == JenisASN.PNS
            golongan = kwargs.pop("golongan", "III/a" if is_pns else "IX")
            row = {"pegawai": self, "segarkan": False, "tmt": self.tmt_cpns}
            RiwayatKedudukanFactory(**row)
            RiwayatPangkatFactory(**row, golongan_id=golongan)
            RiwayatJabatanFactory(**{**row, "unit_kerja": unit, **kwargs})
            RiwayatPendidikanFactory(pegawai=self, segarkan=False)
        _refresh(self.pk)


class RiwayatFactory(DjangoModelFactory):
    """Base: a decree, and today's state written again (unless `segarkan=False`)."""

    class Meta:
        abstract = True

    pegawai = factory.SubFactory(PegawaiFactory)
    sk_nomor = factory.Sequence(lambda n: f"800/{n:04d}/CONTOH")
    sk_tanggal = dt.date(2010, 1, 1)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        segarkan = kwargs.pop("segarkan", True)
        row = super()._create(model_class, *args, **kwargs)
        if segarkan:
            _refresh(row.pegawai_id)
        return row


_waiting: list[int] | None = None


def _refresh(pk: int) -> None:
    if _waiting is not None:
        _waiting.append(pk)
    else:
        refresh_keadaan([pk], per_tanggal=timezone.localdate())


@contextmanager
def refreshed_at_once() -> Iterator[None]:
    """Write the state of all people made inside once, at the end: a third of the time."""
    global _waiting
    _waiting = []
    try:
        yield
        ids, _waiting = dict.fromkeys(_waiting), None
        refresh_keadaan(list(ids), per_tanggal=timezone.localdate())
    finally:
        _waiting = None


class RiwayatPangkatFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPangkat

    golongan_id = "III/a"
    tmt = dt.date(2010, 1, 1)


class RiwayatJabatanFactory(RiwayatFactory):
    """A definitive pelaksana post; `plt=True` adds an acting one with an end."""

    class Meta:
        model = RiwayatJabatan

    class Params:
        plt = factory.Trait(
            jenis_penugasan=JenisPenugasan.PLT.value,
            tmt_selesai=factory.LazyAttribute(lambda o: o.tmt + dt.timedelta(days=180)),
        )

    jabatan = factory.SubFactory(JabatanFactory)
    unit_kerja = factory.LazyAttribute(
        lambda o: o.jabatan.unit_kerja or UnitKerjaFactory()
    )
    tmt = dt.date(2010, 1, 1)


class RiwayatPendidikanFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPendidikan

    tingkat_id = "40"
    nama = "S-1 Administrasi Negara"
    tahun_lulus = 2008


class RiwayatDiklatFactory(RiwayatFactory):
    class Meta:
        model = RiwayatDiklat

    nama = "Pelatihan Kepemimpinan Pengawas"
    tingkat = 4
    tanggal_selesai = dt.date(2020, 11, 30)


def _referensi(daftar: str, kode: str) -> Any:
    return factory.LazyFunction(lambda: Referensi.objects.get(daftar=daftar, kode=kode))


class RiwayatKursusFactory(RiwayatFactory):
    class Meta:
        model = RiwayatKursus

    jenis = _referensi("jenisDiklat", "8")
    nama = "Bimtek Pengelolaan Arsip"
    tanggal_mulai = dt.date(2019, 2, 1)
    tanggal_selesai = dt.date(2019, 2, 3)


class RiwayatSertifikasiFactory(RiwayatFactory):
    class Meta:
        model = RiwayatSertifikasi

    nama = "Pengadaan Barang/Jasa"
    tmt = dt.date(2019, 1, 1)


class RiwayatAngkaKreditFactory(RiwayatFactory):
    class Meta:
        model = RiwayatAngkaKredit

    jenis = JenisAngkaKredit.KONVERSI.value
    mulai = dt.date(2023, 1, 1)
    selesai = dt.date(2023, 12, 31)
    jumlah = Decimal("12.5")


class RiwayatKGBFactory(RiwayatFactory):
    class Meta:
        model = RiwayatKGB

    golongan_id = "III/a"
    tmt = dt.date(2018, 1, 1)
    masa_kerja_bulan = 96
    gaji_baru = 3_000_000


class RiwayatPMKFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPMK

    pengalaman = "PT Contoh"
    tanggal_mulai = dt.date(2005, 1, 1)
    tanggal_selesai = dt.date(2008, 12, 31)
    masa_kerja_bulan = 24


class RiwayatKontrakFactory(RiwayatFactory):
    class Meta:
        model = RiwayatKontrak

    pegawai = factory.SubFactory(PegawaiFactory, pppk=True)
    tmt = dt.date(2022, 3, 1)
    tmt_akhir = dt.date(2027, 2, 28)


class RiwayatPenghargaanFactory(RiwayatFactory):
    """Satyalancana Karya Satya X Tahun."""

    class Meta:
        model = RiwayatPenghargaan

    jenis = _referensi("penghargaan", "201")
    tahun = 2020


class RiwayatHukumanFactory(RiwayatFactory):
    """Teguran tertulis; of those who may see it."""

    class Meta:
        model = RiwayatHukuman

    jenis = _referensi("jenisHukuman", "2")
    nomor_pp = "PP 94/2021"
    pelanggaran = "Tidak masuk kerja 5 hari"
    tmt = dt.date(2022, 2, 1)


class RiwayatPasanganFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPasangan

    nama = "Budi Pasangan"
    tanggal_nikah = dt.date(2012, 6, 1)


class RiwayatAnakFactory(RiwayatFactory):
    class Meta:
        model = RiwayatAnak

    nama = "Ani Anak"
    jenis = JenisAnak.KANDUNG.value
    jenis_kelamin = JenisKelamin.PEREMPUAN.value
    tanggal_lahir = dt.date(2014, 2, 2)


class RiwayatOrangTuaFactory(RiwayatFactory):
    class Meta:
        model = RiwayatOrangTua

    hubungan = HubunganOrangTua.IBU.value
    nama = "Ibu Contoh"


class RiwayatKedudukanFactory(RiwayatFactory):
    """Active; `pensiun=True` for somebody who has left."""

    class Meta:
        model = RiwayatKedudukan

    class Params:
        pensiun = factory.Trait(kedudukan_id="99")

    kedudukan_id = "01"
    tmt = dt.date(2010, 1, 1)


class RiwayatSKPFactory(RiwayatFactory):
    class Meta:
        model = RiwayatSKP

    tahun = 2023
    hasil_kerja = Ekspektasi.SESUAI.value
    perilaku_kerja = Ekspektasi.SESUAI.value
    kuadran = Predikat.BAIK.value


class RiwayatKinerjaPeriodikFactory(RiwayatFactory):
    class Meta:
        model = RiwayatKinerjaPeriodik

    periodik = Periodik.TRIWULAN.value
    mulai = dt.date(2024, 1, 1)
    selesai = dt.date(2024, 3, 31)
    hasil_kerja = Ekspektasi.SESUAI.value
    perilaku_kerja = Ekspektasi.SESUAI.value
    kuadran = Predikat.BAIK.value


class RiwayatSKPLamaFactory(RiwayatFactory):
    class Meta:
        model = RiwayatSKPLama

    tahun = 2019
    peraturan = SistemSKP.PP_46.value
    nilai_skp = Decimal(85)
    nilai_perilaku = Decimal(80)
    nilai_prestasi = Decimal(83)


class RiwayatDP3Factory(RiwayatFactory):
    class Meta:
        model = RiwayatDP3

    tahun = 2012
    kesetiaan = Decimal(91)
    prestasi_kerja = tanggung_jawab = ketaatan = kejujuran = Decimal(80)
    kerja_sama = prakarsa = Decimal(80)
    jumlah = Decimal(571)
    rata_rata = Decimal("81.57")


class RiwayatKompetensiFactory(RiwayatFactory):
    class Meta:
        model = RiwayatKompetensi

    tanggal = dt.date(2022, 6, 1)
    integritas = kerja_sama = komunikasi = orientasi_hasil = 3
    pelayanan_publik = pengembangan_diri = mengelola_perubahan = 3
    pengambilan_keputusan = perekat_bangsa = 3


class RiwayatPotensiFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPotensi

    tanggal = dt.date(2022, 6, 1)
    berpikir_kritis = intelektual = interpersonal = Decimal(75)
    kesadaran_diri = motivasi_komitmen = Decimal(75)
    total = Decimal(375)


class RiwayatUnorFactory(RiwayatFactory):
    class Meta:
        model = RiwayatUnor

    unit_kerja = factory.SubFactory(UnitKerjaFactory)
    tmt = dt.date(2019, 2, 1)


class RiwayatPWKFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPWK

    lokasi = "Kandangan"
    tmt = dt.date(2017, 2, 1)


class RiwayatPindahInstansiFactory(RiwayatFactory):
    """A move in; `keluar=True` for one out of the office."""

    class Meta:
        model = RiwayatPindahInstansi

    class Params:
        keluar = factory.Trait(arah=ArahPindah.KELUAR.value, kedudukan_id="52")

    arah = ArahPindah.MASUK.value
    kedudukan_id = "01"
    instansi_asal = "Pemerintah Kab. Seberang"
    instansi_tujuan = "Pemerintah Kab. Contoh"
    tmt = dt.date(2018, 2, 1)


def _cltn(kode: str) -> Any:
    return factory.LazyFunction(lambda: Referensi.objects.get(daftar="cltn", kode=kode))


class RiwayatCLTNFactory(RiwayatFactory):
    """Three years of leave; `kembali=True` for the act that ends it."""

    class Meta:
        model = RiwayatCLTN

    class Params:
        kembali = factory.Trait(jenis=_cltn("3"), kedudukan_id="01", tmt_selesai=None)

    jenis = _cltn("1")
    kedudukan_id = "02"
    tmt = dt.date(2019, 1, 1)
    tmt_selesai = dt.date(2021, 12, 31)


class RiwayatTugasBelajarFactory(RiwayatFactory):
    class Meta:
        model = RiwayatTugasBelajar

    jenis = _cltn("6")
    is_dibebaskan = True
    kedudukan_id = "03"
    tmt = dt.date(2016, 9, 1)
    tmt_selesai = dt.date(2018, 8, 31)
    sekolah = "Universitas Contoh"


class RiwayatPemberhentianFactory(RiwayatFactory):
    class Meta:
        model = RiwayatPemberhentian

    jenis = factory.LazyFunction(
        lambda: Referensi.objects.get(daftar="jenisPemberhentian", kode="1")
    )
    kedudukan_id = "99"
    tmt = dt.date(2026, 1, 1)


class PembatalanFactory(DjangoModelFactory[Pembatalan]):
    class Meta:
        model = Pembatalan

    alasan = "Salah ketik golongan."


class BerkasArsipFactory(DjangoModelFactory[BerkasArsip]):
    class Meta:
        model = BerkasArsip

    pegawai = factory.SubFactory(PegawaiFactory)
    jenis = "sk_kp"
    berkas = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4\n", name="sk.pdf"))
    nama_berkas = "SK kenaikan pangkat.pdf"
    content_type = "application/pdf"
    ukuran_byte = factory.LazyAttribute(lambda o: o.berkas.size)
    sha256 = "0" * 64


# -- Grants, signing officials, imports ---------------------------------------------


class PemberianPeranFactory(DjangoModelFactory[PemberianPeran]):
    """Verifikator of the whole office; give `peran` and, for an OPD, `unit_kerja`."""

    class Meta:
        model = PemberianPeran

    user = factory.SubFactory(UserFactory)
    peran = Role.VERIFIKATOR.value
    mulai = dt.date(2020, 1, 1)


class PejabatPenandatanganFactory(DjangoModelFactory[PejabatPenandatangan]):
    class Meta:
        model = PejabatPenandatangan

    jenis_dokumen = "duk"
    pegawai = factory.SubFactory(PegawaiFactory)
    jabatan = "Kepala Badan"
    mulai = dt.date(2020, 1, 1)


class BerkasMasukFactory(DjangoModelFactory[BerkasMasuk]):
    class Meta:
        model = BerkasMasuk

    sha256 = "0" * 64
    nama_berkas = "ekspor.csv"
    berkas = factory.LazyFunction(lambda: ContentFile(b"NIP BARU\n", name="ekspor.csv"))


class BarisMasukFactory(DjangoModelFactory[BarisMasuk]):
    class Meta:
        model = BarisMasuk

    impor = factory.SubFactory(BerkasMasukFactory)
    nomor = factory.Sequence(lambda n: n + 2)
    hasil = BarisMasuk.Hasil.BARU
