"""Addresses of simpeg, a list per resource. No name and no NIP stands in one."""

from django.urls import path

from simpeg.views import (
    akun,
    arsip,
    delegasi,
    duk,
    identitas,
    klien_api,
    lembar,
    mutu,
    pegawai,
    penataan,
    radar,
    rekap,
    rekonsiliasi,
    riwayat,
    rombongan,
    siasn,
    statistik,
    surat,
    surat_dinas,
    tampilan,
    tindakan,
    tinjauan,
    unit_kerja,
)

app_name = "simpeg"

_surat = [
    path(
        "pegawai/<int:pk>/surat-keterangan/",
        surat.SuratCreateView.as_view(),
        name="surat-create",
    ),
    path(
        "surat-keterangan/<int:pk>/ubah/",
        surat.SuratUpdateView.as_view(),
        name="surat-update",
    ),
    path(
        "pegawai/surat-keterangan/",
        surat.SuratMassalView.as_view(),
        name="surat-massal",
    ),
    path(
        "berita-acara/tambah/",
        surat.BeritaAcaraCreateView.as_view(),
        name="berita-acara-create",
    ),
    path(
        "berita-acara/<int:pk>/ubah/",
        surat.BeritaAcaraUpdateView.as_view(),
        name="berita-acara-update",
    ),
    path(
        "surat-dinas/tambah/",
        surat_dinas.SuratDinasCreateView.as_view(),
        name="surat-dinas-create",
    ),
    path(
        "surat-dinas/<int:pk>/ubah/",
        surat_dinas.SuratDinasUpdateView.as_view(),
        name="surat-dinas-update",
    ),
]
_pegawai = [
    path("pegawai/", pegawai.PegawaiListView.as_view(), name="pegawai-list"),
    path("pegawai/ekspor/", pegawai.PegawaiExportView.as_view(), name="pegawai-export"),
    path(
        "pegawai/nominatif/",
        tindakan.NominatifPrintView.as_view(),
        name="nominatif-print",
    ),
    path("pegawai/tindakan/", tindakan.AksiMassalView.as_view(), name="aksi-massal"),
    path(
        "pegawai/<int:pk>/tindak-lanjut/",
        pegawai.TindakLanjutView.as_view(),
        name="tindak-lanjut",
    ),
    path("pegawai/cetak/", tindakan.CetakMassalView.as_view(), name="cetak-massal"),
    path("saya/", pegawai.PegawaiSayaView.as_view(), name="pegawai-saya"),
    path(
        "pegawai/<int:pk>/", pegawai.PegawaiDetailView.as_view(), name="pegawai-detail"
    ),
    path(
        "pegawai/<int:pk>/ubah/",
        pegawai.PegawaiUpdateView.as_view(),
        name="pegawai-update",
    ),
    path(
        "pegawai/<int:pk>/konfirmasi/",
        pegawai.PegawaiConfirmView.as_view(),
        name="pegawai-confirm",
    ),
    path(
        "pegawai/<int:pk>/pengangkatan/",
        pegawai.PegawaiPengangkatanView.as_view(),
        name="pegawai-pengangkatan",
    ),
    path(
        "pegawai/<int:pk>/periksa/",
        mutu.PegawaiCheckView.as_view(),
        name="pegawai-check",
    ),
    path(
        "pegawai/<int:pk>/cetak/",
        pegawai.PegawaiPrintView.as_view(),
        name="pegawai-print",
    ),
    path(
        "pegawai/<int:pk>/<slug:bagian>/",
        pegawai.PegawaiDetailView.as_view(),
        name="pegawai-bagian",
    ),
]

