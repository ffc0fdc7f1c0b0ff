"""Who read the data of many people at once: a page of the API, a sheet, a list."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models


class PembukaanHarian(models.Model):
    """One reader, one part of the record, one day, one block of people.

    `bit` has a bit for each person of the block, by key: a program that reads everybody
    each night leaves six rows for 6,000 people, not 6,000, and none when it asks again.
    Kept for `PEMBUKAAN_RETENSI_HARI`; what stands in the log is kept for good.
    """

    BLOK = 1024

    tanggal = models.DateField("tanggal")
    # "akun:<id>" or "api:<id>": kept without a foreign key, like the log.
    pembaca = models.CharField("pembaca", max_length=24)
    bagian = models.CharField("yang dibaca", max_length=60)
    blok = models.PositiveIntegerField("blok pegawai")
    bit = models.BinaryField("pegawai dalam blok")
    at = models.DateTimeField("pertama kali hari itu")

    class Meta:
        verbose_name = "pembukaan harian"
        verbose_name_plural = "pembukaan harian"
        # Read by the purge alone.
        indexes = [models.Index(fields=["tanggal"], name="pembukaan_tanggal")]
        constraints = [
            models.UniqueConstraint(
                fields=["blok", "tanggal", "pembaca", "bagian"],
                name="pembukaanharian_one_per_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pembaca}: {self.bagian}, {self.tanggal}"

    @classmethod
    def group(cls, ids: Iterable[int]) -> dict[int, int]:
        """Return the bits of these people, by block."""
        bits: dict[int, int] = {}
        for pk in ids:
            blok, place = divmod(pk, cls.BLOK)
            bits[blok] = bits.get(blok, 0) | 1 << place
        return bits

    @classmethod
    def pack(cls, bits: int) -> bytes:
        return bits.to_bytes(cls.BLOK // 8, "little")

    @property
    def bits(self) -> int:
        return int.from_bytes(self.bit, "little")

    def has(self, pegawai_id: int) -> bool:
        return bool(self.bits >> (pegawai_id % self.BLOK) & 1)
