"""`script/bench`: measure the portal at several sizes (see README, "Speed").

Each size gets a database and a data folder of its own and is served by the gunicorn of
an office, next to a floor application on the same data. Only figures of one run are
comparable; they hang on the machine, the ratios much less.
"""

import argparse
import contextlib
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from bench.load import Client, Request, compare
from bench.report import draw, judge

ROOT = Path(__file__).resolve().parent.parent
SIZES = "6000,100000,1000000"
LEAST_SIZE = 200
# What an office makes in one go: the letters of a year's appointments, a sheet for all.
LETTERS, SHEETS = 500, 6_000
FRAGMENT = {"HX-Request": "true"}


def main():
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Mengukur portal di samping lantai: jawaban paling murah di mesin ini.",
    )
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=_sizes(SIZES),
        help=f"banyak pegawai, dipisah koma ({SIZES})",
    )
    sizes = parser.parse_args().sizes
    results = [measure(size) for size in sizes]
    judge(results)
    sys.stderr.write(draw(results))
    machine = {"cpus": os.cpu_count(), "python": platform.python_version()}
    json.dump({"machine": machine, "sizes": results}, sys.stdout, indent=1)
    sys.stdout.write("\n")


def _sizes(text):
    try:
        sizes = sorted({int(word) for word in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError("harus angka dipisah koma") from None
    if sizes[0] < LEAST_SIZE:
        raise argparse.ArgumentTypeError(f"paling kecil {LEAST_SIZE}")
    return sizes


def measure(size):
    with contextlib.ExitStack() as stack:
        env = stack.enter_context(throwaway_portal())
        _say(f"{size} pegawai: mengisi basis data …")
        started = time.perf_counter()
        office = _office(env, "fill", str(size))
        filled = time.perf_counter() - started
        duk, papers = None, {}
        if office["is_whole"]:
            _say(f"{size} pegawai: mencetak DUK …")
            duk = _office(env, "duk")
            _say(f"{size} pegawai: {LETTERS} surat dan {SHEETS} lembar, atau semua …")
            papers |= _office(env, "surat", str(LETTERS), module="bench.papers")
            papers |= _office(env, "lembar", str(SHEETS), module="bench.papers")
        _say(f"{size} pegawai: menghitung statistik …")
        statistik = _office(env, "statistik")
        portal = stack.enter_context(served(env, "bench.settings", "bkpsdmd.wsgi"))
        floor = stack.enter_context(served(env, "bench.settings_floor", "bench.floor"))
        client = Client(portal, {})
        client.log_in(office["login"], office["password"])
        scenarios = {}
        for name, (ours, bare) in list_scenarios(office).items():
            _say(f"{size} pegawai: {name} …")
            scenarios[name] = compare(
                {"portal": (portal, ours), "floor": (floor, bare)}, client.cookies
            )
        scenarios["ekspor"]["rows"] = office["export"]["rows"]
        scenarios["statistik"] = {
            "slowest": statistik["slowest"],
            "portal": {"p50_ms": round(statistik["seconds"] * 1000, 1)},
            "floor": {"p50_ms": round(statistik["floor_seconds"] * 1000, 1)},
        }
        scenarios |= {name: _as_scenario(step) for name, step in papers.items()}
        if duk:
            scenarios["duk_pdf"] = {
                "rows": duk["rows"],
                "portal": {"p50_ms": duk["seconds"] * 1000, "bytes": duk["bytes"]},
                "floor": {
                    "p50_ms": duk["floor_seconds"] * 1000,
                    "bytes": duk["floor_bytes"],
                },
            }
    return {
        "pegawai": office["pegawai"],
        "database": office["vendor"],
        "fill_seconds": round(filled, 1),
        "scenarios": scenarios,
    }


def _as_scenario(step):
    """Return a step of a batch in the form of the others: its time is that of a paper."""
    portal = {"p50_ms": step["ms"], "rps": round(1000 / step["ms"], 1)}
    portal |= {name: step[name] for name in ("rss_mb", "bytes") if name in step}
    return {
        "papers": step["papers"],
        "portal": portal,
        "floor": {"p50_ms": step["floor_ms"]},
    }


def list_scenarios(office):
    """Return per name the portal's request and the floor's."""
    middle, query = office["middle"], urllib.parse.urlencode
    plain = Request("/daftar")
    export = office["export"]["query"]
    return {
        "beranda": (Request("/"), plain),
        "daftar": (Request("/simpeg/pegawai/"), plain),
        "daftar_fragmen": (
            Request("/simpeg/pegawai/", headers=FRAGMENT),
            plain,
        ),
        "halaman_dalam": (
            Request(f"/simpeg/pegawai/?sesudah={middle['pk']}"),
            Request(f"/daftar?{query(middle)}"),
        ),
        "cari_nama": _search(office["word"], FRAGMENT),
        "cari_nip": _search(office["nip"], FRAGMENT),
        "cari_kepala": _search(office["word"], {}),
        # Beside the rows of the same person: the histories are what the page reads.
        "pegawai": (
            Request(f"/simpeg/pegawai/{office['person']}/"),
            Request(f"/orang?pk={office['person']}"),
        ),
        "pegawai_lengkap": (
            Request(f"/simpeg/pegawai/{office['complete']}/"),
            Request(f"/orang?pk={office['complete']}"),
        ),
        "riwayat": (
            Request(f"/simpeg/pegawai/{office['complete']}/pangkat/"),
            Request(f"/orang?pk={office['complete']}"),
        ),
        "statistik_hal": (Request("/simpeg/statistik/"), Request("/statistik")),
        "rekonsiliasi": (
            Request(f"/simpeg/siasn/rekonsiliasi/{office['impor']}/"),
            Request(f"/selisih?impor={office['impor']}"),
        ),
        "ekspor": (
            Request(
                f"/simpeg/pegawai/ekspor/?{query({'keadaan': 'semua', **export})}",
                "POST",
            ),
            Request(f"/ekspor?{query(export)}"),
        ),
    }


def _search(word, headers):
    asked = urllib.parse.urlencode({"q": word})
    page = Request(f"/simpeg/pegawai/?{asked}", headers=headers)
    return page, Request(f"/cari?{asked}")


# -- Database and servers -----------------------------------------------------------


@contextlib.contextmanager
def throwaway_portal():
    """Give the environment of a portal that does not outlive the measurement."""
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    env = {**os.environ, "VAR_DIR": folder, "PORTAL": "demo", "LOG_LEVEL": "WARNING"}
    env["PYTHONPATH"] = str(ROOT)
    server, name = os.environ.get("DATABASE_URL"), f"bench_{uuid.uuid4().hex[:12]}"
    try:
        if server:
            _on_server(server, f'CREATE DATABASE "{name}"')
            env["DATABASE_URL"] = _with_name(server, name)
        yield env
    finally:
        if server:
            _on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


def _on_server(url, statement):
    import psycopg2

    # Like any client of its server: the database "postgres" is there for that.
    connection = psycopg2.connect(_with_name(url, "postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def _with_name(url, name):
    return urllib.parse.urlsplit(url)._replace(path=f"/{name}").geturl()


def _office(env, *words, module="bench.office"):
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    return json.loads(done.stdout)


@contextlib.contextmanager
def served(env, settings, module):
    """Serve an application as an office does; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py",
         "--bind", f"127.0.0.1:{port}", "--max-requests", "0", f"{module}:application"],
        cwd=ROOT, env={**env, "DJANGO_SETTINGS_MODULE": settings},
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port, process):
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("Peladen berhenti sebelum siap.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("Peladen tidak menjawab.")


def _say(text):
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
