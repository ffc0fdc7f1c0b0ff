"""Where a regulation stands, for every page that cites one."""

from django import template
from django.urls import reverse

from bkpsdmd.regulations import Regulasi

register = template.Library()


@register.filter
def url_regulasi(regulasi: Regulasi) -> str:
    app, _, nama = regulasi.nama.partition("/")
    return reverse("calculator:peraturan-detail", kwargs={"app": app, "nama": nama})
