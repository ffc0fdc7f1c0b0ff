"""A trigram index for finding papers by part of their title, on PostgreSQL alone.

It never changes a result: SQLite answers the same query by reading the table.
"""

from django.db import migrations


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX naskah_judul_trgm ON documents_naskah"
            " USING gin (UPPER(judul) gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS naskah_judul_trgm")


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_kop_dan_kertas")]
    operations = [migrations.RunPython(add_index, drop_index)]
