"""Keyset pages over accounts: they have empty dates, ties, and a key."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bkpsdmd.accounts.models import User
from bkpsdmd.ui import pager

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def people() -> list[User]:
    """Eleven accounts; names tie in pairs, some were never deactivated."""
    return User.objects.bulk_create(
        User(
            username=f"u{n}",
            nama=f"Nama {n // 2:02}",
            is_active=n % 3 != 0,
            deactivated_at=None if n % 4 == 0 else START + timedelta(days=n % 3),
        )
        for n in range(11)
    )


def sort_in_python(people: Sequence[User], order: Sequence[str]) -> list[int]:
    """Sort as the pager promises: empty last, ties by key in the direction of the rest."""
    falling = [name.startswith("-") for name in order]
    key_falls = bool(order) and all(falling)
    rows = sorted(people, key=lambda user: user.pk, reverse=key_falls)
    for name, falls in reversed(list(zip(order, falling, strict=True))):
        plain = name.removeprefix("-")
        filled = [row for row in rows if getattr(row, plain) is not None]
        empty = [row for row in rows if getattr(row, plain) is None]
        filled.sort(key=lambda row, plain=plain: getattr(row, plain), reverse=falls)
        rows = filled + empty
    return [row.pk for row in rows]


def walk(
    order: Sequence[str], size: int = 3
) -> tuple[list[list[int]], list[list[int]]]:
    """Return the pages met walking to the end, then back to the start."""
    rows = User.objects.all()
    page = pager.get_page(rows, order=order, size=size)
    forward = [[row.pk for row in page.rows]]
    while page.sesudah:
        page = pager.get_page(rows, order=order, size=size, sesudah=page.sesudah)
        forward.append([row.pk for row in page.rows])
    backward = [[row.pk for row in page.rows]]
    while page.sebelum:
        page = pager.get_page(rows, order=order, size=size, sebelum=page.sebelum)
        backward.append([row.pk for row in page.rows])
    return forward, backward


@pytest.mark.parametrize(
    "order",
    [
        ["nama"],
        ["-nama"],
        ["nama", "username"],
        ["-is_active", "nama"],
        ["is_active", "-nama", "username"],
        ["deactivated_at"],
        ["-deactivated_at"],
        ["-deactivated_at", "nama"],
        ["is_active", "deactivated_at", "-nama"],
        [],
    ],
    ids=lambda order: "+".join(order) or "kunci",
)
def test_walking_there_and_back_shows_every_row_once(
    people: list[User], order: list[str]
) -> None:
    expected = sort_in_python(people, order)
    forward, backward = walk(order)
    assert [pk for page in forward for pk in page] == expected
    assert backward == forward[::-1]


def test_first_page_has_nothing_before_and_last_nothing_after(
    people: list[User],
) -> None:
    first = pager.get_page(User.objects.all(), order=["nama"], size=20)
    assert (first.sebelum, first.sesudah) == ("", "")
    assert len(first.rows) == 11


def test_row_at_the_edge_deleted_meanwhile_leads_to_the_first_page(
    people: list[User],
) -> None:
    rows = User.objects.all()
    first = pager.get_page(rows, order=["nama"], size=3)
    User.objects.filter(pk=first.sesudah).delete()
    again = pager.get_page(rows, order=["nama"], size=3, sesudah=first.sesudah)
    assert again.sebelum == ""
    assert [row.pk for row in again.rows] == sort_in_python(list(rows), ["nama"])[:3]


def test_other_rows_deleted_meanwhile_skip_nobody(people: list[User]) -> None:
    rows = User.objects.all()
    expected = sort_in_python(people, ["nama"])
    first = pager.get_page(rows, order=["nama"], size=3)
    User.objects.filter(pk__in=expected[:2]).delete()
    second = pager.get_page(rows, order=["nama"], size=3, sesudah=first.sesudah)
    assert [row.pk for row in second.rows] == expected[3:6]


def test_edge_row_that_left_the_filter_still_marks_the_place(
    people: list[User],
) -> None:
    expected = sort_in_python(people, ["nama"])
    User.objects.filter(pk=expected[2]).update(is_layanan=True)
    page = pager.get_page(
        User.objects.filter(is_layanan=False),
        order=["nama"],
        size=3,
        sesudah=str(expected[2]),
        scope=User.objects.all(),
    )
    assert [row.pk for row in page.rows] == expected[3:6]


def test_edge_row_outside_the_scope_tells_nothing(people: list[User]) -> None:
    expected = sort_in_python(people, ["nama"])
    scope = User.objects.exclude(pk=expected[5])
    page = pager.get_page(scope, order=["nama"], size=3, sesudah=str(expected[5]))
    assert [row.pk for row in page.rows] == expected[:3]


@pytest.mark.parametrize("key", ["abc", "-1", "999999999", "1; drop table", "\x00"])
def test_nonsense_key_leads_to_the_first_page(people: list[User], key: str) -> None:
    page = pager.get_page(User.objects.all(), order=["nama"], size=3, sesudah=key)
    assert [row.pk for row in page.rows] == sort_in_python(people, ["nama"])[:3]


def test_going_back_past_the_start_shows_a_whole_first_page(people: list[User]) -> None:
    expected = sort_in_python(people, ["nama"])
    page = pager.get_page(
        User.objects.all(), order=["nama"], size=3, sebelum=str(expected[1])
    )
    assert [row.pk for row in page.rows] == expected[:3]
    assert page.sebelum == ""


def test_rows_as_dicts_page_too(people: list[User]) -> None:
    rows = User.objects.values("pk", "nama")
    first = pager.get_page(rows, order=["nama"], size=3)
    second = pager.get_page(
        rows, order=["nama"], size=3, sesudah=first.sesudah, scope=User.objects.all()
    )
    assert [row["pk"] for row in second.rows] == sort_in_python(people, ["nama"])[3:6]


def test_one_direction_is_one_row_comparison(people: list[User]) -> None:
    """An index over the order then answers a deep page from one range."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        pager.get_page(
            User.objects.all(),
            order=["nama", "username"],
            size=3,
            sesudah=str(people[4].pk),
        )
    assert len(queries) == 2
    sql = queries[-1]["sql"].split("WHERE", 1)[1]
    assert " OR " not in sql
    assert sql.count(">") == 1


@pytest.mark.parametrize(
    ("limit", "expected"), [(5, (5, False)), (11, (11, True)), (50, (11, True))]
)
def test_count_stops_at_the_limit(
    people: list[User], monkeypatch: Any, limit: int, expected: tuple[int, bool]
) -> None:
    monkeypatch.setattr(pager, "COUNT_LIMIT", limit)
    with CaptureQueriesContext(connection) as queries:
        assert pager.count_rows(User.objects.order_by("nama")) == expected
    assert f"LIMIT {limit + 1}" in queries[0]["sql"]
