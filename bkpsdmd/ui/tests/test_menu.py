from typing import Any

import pytest

from bkpsdmd.accounts.roles import Role
from bkpsdmd.ui import menu
from bkpsdmd.ui.permissions import Permission


@pytest.fixture(autouse=True)
def _empty(monkeypatch: Any) -> None:
    monkeypatch.setattr(menu, "_entries", {group: [] for group in menu.Group})
    monkeypatch.setattr(menu, "_bar", [])
    monkeypatch.setattr(menu, "_search", [])


def test_groups_stand_in_their_order_and_entries_in_theirs(make_user: Any) -> None:
    for group, label, order in (
        (menu.Group.PENGATURAN, "Kop surat", 10),
        (menu.Group.DATA_PEGAWAI, "DUK", 20),
        (menu.Group.DATA_PEGAWAI, "Daftar", 10),
    ):
        menu.register(group, label, "bantuan", "users", Permission.BERANDA_VIEW, order)
    groups = menu.build_menu(make_user(Role.PEGAWAI), "")
    assert [
        (group.judul, [item.label for item in group.items]) for group in groups
    ] == [("Data Pegawai", ["Daftar", "DUK"]), ("Pengaturan", ["Kop surat"])]


def test_entry_nobody_may_open_leaves_no_empty_group(make_user: Any) -> None:
    menu.register(
        menu.Group.PENGATURAN, "Galeri", "galeri", "users", Permission.GALERI_VIEW
    )
    assert menu.build_menu(make_user(Role.PEGAWAI), "") == []
    assert len(menu.build_menu(make_user(Role.ADMIN), "")) == 1


def test_entry_of_the_page_on_screen_is_marked(make_user: Any) -> None:
    menu.register("Bantuan", "Bantuan", "bantuan", "users", Permission.BERANDA_VIEW)
    (group,) = menu.build_menu(make_user(Role.PEGAWAI), "bantuan")
    assert group.judul == ""
    assert [item.is_aktif for item in group.items] == [True]


def test_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="Permainan"):
        menu.register("Permainan", "x", "bantuan", "users", Permission.BERANDA_VIEW)


def test_bar_of_a_phone_holds_four(make_user: Any) -> None:
    for n in range(6):
        menu.register_bar(f"{n}", "bantuan", "users", Permission.BERANDA_VIEW, 10 - n)
    bar = menu.build_bar(make_user(Role.PEGAWAI), "")
    assert [item.label for item in bar] == ["5", "4", "3", "2"]


def test_search_box_leads_where_the_person_may_go(make_user: Any) -> None:
    menu.register_search("Cari", "galeri", Permission.GALERI_VIEW)
    assert menu.build_search(make_user(Role.PEGAWAI)) is None
    assert menu.build_search(make_user(Role.ADMIN)).url == "/ui/"