_riwayat = [
    path(
        "pegawai/<int:pk>/riwayat-<slug:jenis>/tambah/",
        riwayat.RiwayatCreateView.as_view(),
        name="riwayat-create",
    ),
    path(
        "pegawai/<int:pk>/riwayat-<slug:jenis>/<int:riwayat_pk>/koreksi/",
        riwayat.RiwayatCorrectView.as_view(),
        name="riwayat-correct",
    ),
    path(
        "pegawai/<int:pk>/riwayat-<slug:jenis>/<int:riwayat_pk>/batalkan/",
        riwayat.RiwayatCancelView.as_view(),
        name="riwayat-cancel",
    ),
    path("pilihan/<slug:daftar>/", riwayat.PilihanView.as_view(), name="pilihan"),
]

_arsip = [
    path(
        "pegawai/<int:pk>/arsip/unggah/",
        arsip.BerkasCreateView.as_view(),
        name="berkas-create",
    ),
    path(
        "pegawai/<int:pk>/berkas/<int:berkas_pk>/",
        arsip.BerkasDetailView.as_view(),
        name="berkas-detail",
    ),
    path(
        "pegawai/<int:pk>/berkas/<int:berkas_pk>/lihat/",
        arsip.BerkasView.as_view(),
        name="berkas-view",
    ),
    path(
        "pegawai/<int:pk>/berkas/<int:berkas_pk>/tarik/",
        arsip.BerkasWithdrawView.as_view(),
        name="berkas-withdraw",
    ),
    path(
        "pegawai/<int:pk>/berkas/<int:berkas_pk>/putuskan/",
        arsip.BerkasDecideView.as_view(),
        name="berkas-decide",
    ),
    path(
        "pegawai/<int:pk>/berkas/<int:berkas_pk>/pasangkan/",
        arsip.BerkasAttachView.as_view(),
        name="berkas-attach",
    ),
    path("arsip/usulan/", arsip.UsulanListView.as_view(), name="arsip-usulan"),
    path(
        "arsip/pemeriksaan/",
        arsip.PemeriksaanListView.as_view(),
        name="arsip-pemeriksaan",
    ),
]

_duk = [
    path("duk/", duk.DukListView.as_view(), name="duk-list"),
    path("duk/cetak/", duk.DukPrintView.as_view(), name="duk-print"),
]

_unit_kerja = [
    path("unit/", unit_kerja.UnitKerjaListView.as_view(), name="unit-list"),
]

_identitas = [
    path(
        "pegawai/<int:pk>/nip/koreksi/",
        identitas.NipCorrectView.as_view(),
        name="nip-correct",
    ),
    path("data-ganda/", identitas.TautanListView.as_view(), name="tautan-list"),
    path(
        "data-ganda/usul/", identitas.TautanCreateView.as_view(), name="tautan-create"
    ),
    path(
        "data-ganda/<int:pk>/",
        identitas.TautanDecideView.as_view(),
        name="tautan-decide",
    ),
    path(
        "data-ganda/<int:pk>/lepas/",
        identitas.TautanReleaseView.as_view(),
        name="tautan-release",
    ),
]

