"""Fill the new columns of the read table, set-wise and by ranges of people."""

from django.db import migrations
from django.db.models import Max, Min, OuterRef, Subquery

BATCH = 50_000


def fill(apps, schema_editor):
    Keadaan = apps.get_model("simpeg", "KeadaanPegawai")
    Pegawai = apps.get_model("simpeg", "Pegawai")
    Diklat = apps.get_model("simpeg", "RiwayatDiklat")
    ends = Keadaan.objects.aggregate(a=Min("pk"), z=Max("pk"))
    if ends["a"] is None:
        return
    orang = Pegawai.objects.filter(pk=OuterRef("pk"))
    finished = Diklat.objects.filter(
        pegawai=OuterRef("pk"), dibatalkan_oleh__isnull=True, tingkat__isnull=False
    ).order_by("tingkat")
    for start in range(ends["a"], ends["z"] + 1, BATCH):
        Keadaan.objects.filter(pk__gte=start, pk__lt=start + BATCH).update(
            agama=Subquery(orang.values("agama")[:1]),
            status_kawin=Subquery(orang.values("status_kawin")[:1]),
            diklat=Subquery(finished.values("tingkat")[:1]),
        )


class Migration(migrations.Migration):
    dependencies = [("simpeg", "0006_penataan_identitas_potret")]

    # Backwards the columns go with the schema, so nothing needs to be undone.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
