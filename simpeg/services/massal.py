"""Writing thousands of rows while the lock is held for as short as can be.

`bulk_create` works out its SQL while it writes, inside the transaction: for an import of
6,000 people that kept every other writer of SQLite waiting for many seconds. Here keys
and parameters are made before, and only the insertion itself is left.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

# What the drivers take as it is; other fields are converted.
_APA_ADANYA = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
)
# Rows in one statement on PostgreSQL, whose driver sends them one by one otherwise.
_HALAMAN = 500


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let no garbage be looked for meanwhile, also usable as a decorator.

    A big import keeps some hundred thousand objects alive to its end; going through
    them again and again took a third of its time and found nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def reserve_keys(model: type[models.Model], jumlah: int) -> list[int]:
    """Return so many primary keys that nobody else will get.

    What is not used, because the import ended, is a gap and no harm.
    """
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                [table, jumlah],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [jumlah, table]
        )
        if not cursor.rowcount:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [table, jumlah],
            )
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return list(range(last - jumlah + 1, last + 1))


class Sisipan:
    """Rows of one model, ready to be inserted.

    With a primary key set it is written, else the database gives one and nobody learns
    it. `timpa` are the fields to overwrite where a row with that key exists.
    """

    def __init__(
        self,
        model: type[models.Model],
        rows: Sequence[models.Model],
        *,
        timpa: Iterable[str] = (),
    ) -> None:
        self.model = model
        has_key = bool(rows) and rows[0].pk is not None
        fields = [
            field
            for field in model._meta.concrete_fields
            if has_key or not field.primary_key
        ]
        self._kolom = {field.attname: n for n, field in enumerate(fields)}
        self._sql = _build_sql(model, fields, list(timpa))
        columns = [_read_column(field, rows) for field in fields]
        self._isi: list[list[Any]] = [list(row) for row in zip(*columns, strict=True)]

    def __len__(self) -> int:
        return len(self._isi)

    def list_values(self, kolom: str) -> list[Any]:
        """Return one column of all rows."""
        n = self._kolom[kolom]
        return [row[n] for row in self._isi]

    def replace(self, kolom: str, dengan: Mapping[Any, Mapping[str, Any]]) -> None:
        """Where `kolom` holds a key of `dengan`, put the values given for other columns."""
        n = self._kolom[kolom]
        for row in self._isi:
            for nama, value in dengan.get(row[n], {}).items():
                row[self._kolom[nama]] = value

    def write(self) -> None:
        if not self._isi:
            return
        awal, satu, akhir = self._sql
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.executemany(f"{awal} {satu} {akhir}", self._isi)
                return
            for start in range(0, len(self._isi), _HALAMAN):
                some = self._isi[start : start + _HALAMAN]
                values = ", ".join([satu] * len(some))
                cursor.execute(
                    f"{awal} {values} {akhir}", [value for row in some for value in row]
                )


def _build_sql(
    model: type[models.Model], fields: Sequence[Any], timpa: Sequence[str]
) -> tuple[str, str, str]:
    """Return the statement up to its values, one row of placeholders, and the rest."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    awal = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"
    satu = f"({', '.join(['%s'] * len(fields))})"
    if not timpa:
        return awal, satu, ""
    key = quote(str(model._meta.pk.column))
    names = [quote(field.column) for field in fields if field.name in timpa]
    update = ", ".join(f"{name} = EXCLUDED.{name}" for name in names)
    return awal, satu, f"ON CONFLICT ({key}) DO UPDATE SET {update}"


def _read_column(field: Any, rows: Sequence[models.Model]) -> list[Any]:
    """Return one field of all rows as the driver takes it."""
    values: list[Any] = [getattr(row, field.attname) for row in rows]
    ops = connection.ops
    if isinstance(field, models.DateTimeField):
        now = ops.adapt_datetimefield_value(timezone.now())
        if field.auto_now:
            return [now] * len(values)
        convert = ops.adapt_datetimefield_value
        empty = now if field.auto_now_add else None
        return [empty if value is None else convert(value) for value in values]
    if isinstance(field, models.DateField):
        return [ops.adapt_datefield_value(value) for value in values]
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, _APA_ADANYA):
        return values
    return [field.get_db_prep_save(value, connection=connection) for value in values]
