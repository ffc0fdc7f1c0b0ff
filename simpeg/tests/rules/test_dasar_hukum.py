"""Every other reason names its article."""

from .cases import find_uncited


def test_only_arithmetic_and_records_need_no_article() -> None:
    assert find_uncited() == {
        "cuti_tahunan": {
            *("cuti_besar_pns", "hak_dianggap_ada", "n_2_sebagian", "terpakai"),
        },
        "gaji_pokok": {"baris_pertama", "baris_terakhir", "cpns_hanya_pns"},
        "keberatan": {"batas"},
        "kgb": {"baris_tanpa_kenaikan", "dalam_perjanjian", "tmt_dasar"},
        # Of facts that are not known, and where no day can be named.
        "kp": {
            *("pangkat_di_atas", "penetapan_prestasi", "tmt_kp"),
            *("ujian_dinas", "ujian_ijazah"),
        },
        "mkg": {"peninjauan_masa_kerja"},
        "nik": {
            *("bulan_lahir", "hari_lahir", "jumlah_angka", "kesesuaian_jenis_kelamin"),
            *("kesesuaian_tanggal_lahir", "nomor_urut", "tanggal_ada"),
        },
        "nip": {
            *("jenis_kelamin", "jumlah_angka", "kesesuaian_jenis_asn"),
            *("kesesuaian_jenis_kelamin", "kesesuaian_tanggal_lahir", "nomor_urut"),
            *("penanda_jenis", "tahun_pengangkatan", "tanggal_lahir"),
        },
        "pensiun": {"lahir_29_februari", "tmt_pensiun"},
        "periode_kp": {"tanggal_satu"},
    }
