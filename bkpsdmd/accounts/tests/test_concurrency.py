"""The lock and the codes hold when several requests come at the same moment."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
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

    def judged() -> int:
        return CatatanMasuk.objects.filter(alasan=Alasan.SANDI_SALAH).count()

    def try_it(n: int) -> None:
        Client().post("/akun/masuk/", {"login": user.username, "password": SALAH})

    together(12, try_it)

    # Those on their way count against each other, so it may even be fewer.
    assert CatatanMasuk.objects.count() == 12
    assert judged() <= settings.LOGIN_ATTEMPTS_PER_ACCOUNT
    for n in range(6):
        try_it(n)
    assert judged() == settings.LOGIN_ATTEMPTS_PER_ACCOUNT
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


# Logs in with the name and password of each line, and says how it went.
OTHER_PROCESS = """
import sys
import django
django.setup()
from django.test import Client
for line in sys.stdin:
    username, password = line.rstrip().split("/")
    response = Client().post("/akun/masuk/", {"login": username, "password": password})
    print("MASUK" if response.status_code == 302 else "DITOLAK", flush=True)
"""


@pytest.fixture
def other_process() -> Iterator[Callable[[str, str], str]]:
    """Another process on the same database; it logs in when called."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bkpsdmd.accounts.tests.other_process",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    with subprocess.Popen(  # noqa: S603  our own interpreter and our own code
        [sys.executable, "-c", OTHER_PROCESS],
        cwd=project.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:

        def log_in(username: str, password: str) -> str:
            process.stdin.write(f"{username}/{password}\n")
            return process.stdout.readline().strip()

        yield log_in
        process.stdin.close()


def test_lock_holds_in_a_process_that_saw_no_failure(other_process):
    user = UserFactory()
    assert other_process(user.username, SANDI) == "MASUK"

    for _ in range(5):
        Client().post("/akun/masuk/", {"login": user.username, "password": SALAH})

    assert other_process(user.username, SANDI) == "DITOLAK"
    assert CatatanMasuk.objects.latest("id").alasan == Alasan.TERKUNCI