_penataan = [
    path("penataan/", penataan.PenataanListView.as_view(), name="penataan-list"),
    path(
        "penataan/susun/",
        penataan.PenataanCreateView.as_view(),
        name="penataan-create",
    ),
    path(
        "penataan/<int:pk>/",
        penataan.PenataanDetailView.as_view(),
        name="penataan-detail",
    ),
    path(
        "penataan/<int:pk>/ubah/",
        penataan.PenataanUpdateView.as_view(),
        name="penataan-update",
    ),
    path(
        "penataan/<int:pk>/pegawai/",
        penataan.PenataanOrangView.as_view(),
        name="penataan-orang",
    ),
    path(
        "penataan/<int:pk>/langkah/<slug:jenis>/tambah/",
        penataan.LangkahCreateView.as_view(),
        name="penataan-langkah-create",
    ),
    path(
        "penataan/<int:pk>/langkah/<int:langkah_pk>/hapus/",
        penataan.LangkahDeleteView.as_view(),
        name="penataan-langkah-delete",
    ),
    path(
        "penataan/<int:pk>/pilihan/",
        penataan.PenataanPilihanView.as_view(),
        name="penataan-pilihan",
    ),
    path(
        "penataan/<int:pk>/ajukan/",
        penataan.PenataanSubmitView.as_view(),
        name="penataan-submit",
    ),
    path(
        "penataan/<int:pk>/setujui/",
        penataan.PenataanApproveView.as_view(),
        name="penataan-approve",
    ),
    path(
        "penataan/<int:pk>/kembalikan/",
        penataan.PenataanReturnView.as_view(),
        name="penataan-return",
    ),
    path(
        "penataan/<int:pk>/terapkan/",
        penataan.PenataanApplyView.as_view(),
        name="penataan-apply",
    ),
    path(
        "penataan/<int:pk>/batal/",
        penataan.PenataanCancelView.as_view(),
        name="penataan-cancel",
    ),
    path(
        "penataan/<int:pk>/lampiran/excel/",
        penataan.LampiranView.as_view(),
        name="penataan-lampiran-xlsx",
    ),
    path(
        "penataan/<int:pk>/lampiran/pdf/",
        penataan.LampiranPdfView.as_view(),
        name="penataan-lampiran-pdf",
    ),
]

_mutu = [
    path("mutu/", mutu.MutuView.as_view(), name="mutu"),
    path("mutu/excel/", mutu.MutuXlsxView.as_view(), name="mutu-xlsx"),
    path("mutu/orang/", mutu.MutuOrangView.as_view(), name="mutu-orang"),
    path("mutu/orang/ekspor/", mutu.MutuEksporView.as_view(), name="mutu-ekspor"),
]

_statistik = [
    path("statistik/", statistik.StatistikView.as_view(), name="statistik-list"),
    path(
        "statistik/excel/",
        statistik.StatistikXlsxView.as_view(),
        name="statistik-xlsx",
    ),
    path(
        "statistik/hitung/",
        statistik.StatistikHitungView.as_view(),
        name="statistik-hitung",
    ),
    path(
        "statistik/pegawai/",
        statistik.StatistikOrangView.as_view(),
        name="statistik-orang",
    ),
    path(
        "statistik/rekap/<slug:jenis>/", rekap.RekapView.as_view(), name="rekap-detail"
    ),
    path(
        "statistik/rekap/<slug:jenis>/rincian/",
        rekap.RekapRincianView.as_view(),
        name="rekap-rincian",
    ),
    path(
        "statistik/rekap/<slug:jenis>/excel/",
        rekap.RekapXlsxView.as_view(),
        name="rekap-xlsx",
    ),
    path(
        "statistik/rekap/<slug:jenis>/pdf/",
        rekap.RekapPdfView.as_view(),
        name="rekap-pdf",
    ),
    path("statistik/pdf/", statistik.StatistikPdfView.as_view(), name="statistik-pdf"),
]

_api = [
    path("api/klien/", klien_api.KlienApiListView.as_view(), name="api-klien-list"),
    path(
        "api/klien/tambah/",
        klien_api.KlienApiCreateView.as_view(),
        name="api-klien-create",
    ),
    path(
        "api/klien/<int:pk>/",
        klien_api.KlienApiDetailView.as_view(),
        name="api-klien-detail",
    ),
    path(
        "api/klien/<int:pk>/cabut/",
        klien_api.KlienApiRevokeView.as_view(),
        name="api-klien-revoke",
    ),
    path("api/dokumentasi/", klien_api.ApiDocsView.as_view(), name="api-docs"),
    path("api/openapi.json", klien_api.ApiSchemaView.as_view(), name="api-skema"),
]

