"""A trigram index for search by part of a name or NIP, on PostgreSQL alone.

It never changes a result: SQLite answers the same query by reading the table.
"""

from django.db import migrations


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX keadaan_cari_trgm ON simpeg_keadaanpegawai"
            " USING gin (kunci_cari gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS keadaan_cari_trgm")


class Migration(migrations.Migration):
    dependencies = [("simpeg", "0001_initial")]
    operations = [migrations.RunPython(add_index, drop_index)]
