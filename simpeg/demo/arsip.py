"""Which papers of an invented person have been scanned, and which still wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from simpeg.choices import JenisASN, KeadaanBerkas

from .formasi import Pemeran
from .orang import Orang

# How much of a file was scanned, by how many in a hundred people.
RAJIN = ((1.0, 14), (0.94, 22), (0.8, 26), (0.6, 20), (0.35, 12), (0.12, 6))
# Papers beside those of a record, and how often there is one in a well-kept file.
PELENGKAP = {
    "spmt": 0.5,
    "npwp": 0.6,
    "bpjs": 0.5,
    "taspen": 0.4,
    "karpeg": 0.5,
    "sumpah_pns": 0.6,
    "sttpl": 0.5,
    "spp": 0.2,
    "karis_karsu": 0.3,
}
HANYA_PNS = {"sumpah_pns", "sttpl", "karis_karsu"}
# Of a paper that only helps, so much less was scanned.
ANJURAN = 0.55
# What a person sends in when something is missing.
DIKIRIM = ("kk", "ktp", "npwp", "bpjs", "karpeg", "taspen", "spmt")
ALASAN_DITOLAK = (
    "Fotonya gelap dan sebagian terpotong; foto ulang di tempat terang.",
    "Ini bukan dokumen yang diminta; unggah kartu keluarga yang terbaru.",
    "Halaman kedua belum ikut; gabungkan kedua halamannya.",
)


@dataclass(frozen=True, slots=True)
class Kiriman:
    """A paper that a person proposed; `alasan` why it was refused, "" while it waits."""

    jenis: str
    hari_lalu: int
    alasan: str = ""

    @property
    def keadaan(self) -> KeadaanBerkas:
        return KeadaanBerkas.DITOLAK if self.alasan else KeadaanBerkas.DIUSULKAN


class Lemari:
    """The archive of one person: asks its own source what was scanned."""

    def __init__(self, orang: Orang, *, seed: int, per_tanggal: date) -> None:
        self._rng = Random(f"arsip-{seed}-{orang.nomor}")  # noqa: S311
        self._orang = orang
        self._today = per_tanggal
        values, weights = zip(*RAJIN, strict=True)
        (self._rajin,) = self._rng.choices(values, weights)
        if orang.slot.pemeran:
            self._rajin = 0.8

    def has(self, *, is_wajib: bool) -> bool:
        """Tell whether the paper of a record was scanned."""
        share = self._rajin if is_wajib else self._rajin * ANJURAN
        return self._rng.random() < share

    def list_pelengkap(self, wajib: list[str]) -> Iterator[str]:
        """Yield the kinds of paper without a record that are there, mandatory first."""
        for kode in wajib:
            if self.has(is_wajib=True):
                yield kode
        is_pns = self._orang.jenis_asn is JenisASN.PNS
        for kode, share in PELENGKAP.items():
            if kode in wajib or (kode in HANYA_PNS and not is_pns):
                continue
            if self._rng.random() < share * self._rajin:
                yield kode

    def list_kiriman(self, ada: set[str]) -> Iterator[Kiriman]:
        """Yield what the person sent in themselves, of the papers that are missing."""
        rng, orang = self._rng, self._orang
        if orang.is_pensiun:
            return
        hilang = [kode for kode in DIKIRIM if kode not in ada]
        if orang.slot.pemeran is Pemeran.PEGAWAI:
            # Whoever tries the portal as a plain employee sees both.
            yield Kiriman(hilang[0], 2)
            yield Kiriman(hilang[-1], 9, ALASAN_DITOLAK[0])
        elif hilang and rng.random() < 0.03:
            yield Kiriman(rng.choice(hilang), rng.randint(0, 12))
        elif hilang and rng.random() < 0.01:
            yield Kiriman(
                rng.choice(hilang), rng.randint(3, 40), rng.choice(ALASAN_DITOLAK)
            )

    def scanned_on(self) -> date:
        """Return a day of the last year on which an officer put a paper in."""
        return self._today - timedelta(days=self._rng.randint(1, 360))
