"""Invented names of people and places."""

from random import Random

from simpeg.choices import JenisKelamin


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DEPAN = {
    JenisKelamin.LAKI_LAKI: _words(
        "Ahmad Abdul Muhammad Akhmad Rizal Hendra Agus Bambang Dedi Eko Fajar Gunawan "
        "Hasan Ibrahim Irwan Joko Khairul Lukman Maulana Nanang Oktavian Prasetyo "
        "Rahmat Rudi Samsul Taufik Usman Wahyu Yusuf Zainal Arif Bayu Candra Dimas "
        "Fahmi Ghazali Hidayat Ilham Jamal Kurnia Mulyadi Nasrullah Rifani Syahrani"
    ),
    JenisKelamin.PEREMPUAN: _words(
        "Siti Nur Noor Sri Dewi Ayu Fitri Rina Maya Lestari Wahidah Aisyah Badriah "
        "Citra Desi Endang Farida Gina Halimah Ida Jamilah Kartika Lina Mariani Nadia "
        "Oktavia Puspita Ratna Salmah Tuti Ulfah Vina Wulan Yuliana Zahra Anita Bunga "
        "Dahlia Erna Fatimah Hesti Intan Jumiati Laila Mutia Norhayati Rahmah"
    ),
}
_BELAKANG = {
    JenisKelamin.LAKI_LAKI: _words(
        "Rahman Hakim Saputra Wijaya Santoso Hidayat Nugroho Setiawan Ramadhan Fauzi "
        "Firmansyah Kurniawan Maulana Syahputra Anshari Basri Darmawan Effendi Gazali "
        "Hamdani Irawan Jauhari Kamil Latif Mahmud Noor Pratama Qodir Ridwan Suryadi "
        "Tamrin Utama Wardana Yamani Zulkifli Abdillah Budiman Hartono Iskandar Perdana"
    ),
    JenisKelamin.PEREMPUAN: _words(
        "Rahmawati Handayani Wulandari Anggraini Puspitasari Hasanah Hidayati Kusuma "
        "Lestari Maulida Novitasari Oktaviani Permatasari Rahayu Safitri Triana Utami "
        "Wardani Yanti Zulaikha Aminah Budiarti Cahyani Damayanti Fauziah Hayati "
        "Indriani Julianti Khairunnisa Mardiana Nurjanah Pratiwi Rosidah Susanti Yulianti"
    ),
}
KECAMATAN = (
    "Batu Laras", "Sungai Intan", "Tanjung Rawa", "Padang Asri", "Muara Jati",
    "Lembah Banir", "Bukit Permai", "Rantau Damar", "Pulau Seroja", "Kuala Gading",
    "Hulu Mandira",
)  # fmt: skip
KELURAHAN = (
    "Laras Utara", "Laras Selatan", "Intan Barat", "Jati Timur", "Damar Raya",
    "Gading Kencana",
)  # fmt: skip


def draw_nama(rng: Random, kelamin: JenisKelamin) -> str:
    """Return two or three words that no real person is meant by."""
    words = [rng.choice(_DEPAN[kelamin]), rng.choice(_BELAKANG[kelamin])]
    if rng.random() < 0.4:
        words.insert(1, rng.choice(_DEPAN[kelamin]))
    if words[0] == words[1]:
        del words[1]
    return " ".join(words)
