"""The API for other programs; `simpeg.views.api.alamat` holds its addresses."""
