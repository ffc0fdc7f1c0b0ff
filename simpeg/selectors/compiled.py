"""Queries that are the same each time but for one key, put into SQL only once.

Django writes a union of twenty kinds of records anew for each page, which takes longer
than the database needs for its answer. Here the SQL of the first time is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Stands for the key while the SQL is written; no row has it.
SENTINEL = -8_253_117_907

_kept: dict[tuple[Hashable, str], tuple[Any, str, tuple[Any, ...]]] = {}


def fetch_compiled(
    name: Hashable, build: Callable[[int], QuerySet[Any, Any]], key: int
) -> list[Sequence[Any]]:
    """Return the rows of `build(key)`, a `values_list` that depends on nothing else.

    `name` tells one such query from another, for as long as the process lives.
    """
    known = _kept.get((name, connection.vendor))
    if known is None:
        compiler = build(SENTINEL).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        known = _kept[name, connection.vendor] = compiler, sql, tuple(params)
    compiler, sql, params = known
    with connection.cursor() as cursor:
        cursor.execute(sql, [key if value == SENTINEL else value for value in params])
        rows = cursor.fetchall()
    return list(compiler.results_iter(results=[rows], tuple_expected=True))
