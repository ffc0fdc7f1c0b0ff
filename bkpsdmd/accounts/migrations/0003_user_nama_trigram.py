"""A trigram index for finding accounts by part of a name, on PostgreSQL alone.

It never changes a result: SQLite answers the same query by reading the table.
"""

from django.db import migrations


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX user_nama_trgm ON accounts_user"
            " USING gin (UPPER(nama) gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS user_nama_trgm")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_pemulihan_mfa")]
    operations = [migrations.RunPython(add_index, drop_index)]
