import logging

import pytest

from bkpsdmd.accounts import services
from bkpsdmd.accounts.tests.factories import SANDI

BARU = "sungai deras di hulu"


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_log_names_nobody_and_holds_no_secret(client, belum_aktif, caplog, level):
    caplog.set_level(level)
    kode = services.issue_kode(
        user=belum_aktif, tujuan=services.Tujuan.AKTIVASI, by=None
    )
    form = {
        "username": belum_aktif.username,
        "kode": "CCCC-CCCC-CC",
        "password1": BARU,
        "password2": BARU,
    }

    client.post("/akun/aktivasi/", form)
    client.post("/akun/aktivasi/", {**form, "kode": kode})
    client.post("/akun/keluar/")
    for password in ["salah sekali"] * 6 + [BARU]:
        client.post(
            "/akun/masuk/", {"login": belum_aktif.username, "password": password}
        )
    client.get("/akun/saya/", headers={"HX-Request": "true"})
    client.get("/akun/tidak-ada/")

    assert "/akun/tidak-ada/" in caplog.text
    for secret in (belum_aktif.username, belum_aktif.nama, kode, BARU, SANDI):
        assert secret not in caplog.text
