"""Fill the new column of the read table, set-wise and by ranges of people."""

from django.db import migrations
from django.db.models import F, Max, Min
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear

BATCH = 50_000


def fill(apps, schema_editor):
    Keadaan = apps.get_model("simpeg", "KeadaanPegawai")
    ends = Keadaan.objects.aggregate(a=Min("pk"), z=Max("pk"))
    if ends["a"] is None:
        return
    begun = ExtractYear("tmt_golongan") * 12 + ExtractMonth("tmt_golongan")
    key = (begun - F("masa_kerja_bulan")) * 32 + ExtractDay("tmt_golongan")
    for start in range(ends["a"], ends["z"] + 1, BATCH):
        Keadaan.objects.filter(pk__gte=start, pk__lt=start + BATCH).update(
            kunci_masa_kerja=key
        )


class Migration(migrations.Migration):
    dependencies = [("simpeg", "0019_keadaan_kunci_masa_kerja")]

    # Backwards the column goes with the schema, so nothing needs to be undone.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
