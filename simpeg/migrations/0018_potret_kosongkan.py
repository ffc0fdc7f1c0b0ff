"""Drop the derived days: they gain a column, and are derived again when asked for."""

from django.db import migrations


def drop(apps, schema_editor):
    apps.get_model("simpeg", "KeadaanLampau").objects.all().delete()
    apps.get_model("simpeg", "Potret").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("simpeg", "0017_surat_dan_penandatangan")]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
