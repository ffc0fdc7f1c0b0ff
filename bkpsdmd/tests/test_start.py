"""A wrong setting ends every start with one clear line, whatever is started."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

STARTS = {
    "manage.py": ["manage.py", "check"],
    "gunicorn": [
        "-m",
        "gunicorn",
        "--config=deploy/gunicorn.conf.py",
        "--bind=127.0.0.1:0",
    ],
    "worker": ["-m", "celery", "--app=bkpsdmd.celery", "worker", "--pool=solo"],
    "beat": ["-m", "celery", "--app=bkpsdmd.celery", "beat"],
}


@pytest.fixture
def start(tmp_path):
    def run(arguments, **environment):
        clean = {
            name: value
            for name, value in os.environ.items()
            if name
            not in {"DATABASE_URL", "REDIS_URL", "PORTAL", "DJANGO_SETTINGS_MODULE"}
        }
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env={**clean, "VAR_DIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


WRONG = [
    ({"DATABASE_URL": "postgres//salah"}, "DATABASE_URL harus alamat PostgreSQL"),
    ({"DATABASE_URL": "postgres://a:b@127.0.0.1:pg/x"}, "DATABASE_URL tidak terbaca"),
    ({"DATABASE_URL": "postgres://a:b@127.0.0.1"}, "DATABASE_URL tidak terbaca"),
    (
        {"DATABASE_URL": "mysql://a:b@127.0.0.1/portal"},
        "DATABASE_URL harus alamat PostgreSQL",
    ),
    ({"REDIS_URL": "127.0.0.1:6379"}, "REDIS_URL tidak terbaca"),
    ({"PORTAL": "uji"}, "PORTAL harus 'kantor' atau 'demo'"),
    ({"IMPORT_MAX_BYTES": "50MB"}, "IMPORT_MAX_BYTES harus bilangan bulat"),
    ({"JOB_FILE_DAYS": "0"}, "JOB_FILE_DAYS paling kecil 1"),
    ({"PEMBUKAAN_RETENSI_HARI": "0"}, "PEMBUKAAN_RETENSI_HARI paling kecil 1"),
    ({"DEBUG": "mungkin"}, "DEBUG harus 'true' atau 'false'"),
    ({"LOG_LEVEL": "rinci"}, "LOG_LEVEL harus DEBUG, INFO, WARNING, atau ERROR"),
    ({"SECRET_KEY": "pendek"}, "SECRET_KEY harus paling sedikit 32 karakter"),
    ({"ZONA_WAKTU": "Asia/Barabai"}, "ZONA_WAKTU 'Asia/Barabai' tidak dikenal"),
]


@pytest.mark.parametrize(
    ("environment", "sentence"), WRONG, ids=["-".join(wrong) for wrong, _ in WRONG]
)
def test_wrong_setting_stops_with_its_sentence(start, environment, sentence):
    ended = start(STARTS["manage.py"], **environment)

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith(f"Pengaturan salah: {sentence}")


@pytest.mark.parametrize("what", ["gunicorn", "worker", "beat"])
def test_servers_stop_the_same_way(start, what):
    ended = start(STARTS[what], PORTAL="uji")

    assert ended.returncode == 1
    assert list_complaints(ended) == [
        "Pengaturan salah: PORTAL harus 'kantor' atau 'demo', bukan 'uji'"
    ]


@pytest.mark.parametrize("what", ["gunicorn", "worker"])
def test_unreachable_database_stops_with_one_line(start, what):
    ended = start(STARTS[what], DATABASE_URL="postgres://a@127.0.0.1:1/portal")

    assert ended.returncode == 1
    [complaint] = list_complaints(ended)
    assert complaint.startswith("Basis data tidak dapat dihubungi: ")
    assert "Connection refused" in complaint


def list_complaints(ended):
    """Return what was said on standard error, without gunicorn's "Starting"."""
    return [line for line in ended.stderr.splitlines() if "[INFO]" not in line]


def test_example_names_every_setting_of_a_server():
    """DEBUG alone is left out: no server that people use sets it."""
    source = (settings.BASE_DIR / "bkpsdmd/settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|_bool|_int)\(\s*"([A-Z][A-Z0-9_]+)"', source))
    example = (settings.BASE_DIR / "deploy/.env.example").read_text()

    assert read - {"DEBUG"} == set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", example, re.M))
