"""Keyset paging: a deep page costs what the first one costs.

The address carries only the key of the row at the edge of the page, never a name or a
NIP; what it is sorted by is read again from that row, out of the rows this person may
see. A row that is gone leads back to the first page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Func, Model, Q, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import BaseExpression
from django.db.models.fields import BooleanField

COUNT_LIMIT = 10_000
# A word that fits more rows than this is too short; counting on would take longer than
# finding the page.
SEARCH_COUNT_LIMIT = 100


@dataclass(frozen=True)
class Page:
    """One page of rows; a cursor is the key of an edge row, "" where nothing follows."""

    rows: Sequence[Any]
    sesudah: str = ""
    sebelum: str = ""


@dataclass(frozen=True)
class _Order:
    """One field of the order."""

    name: str
    is_descending: bool
    is_nullable: bool
    field: Field | None

    def expression(self, *, backward: bool) -> Any:
        """Empty values come last in either direction, and on either database."""
        descending = self.is_descending != backward
        if not self.is_nullable:
            return F(self.name).desc() if descending else F(self.name).asc()
        nulls = {"nulls_first": True} if backward else {"nulls_last": True}
        return F(self.name).desc(**nulls) if descending else F(self.name).asc(**nulls)

    def beyond(self, value: Any, *, backward: bool) -> Q | None:
        """Return which rows lie past `value`; None when nothing can."""
        if value is None:
            return Q((f"{self.name}__isnull", False)) if backward else None
        lookup = "lt" if self.is_descending != backward else "gt"
        past = Q((f"{self.name}__{lookup}", value))
        if self.is_nullable and not backward:
            past |= Q((f"{self.name}__isnull", True))
        return past

    def same(self, value: Any) -> Q:
        if value is None:
            return Q((f"{self.name}__isnull", True))
        return Q((self.name, value))


class _RowCompare(Func):
    """`(a, b) > (x, y)`, which both databases answer from one index range."""

    output_field = BooleanField()
    conditional = True

    def __init__(
        self, names: Sequence[str], operator: str, values: Sequence[BaseExpression]
    ) -> None:
        super().__init__(*(F(name) for name in names), *values)
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, **kwargs: Any) -> Any:
        parts, params = [], []
        for expression in self.source_expressions:
            sql, values = compiler.compile(expression)
            parts.append(sql)
            params.extend(values)
        half = len(parts) // 2
        left, right = ", ".join(parts[:half]), ", ".join(parts[half:])
        return f"({left}) {self.operator} ({right})", params


def get_page(
    queryset: QuerySet[Any],
    *,
    order: Sequence[str],
    size: int,
    sesudah: str = "",
    sebelum: str = "",
    scope: QuerySet[Any] | None = None,
) -> Page:
    """Return the page after or before the row with that key; the first without one.

    `order` names fields, "-" before one that falls; the key is appended. `scope` is
    where the edge row is looked up: the rows this person may see, before the filters.
    Queries: one for the rows, one more for the edge row when there is a cursor.
    """
    orders = _get_orders(queryset.model, order)
    backward = bool(sebelum)
    edge = _get_edge(
        scope if scope is not None else queryset, orders, sesudah or sebelum
    )
    if edge is None:
        return _first_page(queryset, orders, size)
    found = list(
        queryset.filter(_past(orders, edge, backward=backward)).order_by(
            *(order.expression(backward=backward) for order in orders)
        )[: size + 1]
    )
    more = len(found) > size
    rows = found[:size]
    if backward:
        if not more:
            # Fewer rows than a page before this one: show the whole first page.
            return _first_page(queryset, orders, size)
        rows.reverse()
        return Page(rows, sesudah=_key(rows[-1]), sebelum=_key(rows[0]))
    if not rows:
        return _first_page(queryset, orders, size)
    return Page(rows, sesudah=_key(rows[-1]) if more else "", sebelum=_key(rows[0]))


def count_rows(queryset: QuerySet[Any], limit: int | None = None) -> tuple[int, bool]:
    """Return how many rows there are and whether that is all; stops past the limit."""
    limit = limit or COUNT_LIMIT
    limited = queryset.order_by().values("pk")[: limit + 1].count()
    return min(limited, limit), limited <= limit


def _first_page(queryset: QuerySet[Any], orders: Sequence[_Order], size: int) -> Page:
    found = list(
        queryset.order_by(*(order.expression(backward=False) for order in orders))[
            : size + 1
        ]
    )
    rows = found[:size]
    return Page(rows, sesudah=_key(rows[-1]) if len(found) > size else "")


def _key(row: Any) -> str:
    return str(row["pk"] if isinstance(row, dict) else row.pk)


def _get_orders(model: type[Model], names: Sequence[str]) -> list[_Order]:
    orders = []
    for name in [*names, "pk"]:
        plain = name.removeprefix("-")
        found = _get_field(model, plain)
        orders.append(
            _Order(plain, name.startswith("-"), found is None or found.null, found)
        )
    if len(names) and _same_direction(orders[:-1]):
        # The key falls with the rest, so that one index range answers the page.
        orders[-1] = replace(orders[-1], is_descending=orders[0].is_descending)
    return orders


def _get_field(model: type[Model], path: str) -> Field | None:
    """Return the field at the end of a path; None for an annotation.

    A path over a relation that may be empty counts as nullable: so does its last field.
    """
    meta, found, nullable = model._meta, None, False
    for part in path.split(LOOKUP_SEP):
        if part == "pk":
            return meta.pk
        try:
            found = meta.get_field(part)
        except FieldDoesNotExist:
            return None
        nullable = nullable or found.null
        if found.related_model:
            meta = found.related_model._meta
    return None if nullable and found is not None and not found.null else found


def _same_direction(orders: Sequence[_Order]) -> bool:
    return len({order.is_descending for order in orders}) == 1


def _get_edge(
    scope: QuerySet[Any], orders: Sequence[_Order], key: str
) -> list[Any] | None:
    if not key:
        return None
    try:
        return (
            scope.filter(pk=key)
            .order_by()
            .values_list(*(order.name for order in orders))
            .first()
        )
    except (ValueError, ValidationError):
        return None


def _past(orders: Sequence[_Order], edge: Sequence[Any], *, backward: bool) -> Q:
    """Return which rows lie past the edge row."""
    if _same_direction(orders) and not any(order.is_nullable for order in orders):
        descending = orders[0].is_descending != backward
        return Q(
            _RowCompare(
                [order.name for order in orders],
                "<" if descending else ">",
                [
                    Value(value, output_field=order.field)
                    for order, value in zip(orders, edge, strict=True)
                ],
            )
        )
    # Mixed directions: past in the first field, or equal there and past in the next.
    condition: Q | None = None
    for order, value in reversed(list(zip(orders, edge, strict=True))):
        past = order.beyond(value, backward=backward)
        same = order.same(value) & condition if condition is not None else None
        parts = [part for part in (past, same) if part is not None]
        if parts:
            condition = parts[0] if len(parts) == 1 else parts[0] | parts[1]
    assert condition is not None  # noqa: S101  the key is never empty
    first, value = orders[0], edge[0]
    if not first.is_nullable:
        # Redundant, but an index can start from it.
        bound = "lte" if first.is_descending != backward else "gte"
        condition = Q((f"{first.name}__{bound}", value)) & condition
    return condition
