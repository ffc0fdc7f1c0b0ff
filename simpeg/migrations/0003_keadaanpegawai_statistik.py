from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("simpeg", "0002_keadaanpegawai_trigram")]

    operations = [
        migrations.AddIndex(
            "keadaanpegawai",
            models.Index(
                fields=[
                    "opd",
                    "status",
                    "golongan",
                    "kelompok_jabatan",
                    "jenis_jabatan",
                    "jabatan",
                    "pendidikan",
                    "jenis_kelamin",
                    "tanggal_lahir",
                    "tmt_golongan",
                    "masa_kerja_bulan",
                    "tmt_pensiun",
                    "unit_kerja",
                ],
                condition=models.Q(is_aktif=True),
                name="keadaan_statistik",
            ),
        ),
    ]
