import datetime as dt

import pytest

from bkpsdmd.regulations import KetentuanNotInForceError
from simpeg.rules.disiplin import KodeRiwayatHukuman, check_jenis_hukuman


@pytest.mark.parametrize("kode", ["1", "2", "3", "10", "23", "24", "25", "27", "28"])
def test_kinds_of_pp_94_2021_pass(kode):
    assert check_jenis_hukuman(kode, per_tanggal=dt.date(2021, 8, 31)) is None


@pytest.mark.parametrize("kode", ["4", "8", "9", "11", "14", "21", "22"])
def test_kinds_of_older_regulations_are_named(kode):
    alasan = check_jenis_hukuman(kode, per_tanggal=dt.date(2021, 8, 31))

    assert alasan.kode == KodeRiwayatHukuman.JENIS_BERLAKU
    assert not alasan.terpenuhi
    assert "PP 94/2021" in alasan.pesan


def test_nothing_is_said_of_the_time_before():
    with pytest.raises(KetentuanNotInForceError):
        check_jenis_hukuman("4", per_tanggal=dt.date(2021, 8, 30))
