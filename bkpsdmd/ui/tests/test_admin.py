from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import IntegrityError
from django.forms import ModelForm
from django.http import HttpRequest
from django.test import Client, RequestFactory

from bkpsdmd.accounts.models import User
from bkpsdmd.accounts.roles import Role
from bkpsdmd.exceptions import DomainError
from bkpsdmd.ui.admin import PortalModelAdmin, ReadOnlyModelAdmin

pytestmark = pytest.mark.django_db


class AkunAdmin(PortalModelAdmin):
    fields = ("username", "nama")

    def service_save(
        self, request: HttpRequest, obj: User, form: ModelForm, change: bool
    ) -> User:
        if obj.nama == "Ganda":
            raise DomainError("Nama itu sudah dipakai.", kolom="nama")
        if obj.nama == "Tutup":
            raise DomainError("Pendaftaran sedang ditutup.")
        return User.objects.create_user(obj.username, nama=f"{obj.nama} (layanan)")


def ask(rf: RequestFactory, user: Any, data: dict[str, str] | None = None) -> Any:
    request: Any = rf.post("/admin/x/add/", data) if data is not None else rf.get("/")
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    return request


def test_only_the_role_admin_may_and_nobody_deletes(
    rf: RequestFactory, make_user: Any
) -> None:
    page = AkunAdmin(User, admin.site)
    allowed = ask(rf, make_user(Role.ADMIN))
    refused = ask(rf, make_user(Role.PRANATA_KOMPUTER))
    for check in ("view", "add", "change"):
        assert getattr(page, f"has_{check}_permission")(allowed)
        assert not getattr(page, f"has_{check}_permission")(refused)
    assert not page.has_delete_permission(allowed)
    assert admin.site.has_permission(allowed)
    assert not admin.site.has_permission(refused)
    assert not admin.site.has_permission(ask(rf, AnonymousUser()))


def test_read_only_page_shows_and_changes_nothing(
    rf: RequestFactory, make_user: Any
) -> None:
    page = ReadOnlyModelAdmin(User, admin.site)
    request = ask(rf, make_user(Role.ADMIN))
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_writing_goes_through_the_service(rf: RequestFactory, make_user: Any) -> None:
    data = {"username": "baru", "nama": "Uji"}
    response = AkunAdmin(User, admin.site).changeform_view(
        ask(rf, make_user(Role.ADMIN), data)
    )
    assert response.status_code == 302
    assert User.objects.get(username="baru").nama == "Uji (layanan)"


@pytest.mark.parametrize(
    ("nama", "pesan"),
    [("Ganda", "Nama itu sudah dipakai."), ("Tutup", "Pendaftaran sedang ditutup.")],
)
def test_refusal_is_an_error_of_the_form_with_the_typing_kept(
    rf: RequestFactory, make_user: Any, nama: str, pesan: str
) -> None:
    data = {"username": "baru", "nama": nama}
    response = AkunAdmin(User, admin.site).changeform_view(
        ask(rf, make_user(Role.ADMIN), data)
    )
    form = response.context_data["adminform"].form
    assert pesan in str(form.errors)
    assert form["nama"].value() == nama
    assert not User.objects.filter(username="baru").exists()


def test_a_page_that_names_no_service_writes_nothing(
    rf: RequestFactory, make_user: Any
) -> None:
    class LupaAdmin(PortalModelAdmin):
        fields = ("username", "nama")

    request = ask(rf, make_user(Role.ADMIN), {"username": "baru", "nama": "Uji"})
    with pytest.raises((NotImplementedError, IntegrityError)):
        LupaAdmin(User, admin.site).changeform_view(request)
    assert not User.objects.filter(username="baru").exists()


def test_log_in_of_the_admin_is_the_portals_own(browse: Any) -> None:
    response = Client().get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/akun/masuk/?next=%2Fadmin%2F"
    assert browse(Role.ADMIN).get("/admin/login/").url == "/admin/"


def test_admin_is_refused_to_other_roles(browse: Any) -> None:
    response = browse(Role.KEPALA_BADAN).get("/admin/", follow=True)
    assert response.status_code == 403


def test_admin_opens_for_the_admin(browse: Any) -> None:
    response = browse(Role.ADMIN).get("/admin/")
    assert response.status_code == 200
    assert "css/admin.css" in response.content.decode()
