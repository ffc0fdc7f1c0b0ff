"""Runs case files that a jurist can read and extend (see simpeg/tests/rules/kasus).

Each app names the folder of its own: `cases = Kasus(Path(__file__).parent / "kasus")`.
"""

import datetime as dt
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from bkpsdmd.calculator.registry import evaluate, find_topik
from bkpsdmd.exceptions import DomainError
from bkpsdmd.regulations.reader import read_yaml

HARI_INI = dt.date(2026, 11, 25)


@dataclass(frozen=True)
class Kasus:
    """The case files of one app."""

    folder: Path

    def read(self, name: str) -> Any:
        """Return the content of `<name>.yaml`, dates as the text JSON would carry."""
        return as_json(read_yaml(self.folder / f"{name}.yaml"))

    def list(self, name: str) -> list[Any]:
        """Return the cases of a topic as pytest parameters named after them."""
        return [pytest.param(kasus, id=kasus["nama"]) for kasus in self.read(name)]

    def find_uncited(self) -> dict[str, set[str]]:
        """Return, by topic, the codes of which some reason names no article."""
        tanpa: dict[str, set[str]] = {}
        for berkas in sorted(self.folder.glob("*.yaml")):
            topik, semua = find_topik(berkas.stem), self.read(berkas.stem)
            if topik is None or not isinstance(semua, list):
                continue
            for kasus in semua:
                hari_ini = dt.date.fromisoformat(
                    kasus.get("per_tanggal", str(HARI_INI))
                )
                try:
                    jawaban = evaluate(topik, kasus["masukan"], hari_ini=hari_ini)
                except DomainError:
                    continue
                for alasan in jawaban.alasan:
                    if not alasan.dasar_hukum:
                        tanpa.setdefault(topik.nama, set()).add(str(alasan.kode))
        return tanpa


def answer(topik: str, masukan: Any, per_tanggal: str | None = None) -> dict[str, Any]:
    """Return the answer `compute` would print; it cites all that its reasons cite."""
    hari_ini = dt.date.fromisoformat(per_tanggal) if per_tanggal else HARI_INI
    pilihan = find_topik(topik)
    assert pilihan is not None
    try:
        jawaban = evaluate(pilihan, masukan, hari_ini=hari_ini)
    except DomainError as error:
        return {"galat": {"kode": str(error.kode), "pesan": error.pesan}}
    kutipan = {satu.dasar_hukum for satu in jawaban.alasan if satu.dasar_hukum}
    assert kutipan <= set(jawaban.dasar_hukum)
    return as_json(jawaban.as_json())


def check_kasus(topik: str, kasus: dict[str, Any]) -> None:
    """Assert everything the case expects, and that it names its source."""
    jawaban = answer(topik, kasus["masukan"], kasus.get("per_tanggal"))
    assert kasus["sumber"]
    if "galat" in kasus:
        assert jawaban["galat"]["kode"] == kasus["galat"]
        return
    bagian = {kunci: jawaban["hasil"][kunci] for kunci in kasus["hasil"]}
    assert bagian == kasus["hasil"]
    # The same in print too: 5 is neither 5.0 nor true.
    assert json.dumps(bagian, sort_keys=True) == json.dumps(
        kasus["hasil"], sort_keys=True
    )
    alasan = {satu["kode"]: satu["terpenuhi"] for satu in jawaban["alasan"]}
    harapan = kasus.get("alasan", {})
    assert {kode: alasan.get(kode) for kode in harapan} == harapan
    pesan = {satu["kode"]: satu["pesan"] for satu in jawaban["alasan"]}
    for kode, bagian_kalimat in kasus.get("pesan", {}).items():
        assert bagian_kalimat in pesan[kode]
    assert jawaban["dasar_hukum"]
    assert all(jawaban["dasar_hukum"])
    assert set(kasus.get("dasar_hukum", [])) <= set(jawaban["dasar_hukum"])


def as_json(nilai: Any) -> Any:
    return json.loads(json.dumps(nilai, default=str))


def run_compute(topik: str, kasus: list[Any]) -> list[dict[str, Any]]:
    """Return what `manage.py compute` prints for these cases."""
    masukan, keluaran = io.StringIO(json.dumps(kasus)), io.StringIO()
    asli, sys.stdin = sys.stdin, masukan
    try:
        call_command("compute", topik, stdout=keluaran)
    finally:
        sys.stdin = asli
    jawaban: list[dict[str, Any]] = json.loads(keluaran.getvalue())
    return jawaban


def check_kontrak(topik: str, masukan: dict[str, Any], nama_hasil: set[str]) -> None:
    """Assert that the answer has exactly the keys that its readers were promised."""
    (jawaban,) = run_compute(topik, [masukan])
    assert set(jawaban) == {"hasil", "alasan", "dasar_hukum"}
    assert set(jawaban["hasil"]) == nama_hasil
    assert jawaban["dasar_hukum"]
    assert all(
        set(satu) == {"kode", "pesan", "terpenuhi"} for satu in jawaban["alasan"]
    )


def check_array(topik: str, kasus: list[Any]) -> None:
    """Assert that each case gets a result or a reason, and none breaks the program."""
    jawaban = run_compute(topik, kasus)
    assert len(jawaban) == len(kasus)
    for satu in jawaban:
        assert ("hasil" in satu) != ("galat" in satu)
        assert satu.get("galat", {}).get("kode") != "galat_program"
