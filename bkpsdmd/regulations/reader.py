"""Reads regulation files: small values in YAML, tables in CSV.

`simpeg/batas_usia_pensiun` is the file `simpeg/regulations/batas_usia_pensiun.yaml`.
`simpeg/gaji_pokok_pns` is the folder `simpeg/regulations/gaji_pokok_pns/`: its
`keterangan.yaml` is the same header, without values, and each version's table stands
beside it, named by effective date (`2024-01-01.csv`).
"""

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from .ketentuan import Kepastian, Ketentuan, Regulasi

ROOT = Path(__file__).resolve().parents[2]
HEADER = "keterangan.yaml"
TIPE_KOLOM: Mapping[str, Callable[[str], Any]] = {
    "teks": str,
    "bulat": int,
    "desimal": Decimal,
}


def load_regulasi(nama: str) -> Regulasi:
    """Return all versions of the regulation `<app>/<name>`, read once per process."""
    return _read_regulasi(ROOT, nama)


def list_regulasi(root: Path | None = None) -> list[str]:
    """Return the names of all regulations of all apps, sorted."""
    folders = sorted((root or ROOT).glob("*/regulations"))
    return sorted(
        f"{folder.parent.name}/{name}"
        for folder in folders
        for name in (
            *(path.stem for path in folder.glob("*.yaml")),
            *(path.parent.name for path in folder.glob(f"*/{HEADER}")),
        )
    )


def find_header(root: Path, nama: str) -> Path:
    """Return the YAML file that describes the regulation `<app>/<name>`."""
    app, _, name = nama.partition("/")
    folder = root / app / "regulations"
    single = folder / f"{name}.yaml"
    return single if single.exists() else folder / name / HEADER


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file; decimals exact, a repeated key refused."""
    # The loader only builds plain values: it extends SafeLoader.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506


def read_table(path: Path, kolom: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    """Return the rows of a CSV, each cell in the type `kolom` gives its column."""
    readers = {name: TIPE_KOLOM[tipe] for name, tipe in kolom.items()}
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            MappingProxyType({name: read(row[name]) for name, read in readers.items()})
            for row in csv.DictReader(file)
        )


@cache
def _read_regulasi(root: Path, nama: str) -> Regulasi:
    header = find_header(root, nama)
    isi = read_yaml(header)
    umum = {"nama": nama, "uraian": isi["uraian"], "satuan": isi["satuan"]}
    return Regulasi(
        **umum,
        diperiksa=isi["diperiksa"],
        riwayat=tuple(
            Ketentuan(**umum, **_read_versi(versi, header, isi.get("kolom")))
            for versi in isi["riwayat"]
        ),
    )


def _read_versi(
    versi: dict[str, Any], header: Path, kolom: Mapping[str, str] | None
) -> dict[str, Any]:
    if "nilai" in versi or kolom is None:
        nilai = _freeze(versi["nilai"])
    else:
        nilai = read_table(header.parent / f"{versi['berlaku']}.csv", kolom)
    return {**versi, "nilai": nilai, "kepastian": Kepastian(versi["kepastian"])}


def _freeze(nilai: Any) -> Any:
    if isinstance(nilai, dict):
        return MappingProxyType({key: _freeze(value) for key, value in nilai.items()})
    if isinstance(nilai, list):
        return tuple(_freeze(value) for value in nilai)
    return nilai


class _Loader(yaml.SafeLoader):
    """SafeLoader without floats and without silent loss of a repeated key."""


def _build_decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(node.value)


def _build_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    if len(keys) != len(set(keys)):
        raise yaml.constructor.ConstructorError(
            problem="a key stands twice", problem_mark=node.start_mark
        )
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:float", _build_decimal)
_Loader.add_constructor("tag:yaml.org,2002:map", _build_mapping)
