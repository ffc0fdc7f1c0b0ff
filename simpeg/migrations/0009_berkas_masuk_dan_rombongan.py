
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('simpeg', '0008_riwayat_kinerja_kedudukan_radar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel(old_name='ImporSiasn', new_name='BerkasMasuk'),
        migrations.RenameModel(old_name='BarisSiasn', new_name='BarisMasuk'),
        migrations.AlterModelOptions(
            name='berkasmasuk',
            options={'ordering': ['-id'], 'verbose_name': 'berkas masuk', 'verbose_name_plural': 'berkas masuk'},
        ),
        migrations.AlterModelOptions(
            name='barismasuk',
            options={'ordering': ['impor', 'nomor'], 'verbose_name': 'baris berkas masuk', 'verbose_name_plural': 'baris berkas masuk'},
        ),
        migrations.AddField(
            model_name='berkasmasuk',
            name='jenis',
            field=models.CharField(choices=[('impor', 'Impor SIASN'), ('rekonsiliasi', 'Rekonsiliasi SIASN'), ('lembar', 'Lembar kerja Excel')], default='impor', max_length=16, verbose_name='jenis'),
        ),
        migrations.AlterField(
            model_name='berkasmasuk',
            name='status',
            field=models.CharField(choices=[('diunggah', 'Sedang diperiksa'), ('siap', 'Menunggu keputusan'), ('diterapkan', 'Sudah diterapkan'), ('ditolak', 'Berkas tidak terbaca'), ('dibatalkan', 'Dibatalkan'), ('ditutup', 'Selesai')], default='diunggah', max_length=16, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='barismasuk',
            name='is_dilewati',
            field=models.BooleanField(default=False, verbose_name='dilewati'),
        ),
        migrations.CreateModel(
            name='PutusanSelisih',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kolom', models.CharField(max_length=32, verbose_name='isian')),
                ('sidik', models.CharField(max_length=64)),
                ('alasan', models.TextField(blank=True, verbose_name='alasan')),
                ('created_at', models.DateTimeField(auto_now=True, verbose_name='diputuskan')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='simpeg.pegawai')),
            ],
            options={
                'verbose_name': 'putusan selisih',
                'verbose_name_plural': 'putusan selisih',
            },
        ),
        migrations.CreateModel(
            name='Rombongan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('nama', models.CharField(max_length=200, verbose_name='nama')),
                ('alasan', models.TextField(blank=True, verbose_name='alasan')),
                ('status', models.CharField(choices=[('diminta', 'Belum ditulis'), ('diterapkan', 'Sudah diterapkan'), ('dibatalkan', 'Dibatalkan')], default='diminta', max_length=16, verbose_name='status')),
                ('job_id', models.UUIDField(blank=True, null=True, verbose_name='pekerjaan')),
                ('jumlah_orang', models.PositiveIntegerField(default=0, verbose_name='orang')),
                ('jumlah_baru', models.PositiveIntegerField(default=0, verbose_name='orang baru')),
                ('kejadian_id', models.BigIntegerField(null=True)),
                ('dibuat', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuat pada')),
                ('diterapkan_at', models.DateTimeField(blank=True, null=True, verbose_name='diterapkan')),
                ('alasan_batal', models.TextField(blank=True, verbose_name='alasan pembatalan')),
                ('dibatalkan_at', models.DateTimeField(blank=True, null=True, verbose_name='dibatalkan')),
                ('jumlah_halangan', models.PositiveIntegerField(default=0)),
                ('berkas_masuk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rombongan_set', to='simpeg.berkasmasuk', verbose_name='dari berkas')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('dibatalkan_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibatalkan oleh')),
            ],
            options={
                'verbose_name': 'rombongan',
                'verbose_name_plural': 'rombongan',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='JejakRombongan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nomor', models.PositiveIntegerField(verbose_name='urutan')),
                ('nama', models.CharField(blank=True, max_length=200, verbose_name='nama')),
                ('is_baru', models.BooleanField(default=False, verbose_name='orang baru')),
                ('akun_id', models.BigIntegerField(null=True, verbose_name='akun yang dibuka')),
                ('versi', models.PositiveIntegerField(verbose_name='versi sesudahnya')),
                ('sebelum', models.JSONField(default=dict)),
                ('riwayat', models.JSONField(default=list)),
                ('halangan', models.TextField(blank=True, verbose_name='yang menghalangi pembatalan')),
                ('pegawai', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='simpeg.pegawai')),
                ('rombongan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jejak_set', to='simpeg.rombongan')),
            ],
            options={
                'verbose_name': 'jejak rombongan',
                'verbose_name_plural': 'jejak rombongan',
                'ordering': ['rombongan', 'nomor'],
            },
        ),
        migrations.CreateModel(
            name='SelisihSiasn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kolom', models.CharField(max_length=32, verbose_name='isian')),
                ('kita', models.TextField(blank=True, verbose_name='catatan kita')),
                ('siasn', models.TextField(blank=True, verbose_name='SIASN')),
                ('bisa_diterima', models.BooleanField(default=True)),
                ('keadaan', models.CharField(choices=[('terbuka', 'Belum diputuskan'), ('ditanya', 'Menunggu jawaban'), ('dijawab', 'Sudah dijawab'), ('diproses', 'Sedang ditulis'), ('diterima', 'Mengikuti SIASN'), ('dipertahankan', 'Catatan kita dipertahankan'), ('gugur', 'Tidak berbeda lagi')], default='terbuka', max_length=16, verbose_name='keadaan')),
                ('is_diingat', models.BooleanField(default=False, verbose_name='menurut putusan dahulu')),
                ('diputus_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan')),
                ('ditanya_at', models.DateTimeField(blank=True, null=True, verbose_name='ditanyakan')),
                ('jawaban', models.CharField(blank=True, choices=[('kita', 'Catatan kita yang benar'), ('siasn', 'SIASN yang benar'), ('lain', 'Keduanya keliru')], max_length=8, verbose_name='jawaban')),
                ('jawaban_catatan', models.TextField(blank=True, verbose_name='keterangan')),
                ('dijawab_at', models.DateTimeField(blank=True, null=True, verbose_name='dijawab')),
                ('baris', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='selisih_set', to='simpeg.barismasuk')),
                ('dijawab_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                ('diputus_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                ('ditanya_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditanyakan oleh')),
                ('impor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='selisih_set', to='simpeg.berkasmasuk')),
                ('jawaban_berkas', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='simpeg.berkasarsip', verbose_name='bukti')),
                ('opd', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='simpeg.unitkerja', verbose_name='perangkat daerah')),
                ('pegawai', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='simpeg.pegawai', verbose_name='pegawai')),
                ('rombongan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='selisih_set', to='simpeg.rombongan')),
            ],
            options={
                'verbose_name': 'selisih dengan SIASN',
                'verbose_name_plural': 'selisih dengan SIASN',
                'ordering': ['impor', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='berkasmasuk',
            index=models.Index(fields=['jenis', '-id'], name='berkas_masuk_jenis'),
        ),
        migrations.AddConstraint(
            model_name='putusanselisih',
            constraint=models.UniqueConstraint(fields=('pegawai', 'kolom'), name='putusan_satu_per_kolom'),
        ),
        migrations.AddIndex(
            model_name='rombongan',
            index=models.Index(fields=['berkas_masuk', '-created_at'], name='rombongan_berkas'),
        ),
        migrations.AddConstraint(
            model_name='jejakrombongan',
            constraint=models.UniqueConstraint(fields=('rombongan', 'nomor'), name='jejak_satu_per_nomor'),
        ),
        migrations.AddIndex(
            model_name='selisihsiasn',
            index=models.Index(fields=['impor', 'keadaan', 'id'], name='selisih_keadaan'),
        ),
        migrations.AddIndex(
            model_name='selisihsiasn',
            index=models.Index(fields=['impor', 'kolom', 'id'], name='selisih_kolom'),
        ),
        migrations.AddIndex(
            model_name='selisihsiasn',
            index=models.Index(fields=['impor', 'opd', 'id'], name='selisih_opd'),
        ),
        migrations.AddIndex(
            model_name='selisihsiasn',
            index=models.Index(fields=['keadaan', 'pegawai'], name='selisih_pertanyaan'),
        ),
        migrations.AddConstraint(
            model_name='selisihsiasn',
            constraint=models.UniqueConstraint(fields=('impor', 'pegawai', 'kolom'), name='selisih_satu_per_kolom'),
        ),
    ]