_tampilan = [
    path(
        "saringan/<slug:daftar>/",
        tampilan.SaringanListView.as_view(),
        name="saringan-list",
    ),
    path(
        "saringan/<slug:daftar>/<int:pk>/",
        tampilan.SaringanUpdateView.as_view(),
        name="saringan-update",
    ),
    path(
        "saringan/<slug:daftar>/<int:pk>/hapus/",
        tampilan.SaringanDeleteView.as_view(),
        name="saringan-delete",
    ),
    path("kolom/<slug:daftar>/", tampilan.KolomView.as_view(), name="kolom"),
]

_tindakan = [
    path(
        "tindakan/<int:pk>/",
        tindakan.TindakanDetailView.as_view(),
        name="tindakan-detail",
    ),
    path(
        "tindakan/<int:pk>/lanjutkan/",
        tindakan.TindakanResumeView.as_view(),
        name="tindakan-resume",
    ),
]

_tinjauan = [
    path("tinjauan/", tinjauan.TinjauanListView.as_view(), name="tinjauan-list"),
    path("tinjauan/buka/", tinjauan.TinjauanOpenView.as_view(), name="tinjauan-open"),
    path(
        "tinjauan/<int:tahun>/",
        tinjauan.TinjauanDetailView.as_view(),
        name="tinjauan-detail",
    ),
    path(
        "tinjauan/<int:tahun>/baris/<int:pk>/",
        tinjauan.TinjauanDecideView.as_view(),
        name="tinjauan-decide",
    ),
    path(
        "tinjauan/<int:tahun>/tutup/",
        tinjauan.TinjauanCloseView.as_view(),
        name="tinjauan-close",
    ),
    path(
        "tinjauan/<int:tahun>/cetak/",
        tinjauan.TinjauanPrintView.as_view(),
        name="tinjauan-print",
    ),
]

_delegasi = [
    path("delegasi/", delegasi.DelegasiListView.as_view(), name="delegasi-list"),
    path(
        "delegasi/tambah/",
        delegasi.DelegasiCreateView.as_view(),
        name="delegasi-create",
    ),
    path(
        "delegasi/<int:pk>/akhiri/",
        delegasi.DelegasiEndView.as_view(),
        name="delegasi-end",
    ),
]

_radar = [
    path("radar/", radar.RadarListView.as_view(), name="radar-list"),
    path("radar/ekspor/", radar.RadarExportView.as_view(), name="radar-export"),
]

_akun = [
    path("akun/", akun.AkunListView.as_view(), name="akun-list"),
    path(
        "akun/<int:pk>/pemulihan/",
        akun.PemulihanCreateView.as_view(),
        name="akun-pemulihan",
    ),
]

_siasn = [
    path("siasn/", siasn.SiasnListView.as_view(), name="siasn-list"),
    path("siasn/unggah/", siasn.SiasnCreateView.as_view(), name="siasn-create"),
    path("siasn/templat/", siasn.SiasnTemplateView.as_view(), name="siasn-template"),
    path("siasn/<int:pk>/", siasn.SiasnDetailView.as_view(), name="siasn-detail"),
    path(
        "siasn/<int:pk>/baris/<int:nomor>/",
        siasn.SiasnBarisView.as_view(),
        name="siasn-baris",
    ),
    path(
        "siasn/<int:pk>/tidak-ada/",
        siasn.SiasnTidakAdaView.as_view(),
        name="siasn-tidak-ada",
    ),
    path("siasn/<int:pk>/periksa/", siasn.SiasnCheckView.as_view(), name="siasn-check"),
    path(
        "siasn/<int:pk>/terapkan/", siasn.SiasnApplyView.as_view(), name="siasn-apply"
    ),
    path("siasn/<int:pk>/batal/", siasn.SiasnCancelView.as_view(), name="siasn-cancel"),
    path(
        "siasn/<int:pk>/ditolak/",
        siasn.SiasnDitolakView.as_view(),
        name="siasn-ditolak",
    ),
]

