"""The log of what happened: appended to, never changed, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.conf import settings
from django.db import models

from bkpsdmd.audit.choices import KeadaanSegel

if TYPE_CHECKING:
    from bkpsdmd.accounts.models import User


class AppendOnlyQuerySet(models.QuerySet["Event"]):
    """Refuses what would change or take away rows, whoever asks."""

    def visible_to(self, user: User) -> Self:
        """Leave what this user may read: by role, by unit, and not what is closed."""
        from bkpsdmd.audit.subjects import visible_q

        return self.filter(visible_q(user))

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Jejak audit tidak dapat diubah")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Jejak audit tidak dapat diubah")

    def delete(self) -> NoReturn:
        raise TypeError("Jejak audit tidak dapat dihapus")


class Event(models.Model):
    """One thing one person did to one object.

    The object and the person it concerns are kept as type, id and label without a
    foreign key: the log outlives what it speaks of. `changes` is
    `{field: [before, after]}`; fields on the redaction list hold `[null, null]`.
    """

    at = models.DateTimeField("waktu", auto_now_add=True)
    kind = models.CharField("kejadian", max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pelaku",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: dijalankan sistem.",
    )
    channel = models.CharField("lewat", max_length=16)
    ip = models.GenericIPAddressField("alamat", null=True)
    object_type = models.CharField("jenis objek", max_length=64)
    object_id = models.CharField("id objek", max_length=40)
    object_label = models.CharField("objek", max_length=200)
    # The pegawai (or other person) in whose history this event is shown.
    subject_type = models.CharField("jenis subjek", max_length=64, blank=True)
    subject_id = models.CharField("id subjek", max_length=40, blank=True)
    changes = models.JSONField("perubahan", default=dict)
    reason = models.TextField("alasan", blank=True)
    batch = models.CharField("rombongan", max_length=40, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "kejadian"
        verbose_name_plural = "jejak audit"
        indexes = [
            models.Index(
                fields=["object_type", "object_id", "-id"], name="audit_object"
            ),
            models.Index(
                fields=["subject_type", "subject_id", "-id"], name="audit_subject"
            ),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["kind", "at"], name="audit_kind_at"),
            models.Index(fields=["kind", "-id"], name="audit_kind"),
            models.Index(
                fields=["batch", "-id"],
                condition=~models.Q(batch=""),
                name="audit_batch",
            ),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        from bkpsdmd.audit.presenters import describe

        return describe(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Jejak audit tidak dapat diubah")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("audit:jejak-detail", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Jejak audit tidak dapat dihapus")


class Segel(models.Model):
    """The seal over the events of one day, in office time; set once, then only checked.

    `mulai` and `selesai` keep the instants the day had when it was sealed, so that
    another time zone in the settings does not break old seals.
    """

    tanggal = models.DateField("tanggal", unique=True)
    mulai = models.DateTimeField("mulai")
    selesai = models.DateTimeField("selesai")
    jumlah = models.PositiveIntegerField("jumlah kejadian")
    dari = models.BigIntegerField("nomor pertama", null=True)
    sampai = models.BigIntegerField("nomor terakhir", null=True)
    sidik = models.CharField("sidik", max_length=64)
    segel = models.CharField("segel", max_length=64)
    disegel_at = models.DateTimeField("disegel")
    diperiksa_at = models.DateTimeField("diperiksa")
    keadaan = models.CharField(
        "keadaan",
        max_length=8,
        choices=KeadaanSegel.choices(),
        default=KeadaanSegel.UTUH.value,
    )
    temuan = models.CharField("temuan", max_length=200, blank=True)

    class Meta:
        verbose_name = "segel harian"
        verbose_name_plural = "segel harian"
        ordering = ["-tanggal"]
        indexes = [
            models.Index(fields=["diperiksa_at"], name="segel_diperiksa"),
            models.Index(fields=["keadaan", "-tanggal"], name="segel_keadaan"),
        ]

    def __str__(self) -> str:
        return f"segel {self.tanggal:%d-%m-%Y}"

    @property
    def status(self) -> KeadaanSegel:
        return KeadaanSegel(self.keadaan)
