import pkgutil
from importlib import import_module

import pytest

from bkpsdmd.calculator.management.commands.write_docs import HALAMAN
from bkpsdmd.calculator.registry import list_kode
from bkpsdmd.regulations import Kode, list_regulasi, load_regulasi
from bkpsdmd.regulations.reader import ROOT


@pytest.mark.parametrize("nama", HALAMAN)
def test_page_is_as_fresh_as_what_it_describes(nama: str) -> None:
    """Run `manage.py write_docs` after a change of codes or regulation files."""
    assert (ROOT / nama).read_text(encoding="utf-8") == HALAMAN[nama]()


def test_every_regulation_stands_on_the_page() -> None:
    halaman = HALAMAN["docs/regulasi.md"]()

    for nama in list_regulasi():
        for versi in load_regulasi(nama).riwayat:
            assert versi.uraian in halaman
            assert versi.dasar_hukum in halaman


def list_rule_modules() -> list[str]:
    """Return the modules of the rules of every app, found as files."""
    return [
        f"{folder.parent.name}.rules.{modul.name}"
        for folder in ROOT.glob("*/rules")
        for modul in pkgutil.iter_modules([str(folder)])
    ]


def test_every_code_of_a_rule_stands_on_the_page() -> None:
    terdaftar = {kode for _, kode in list_kode()}
    dipakai = {
        isi
        for nama in list_rule_modules()
        for isi in vars(import_module(nama)).values()
        if isinstance(isi, type) and issubclass(isi, Kode) and isi is not Kode
    }

    assert dipakai
    assert dipakai <= terdaftar