_rekonsiliasi = [
    path(
        "siasn/rekonsiliasi/",
        rekonsiliasi.RekonsiliasiListView.as_view(),
        name="rekonsiliasi-list",
    ),
    path(
        "siasn/rekonsiliasi/unggah/",
        rekonsiliasi.RekonsiliasiCreateView.as_view(),
        name="rekonsiliasi-create",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/",
        rekonsiliasi.RekonsiliasiDetailView.as_view(),
        name="rekonsiliasi-detail",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/putuskan/",
        rekonsiliasi.RekonsiliasiDecideView.as_view(),
        name="rekonsiliasi-decide",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/unduh/",
        rekonsiliasi.RekonsiliasiExportView.as_view(),
        name="rekonsiliasi-unduh",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/baris/<int:nomor>/",
        rekonsiliasi.RekonsiliasiBarisView.as_view(),
        name="rekonsiliasi-baris",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/hanya-siasn/",
        rekonsiliasi.RekonsiliasiHanyaSiasnView.as_view(),
        name="rekonsiliasi-hanya-siasn",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/hanya-portal/",
        rekonsiliasi.RekonsiliasiHanyaPortalView.as_view(),
        name="rekonsiliasi-hanya-portal",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/bandingkan/",
        rekonsiliasi.RekonsiliasiCompareView.as_view(),
        name="rekonsiliasi-compare",
    ),
    path(
        "siasn/rekonsiliasi/<int:pk>/tutup/",
        rekonsiliasi.RekonsiliasiCloseView.as_view(),
        name="rekonsiliasi-close",
    ),
    path(
        "siasn/ekspor/",
        rekonsiliasi.SiasnKeluarView.as_view(),
        name="siasn-keluar",
    ),
    path(
        "pertanyaan-data/",
        rekonsiliasi.PertanyaanListView.as_view(),
        name="pertanyaan-list",
    ),
    path(
        "pertanyaan-data/<int:pk>/",
        rekonsiliasi.PertanyaanAnswerView.as_view(),
        name="pertanyaan-answer",
    ),
]

_lembar = [
    path("pegawai/lembar/", lembar.LembarListView.as_view(), name="lembar-list"),
    path(
        "pegawai/lembar/unduh/",
        lembar.LembarDownloadView.as_view(),
        name="lembar-unduh",
    ),
    path(
        "pegawai/lembar/unggah/",
        lembar.LembarCreateView.as_view(),
        name="lembar-create",
    ),
    path(
        "pegawai/lembar/<int:pk>/",
        lembar.LembarDetailView.as_view(),
        name="lembar-detail",
    ),
    path(
        "pegawai/lembar/<int:pk>/pilih/",
        lembar.LembarSelectView.as_view(),
        name="lembar-select",
    ),
    path(
        "pegawai/lembar/<int:pk>/terapkan/",
        lembar.LembarApplyView.as_view(),
        name="lembar-apply",
    ),
    path(
        "pegawai/lembar/<int:pk>/periksa/",
        lembar.LembarCheckView.as_view(),
        name="lembar-check",
    ),
    path(
        "pegawai/lembar/<int:pk>/batal/",
        lembar.LembarCancelView.as_view(),
        name="lembar-cancel",
    ),
]

_rombongan = [
    path(
        "rombongan/<uuid:pk>/",
        rombongan.RombonganDetailView.as_view(),
        name="rombongan-detail",
    ),
    path(
        "rombongan/<uuid:pk>/batalkan/",
        rombongan.RombonganUndoView.as_view(),
        name="rombongan-undo",
    ),
]

urlpatterns = [
    *_surat,
    *_radar,
    *_akun,
    *_delegasi,
    *_tinjauan,
    *_pegawai,
    *_riwayat,
    *_arsip,
    *_duk,
    *_siasn,
    *_rekonsiliasi,
    *_rombongan,
    *_lembar,
    *_unit_kerja,
    *_penataan,
    *_identitas,
    *_mutu,
    *_statistik,
    *_api,
    *_tampilan,
    *_tindakan,
]
