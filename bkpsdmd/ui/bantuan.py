"""The short index of help: each page carries its own steps, this says where they are."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Bantuan:
    """One question people ask, the answer in a few sentences, the page it is about.

    `panduan` names a guide with pictures (`bkpsdmd.ui.panduan`).
    """

    pertanyaan: str
    jawaban: str
    url_name: str = ""
    permission: str = ""
    panduan: str = ""


_topics: list[tuple[int, Bantuan]] = []


def register_bantuan(topic: Bantuan, order: int = 100) -> None:
    _topics.append((order, topic))


def list_bantuan(user: Any) -> list[Bantuan]:
    """Return the topics about pages this person may open."""
    return [
        topic
        for _, topic in sorted(_topics, key=lambda entry: entry[0])
        if not topic.permission or user.has_perm(topic.permission)
    ]
