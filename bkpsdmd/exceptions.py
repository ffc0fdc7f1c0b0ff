"""The one family of errors that a service or a rule raises on purpose."""


class DomainError(Exception):
    """A refusal that a person can read: nothing has been written.

    `pesan` is a plain Indonesian sentence that names what to do, `kolom` the form
    field it belongs to (None: the whole form), `kode` a stable lower-case key.
    """

    kode = "galat"

    def __init__(
        self, pesan: str, *, kolom: str | None = None, kode: str | None = None
    ) -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.kolom = kolom
        if kode is not None:
            self.kode = kode


class StaleDataError(DomainError):
    """Somebody else changed the record after the page was opened."""

    kode = "data_sudah_berubah"
