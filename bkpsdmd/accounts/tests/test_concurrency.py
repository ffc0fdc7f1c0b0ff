"""The lock and the codes hold when several requests come at the same moment."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connection, connections
from django.test import Client

from bkpsdmd.accounts import services
from bkpsdmd.accounts.attempts import Alasan
from bkpsdmd.accounts.models import CatatanMasuk, KodeAkses, User
from bkpsdmd.accounts.tests.factories import SANDI, UserFactory
from bkpsdmd.exceptions import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
SALAH = "salah sama sekali"


def together(times: int, function: Any) -> list[Any]:
    """Run a function in that many threads, each with a connection of its own."""

    def run(n: int) -> Any:
        try:
            return function(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_tries_sent_at_once_are_not_all_judged(settings):
    """However many arrive together, no more passwords are looked at than allowed."""
    user = UserFactory()

    def try_it(n: int) -> None:
        Client().post("/akun/masuk/", {"login": user.username, "password": SALAH})

    together(12, try_it)

    judged = CatatanMasuk.objects.filter(alasan=Alasan.SANDI_SALAH).count()
    assert 0 < judged <= settings.LOGIN_ATTEMPTS_PER_ACCOUNT
    assert CatatanMasuk.objects.count() == 12
    response = Client().post(
        "/akun/masuk/", {"login": user.username, "password": SANDI}
    )
    assert not response.wsgi_request.user.is_authenticated


def test_code_used_by_two_at_once_opens_for_one(settings):
    settings.LOGIN_ATTEMPTS_PER_ACCOUNT = 50
    user = UserFactory(password=None)
    kode = services.issue_kode(user=user, tujuan=services.Tujuan.AKTIVASI, by=None)

    def use(n: int) -> str:
        password = f"sungai deras di hulu {n}"
        try:
            services.activate(
                username=user.username, kode=kode, password=password, ip=None
            )
        except DomainError:
            return ""
        return password

    winners = [password for password in together(6, use) if password]

    assert len(winners) == 1
    assert User.objects.get().check_password(winners[0])


def test_codes_issued_at_once_leave_one_open():
    user = UserFactory()

    together(
        6,
        lambda n: services.issue_kode(user=user, tujuan=services.Tujuan.RESET, by=None),
    )

    assert KodeAkses.objects.count() == 6
    assert KodeAkses.objects.belum_selesai().count() == 1


IN_ANOTHER_PROCESS = """
import django
django.setup()
from django.test import Client
response = Client().post("/akun/masuk/", {"login": "%s", "password": "%s"})
print("MASUK" if response.status_code == 302 else "DITOLAK")
"""


def another_process(username: str, password: str) -> str:
    """Log in from a fresh process on the same database and return its last word."""
    name = str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bkpsdmd.accounts.tests.other_process",
        "TEST_DATABASE": name,
    }
    done = subprocess.run(  # noqa: S603  our own interpreter and our own code
        [sys.executable, "-c", IN_ANOTHER_PROCESS % (username, password)],
        cwd=project.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()[-1]


def test_lock_holds_in_a_process_that_saw_no_failure():
    user = UserFactory()
    assert another_process(user.username, SANDI) == "MASUK"

    for _ in range(5):
        Client().post("/akun/masuk/", {"login": user.username, "password": SALAH})

    assert another_process(user.username, SANDI) == "DITOLAK"
    assert CatatanMasuk.objects.latest("id").alasan == Alasan.TERKUNCI
