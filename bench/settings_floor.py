"""The floor on the same database: a session, a user, nothing around them."""

from bkpsdmd.settings import *  # noqa: F403
from bkpsdmd.settings import TEMPLATES

ROOT_URLCONF = "bench.floor"
TEMPLATES = [
    {
        "BACKEND": TEMPLATES[0]["BACKEND"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        (
                            "django.template.loaders.locmem.Loader",
                            {
                                "daftar.html": (
                                    "<!doctype html><html lang=id><title>Daftar</title>"
                                    "<table>{% for r in rows %}<tr><td>{{ r.nip }}"
                                    "<td><a href=/{{ r.pk }}/>{{ r.nama_lengkap }}</a>"
                                    "<td>{{ r.status }}<td>{{ r.golongan }}"
                                    "<td>{{ r.jabatan_nama }}"
                                    "<td>{{ r.unit_kerja__nama }}<td>{{ r.opd__nama }}"
                                    "<td>{{ r.tmt_pensiun }}{% endfor %}</table></html>"
                                ),
                                "baris.html": (
                                    "<!doctype html><html lang=id><title>Baris</title>"
                                    "<table>{% for r in rows %}<tr>{% for v in r %}<td>"
                                    "{{ v }}{% endfor %}{% endfor %}</table></html>"
                                ),
                            },
                        )
                    ],
                )
            ]
        },
    }
]
