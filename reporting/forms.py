from django import forms


class PerbaikanForm(forms.Form):
    """`versi` is the version that was on the screen: another one may have come since."""

    alasan = forms.CharField(
        label="Alasan perbaikan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tercetak pada laporan, misalnya: data pegawai Dinas X baru lengkap "
        "setelah laporan terbit.",
    )
    versi = forms.IntegerField(widget=forms.HiddenInput())
