from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("simpeg", "0018_potret_kosongkan")]

    operations = [
        migrations.AddField(
            "keadaanlampau", "tmt_pensiun", models.DateField(null=True)
        ),
        migrations.AddField(
            "keadaanlampau", "kunci_masa_kerja", models.IntegerField(null=True)
        ),
        migrations.AddField(
            "keadaanpegawai", "kunci_masa_kerja", models.IntegerField(null=True)
        ),
    ]
