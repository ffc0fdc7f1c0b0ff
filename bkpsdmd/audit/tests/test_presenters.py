import pytest

from bkpsdmd.accounts.models import User
from bkpsdmd.audit import presenters
from bkpsdmd.audit import services as audit
from bkpsdmd.ui.formats import KOSONG


@pytest.fixture(autouse=True)
def own_words(monkeypatch):
    monkeypatch.setattr(presenters, "_SENTENCES", {})
    monkeypatch.setattr(presenters, "_FIELD_LABELS", {})


@pytest.fixture
def siti(db) -> User:
    return User.objects.create_user("siti", nama="Siti {Contoh}")


def test_event_reads_as_a_sentence(siti):
    presenters.register_sentences({"uji.ubah": "{pelaku} mengubah {objek}"})

    event = audit.record("uji.ubah", siti, by=siti)

    assert str(event) == "Siti {Contoh} mengubah Siti {Contoh}"


def test_kind_without_a_sentence_is_still_told(siti):
    event = audit.record("uji.lain", siti, by=None)

    assert (
        presenters.describe(event) == "Sistem melakukan “uji.lain” pada Siti {Contoh}"
    )


def test_two_sentences_for_one_kind_are_a_mistake():
    presenters.register_sentences({"uji.ubah": "{pelaku} mengubah {objek}"})

    with pytest.raises(ValueError, match=r"uji\.ubah"):
        presenters.register_sentences({"uji.ubah": "{pelaku} menghapus {objek}"})


def test_changes_are_told_in_readable_words(siti):
    presenters.register_field_labels({"tmt": "TMT"})
    event = audit.record(
        "uji.ubah",
        siti,
        by=siti,
        changes={
            "tmt": ("2026-03-01", "2026-04-01"),
            "nomor_sk": ("", "800/1"),
            "aktif": (True, False),
            "nik": ("1", "2"),
            "catatan": ("lama", ""),
        },
    )

    found = presenters.list_changes(event)
    assert found == [
        ("TMT", "1 Maret 2026", "1 April 2026"),
        ("nomor sk", KOSONG, "800/1"),
        ("aktif", "ya", "tidak"),
        ("nik", "(disembunyikan)", "(disembunyikan)"),
        ("catatan", "lama", KOSONG),
    ]
    assert [isian.kalimat for isian in found] == [
        "TMT: 1 Maret 2026 menjadi 1 April 2026",
        "nomor sk: 800/1",
        "aktif: ya menjadi tidak",
        "nik: (disembunyikan)",
        "catatan: lama, dikosongkan",
    ]
