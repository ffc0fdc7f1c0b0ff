"""What is promised, what was measured, and the table of both."""

FULL_PAGE = {"ratio": 5, "p50_ms": 40, "queries": 12, "growth": 1.5}
FRAGMENT = {"ratio": 3, "queries": 12, "growth": 1.5}
SEARCH = {"ratio": 3, "queries": 12, "growth": 1.5}
PAPERS = {"ratio": 3, "rss_mb": 400}
# "s_per_rows": seconds for the number of rows that the promise names.
TARGETS = {
    "beranda": FULL_PAGE,
    "daftar": FULL_PAGE,
    "daftar_fragmen": FRAGMENT,
    "halaman_dalam": FULL_PAGE,
    # In the list a search brings the fragment; from the head of a page, a full page.
    "cari_nama": SEARCH,
    "cari_nip": SEARCH,
    "cari_kepala": FULL_PAGE,
    "pegawai": FULL_PAGE,
    # Somebody with a record of every kind: the summary, and one tab.
    "pegawai_lengkap": FULL_PAGE,
    "riwayat": FULL_PAGE,
    "statistik_hal": FULL_PAGE,
    "rekonsiliasi": FULL_PAGE,
    "ekspor": {"s_per_rows": 3, "queries": 12},
    "duk_pdf": {"s_per_rows": 15},
    # A batch: time of one paper, and the most a worker held over all of them.
    "surat_draf": {"p50_ms": 20, "rss_mb": 400},
    "surat_nomor": PAPERS,
    "surat_ttd": PAPERS,
    "lembar_zip": PAPERS,
    # Written twice on the way, a batch and a volume: that is what keeps memory low.
    "lembar_gabung": {"ratio": 5, "rss_mb": 400},
    # The slowest of all that people are counted by, with nothing kept from before.
    "statistik": {"p50_ms": 1_000},
}
PROMISED_ROWS = {"ekspor": 6_000, "duk_pdf": 5_000}


def judge(results):
    """Add ratios, growth and each target with what was reached, in place.

    Growth is from the smallest to the largest size. The machine's own mood is taken out
    of it: the floor's first page costs the same at any size.
    """
    smallest, largest = results[0]["scenarios"], results[-1]["scenarios"]
    mood = _p50(largest, "daftar", "floor") / _p50(smallest, "daftar", "floor")
    for result in results:
        for name, found in result["scenarios"].items():
            reached = _reach(name, found)
            if len(results) > 1 and result is results[-1] and "growth" in TARGETS[name]:
                raw = _p50(largest, name, "portal") / _p50(smallest, name, "portal")
                found["growth_raw"] = round(raw, 2)
                found["growth"] = reached["growth"] = round(raw / mood, 2)
            found["targets"] = [
                {"what": what, "limit": limit, "value": reached[what],
                 "met": reached[what] <= limit}
                for what, limit in TARGETS[name].items()
                if what in reached
            ]  # fmt: skip


def _p50(scenarios, name, side):
    return scenarios[name][side]["p50_ms"]


def _reach(name, found):
    portal, floor = found["portal"], found["floor"]
    found["ratio"] = round(portal["p50_ms"] / floor["p50_ms"], 2)
    reached = {"ratio": found["ratio"], "p50_ms": portal["p50_ms"]}
    reached |= {name: portal[name] for name in ("queries", "rss_mb") if name in portal}
    if name in PROMISED_ROWS:
        seconds = portal["p50_ms"] / 1000 * PROMISED_ROWS[name] / found["rows"]
        found["s_per_rows"] = reached["s_per_rows"] = round(seconds, 2)
    return reached


HEAD = (
    f"{'':<16}{'kueri':>6}{'p50 ms':>10}{'p95 ms':>10}{'/detik':>9}{'bita':>10}"
    f"{'lantai':>10}{'kali':>7}  sasaran"
)
WORDS = {
    "ratio": "kali lantai",
    "p50_ms": "ms",
    "queries": "kueri",
    "growth": "kali tumbuh",
    "rss_mb": "MB",
    "s_per_rows": "detik",
}


def draw(results):
    """Return the table for people."""
    lines = []
    for result in results:
        lines += [f"\n{result['pegawai']} pegawai, {result['database']}", HEAD]
        for name, found in result["scenarios"].items():
            portal = found["portal"]
            lines.append(
                f"{name:<16}{portal.get('queries', '-'):>6}{portal['p50_ms']:>10}"
                f"{portal.get('p95_ms', '-'):>10}{portal.get('rps_8', portal.get('rps', '-')):>9}"
                f"{portal.get('bytes', '-'):>10}{found['floor']['p50_ms']:>10}"
                f"{found['ratio']:>7}  {_verdict(found['targets'])}"
            )
    return "\n".join(lines) + "\n"


def _verdict(targets):
    missed = [
        f"{target['value']} {WORDS[target['what']]} (paling banyak {target['limit']})"
        for target in targets
        if not target["met"]
    ]
    return "luput: " + ", ".join(missed) if missed else "tercapai"
