"""The least that answers the same question: what a page of the portal stands beside.

A session, its user, one query for the same 25 rows and a template without a layout. No
permissions, no filters, no count, no compression. The export is the same rows in a bare
workbook. Of one person all records of every kind in one query; of the statistics the
counts by golongan, kept as long as the portal keeps them; of a reconciliation a page of
its differences.
"""

import io
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings_floor")

import django
import xlsxwriter
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.template.loader import get_template
from django.urls import path

django.setup()
# Only now: while they start, some of the portal's applications insist on their own.
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import BooleanField, Count  # noqa: E402
from django.db.models.expressions import RawSQL  # noqa: E402

from simpeg.jenis_riwayat import JENIS  # noqa: E402
from simpeg.models import KeadaanPegawai, SelisihSiasn  # noqa: E402
from simpeg.selectors.statistik import SIMPAN_DETIK  # noqa: E402

ROWS = 25
COLUMNS = (
    "pk",
    "nip",
    "nama_lengkap",
    "nama_urut",
    "status",
    "golongan",
    "jabatan_nama",
    "unit_kerja__nama",
    "opd__nama",
    "tmt_pensiun",
)
EXPORT = (
    "nip",
    "nama_lengkap",
    "status",
    "kedudukan__nama",
    "golongan",
    "tmt_golongan",
    "jabatan_nama",
    "tmt_jabatan",
    "unit_kerja__nama",
    "opd__nama",
    "pendidikan__nama",
    "tahun_lulus",
    "jenis_kelamin",
    "tanggal_lahir",
    "tmt_pensiun",
    "wajib_terisi",
)
DIFFERENCE = (
    *("pk", "pegawai__nip", "pegawai__nama", "opd__nama"),
    *("kolom", "kita", "siasn", "keadaan"),
)
RECORDS = " UNION ALL ".join(
    f"SELECT '{kind.kunci}', id, sk_nomor, sk_tanggal, berkas_id"
    f" FROM {kind.model._meta.db_table} WHERE pegawai_id = %s"
    for kind in JENIS.values()
)


def show(request, rows, template="daftar.html"):
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    return HttpResponse(get_template(template).render({"rows": rows}))


def list_people(request):
    """Show a page; after a row whose name and key stand in the address, if any."""
    rows = KeadaanPegawai.objects.order_by("nama_urut", "pk").values(*COLUMNS)
    if "nama" in request.GET:
        rows = rows.filter(
            RawSQL(
                "(nama_urut, pegawai_id) > (%s, %s)",
                (request.GET["nama"], int(request.GET["pk"])),
                output_field=BooleanField(),
            )
        )
    return show(request, list(rows[:ROWS]))


def search(request):
    """Part of a name or number: the trigram index alone, in no order."""
    rows = KeadaanPegawai.objects.filter(kunci_cari__contains=request.GET["q"])
    return show(request, list(rows.values(*COLUMNS)[:ROWS]))


def person(request):
    """One person and the records of every kind."""
    pk = int(request.GET["pk"])
    head = KeadaanPegawai.objects.filter(pk=pk).values_list(*COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, [pk] * len(JENIS))
        rows = [*head, *cursor.fetchall()]
    return show(request, rows, "baris.html")


def count(request):
    """How many people of each golongan, counted when nobody has for a while."""

    def ask():
        people = KeadaanPegawai.objects.filter(is_aktif=True).order_by()
        return list(people.values_list("golongan").annotate(Count("pk")))

    rows = cache.get_or_set("lantai.statistik", ask, SIMPAN_DETIK)
    return show(request, rows, "baris.html")


def differences(request):
    """The first page of what differs from SIASN."""
    rows = SelisihSiasn.objects.filter(
        impor=request.GET["impor"], keadaan__in=("terbuka", "dijawab")
    )
    rows = list(rows.order_by("pk").values_list(*DIFFERENCE)[:ROWS])
    return show(request, rows, "baris.html")


def export(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    wanted = {
        name: request.GET[name] for name in ("opd", "status") if name in request.GET
    }
    rows = KeadaanPegawai.objects.filter(**wanted).order_by("nama_urut", "pk")
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows.values_list(*EXPORT).iterator(chunk_size=2000)):
        for column, value in enumerate(row):
            sheet.write_string(number, column, "" if value is None else str(value))
    book.close()
    return HttpResponse(file.getvalue())


def healthz(request):
    return HttpResponse("ok")


urlpatterns = [
    path("healthz", healthz),
    path("daftar", list_people),
    path("cari", search),
    path("ekspor", export),
    path("orang", person),
    path("statistik", count),
    path("selisih", differences),
]
