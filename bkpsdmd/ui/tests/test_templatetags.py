from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import CharField, ChoiceField, FileField, Form
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from bkpsdmd.documents.models import get_kantor
from bkpsdmd.jobs.choices import JobState
from bkpsdmd.ui.components import Figure, Perubahan, TimelineItem
from bkpsdmd.ui.templatetags.ui import filter_field


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_icon_without_label_is_hidden_from_readers() -> None:
    html = render('{% icon "users" %}')
    assert 'aria-hidden="true"' in html
    assert "img/ikon.svg#users" in html


def test_icon_with_label_speaks_it_escaped() -> None:
    html = render('{% icon "x" label %}', label='tutup "<b>"')
    assert 'role="img"' in html
    assert "<b>" not in html


def test_icon_that_nobody_drew_is_an_error() -> None:
    with pytest.raises(ValueError, match="gajah"):
        render('{% icon "gajah" %}')


@pytest.mark.parametrize("required", [True, False])
def test_form_foot_explains_the_star_where_there_is_one(required: bool) -> None:
    class OneField(Form):
        isi = CharField(required=required)
        sidik = CharField(widget=forms.HiddenInput)

    html = render('{% include "components/form_actions.html" %}', form=OneField())
    assert ("wajib diisi" in html) == required


def test_badge_says_its_status_in_a_word() -> None:
    html = render('{% badge "warn" "Menunggu" %}')
    assert "lencana-warn" in html
    assert "Menunggu" in html
    assert "<svg" in html


def test_badge_takes_an_enum_with_bootstrap_colours() -> None:
    html = render("{% badge status %}", status=JobState.GAGAL)
    assert "lencana-bad" in html
    assert "Gagal" in html


def test_badge_of_an_unknown_tone_is_an_error() -> None:
    with pytest.raises(ValueError, match="ungu"):
        render('{% badge "ungu" "Baru" %}')


def test_card_escapes_heading_and_keeps_content() -> None:
    html = render(
        "{% card judul %}<p>isi</p>{{ nama }}{% endcard %}", judul="A & B", nama="<i>"
    )
    assert "A &amp; B" in html
    assert "<p>isi</p>" in html
    assert "&lt;i&gt;" in html


def test_field_shows_zero_but_a_dash_for_nothing() -> None:
    html = render(
        '{% fields %}{% field "Sisa" 0 %}{% field "Surel" "" %}{% endfields %}'
    )
    assert "<dd>0</dd>" in html
    assert "<dd>–</dd>" in html


def test_field_escapes_its_value() -> None:
    html = render('{% field "Nama" nama %}', nama="<script>alert(1)</script>")
    assert "<script>" not in html


def test_table_has_a_caption_and_a_named_scroll_region() -> None:
    html = render('{% table "Pegawai" %}<tbody></tbody>{% endtable %}')
    assert '<caption class="visually-hidden">Pegawai</caption>' in html
    assert 'role="region" aria-label="Pegawai" tabindex="0"' in html


def test_timeline_keeps_a_cancelled_event_and_says_so() -> None:
    items = [
        TimelineItem(date(2022, 4, 1), "Naik pangkat", "TMT keliru", is_batal=True)
    ]
    html = render("{% timeline items %}", items=items)
    assert 'class="batal"' in html
    assert "Dibatalkan" in html
    assert 'datetime="2022-04-01">1 April 2022<' in html


def test_compare_marks_a_change_with_a_word() -> None:
    rows = [Perubahan("Gelar", "", "S.Pd."), Perubahan("Agama", "Islam", "Islam")]
    html = render("{% compare rows %}", rows=rows)
    assert html.count("Berubah") == 1


def test_rule_result_gives_sentence_conditions_values_and_articles() -> None:
    alasan = [
        SimpleNamespace(
            pesan="Empat tahun dalam pangkat",
            terpenuhi=False,
            nilai=0,
            dasar_hukum="Pasal contoh",
        )
    ]
    html = render(
        '{% rule_result "Belum memenuhi" alasan terpenuhi=False %}', alasan=alasan
    )
    assert "Belum memenuhi" in html
    assert 'aria-label="Belum terpenuhi:"' in html
    assert "Nilai: 0 · Pasal contoh" in html


def test_progress_shows_count_and_share() -> None:
    html = render('{% progress 1200 6000 "Impor" %}')
    assert 'value="20" max="100"' in html
    assert "1.200 dari 6.000 · 20 %" in html


def test_progress_without_total_has_no_value() -> None:
    assert "value=" not in render('{% progress 0 0 "Menyiapkan" %}')


def test_figures_link_where_there_is_a_list_behind() -> None:
    html = render("{% figures items %}", items=[Figure("Aktif", "5.812", url="/x/")])
    assert '<a href="/x/">Aktif</a>' in html
    assert "5.812" in html


class _NamaForm(Form):
    nama = CharField(label="Nama")


def test_error_summary_links_to_the_field() -> None:
    html = render("{% error_summary form %}", form=_NamaForm({}))
    assert '<a href="#id_nama">Nama</a>' in html


class _SuratForm(_NamaForm):
    surat = FileField(label="Surat", required=False)


@pytest.mark.parametrize("is_sent", [True, False])
def test_error_summary_asks_for_a_file_that_was_sent_again(*, is_sent: bool) -> None:
    """A second press of the button would else store the rest without it."""
    sent = {"surat": SimpleUploadedFile("surat.pdf", b"%PDF")} if is_sent else {}
    html = render("{% error_summary form %}", form=_SuratForm({}, sent))
    link = '<a href="#id_surat">Surat</a>: <strong>Pilih lagi berkasnya'
    assert (link in html) is is_sent


def test_error_summary_of_a_good_form_is_nothing() -> None:
    assert render("{% error_summary form %}", form=_NamaForm({"nama": "Siti"})) == ""


def test_crispy_field_puts_hint_and_error_above_the_input() -> None:
    form = _NamaForm({})
    form.fields["nama"].help_text = "Tanpa gelar."
    html = render("{% load crispy_forms_tags %}{{ form|crispy }}", form=form)
    hint, error, box = (
        html.index('id="id_nama_helptext"'),
        html.index('id="id_nama_error"'),
        html.index("<input"),
    )
    assert hint < error < box
    assert 'aria-describedby="id_nama_helptext id_nama_error"' in html


class _SaringForm(Form):
    unit = ChoiceField(
        label="Unit",
        choices=[("", "Semua"), ("a", "Dinas <A>"), ("Dinas", [("b", "Bidang & B")])],
    )
    q = CharField(label="Nama")


def test_filter_field_draws_what_the_widget_itself_would() -> None:
    form = _SaringForm({"unit": "b", "q": "siti"})
    html = render("{% filter_field form.unit %}{% filter_field form.q %}", form=form)
    assert '<option value="b" selected>Bidang &amp; B</option>' in html
    assert '<option value="a">Dinas &lt;A&gt;</option>' in html
    assert '<optgroup label="Dinas">' in html
    assert html.count(" selected") == 1
    assert str(form["q"]) in html


def test_filter_field_without_a_value_chooses_the_empty_one() -> None:
    html = render("{% filter_field form.unit %}", form=_SaringForm())
    assert '<option value="" selected>Semua</option>' in html


def test_print_layout_carries_the_letterhead(rf: RequestFactory, db: None) -> None:
    page = Template(
        '{% extends "layouts/print.html" %}{% block content %}<p>isi</p>{% endblock %}'
    )
    html = page.render(RequestContext(rf.get("/"), {"title": "Kode aktivasi"}))
    assert get_kantor().nama in html
    assert "<h1>Kode aktivasi</h1>" in html
    assert "Menu utama" not in html


@pytest.mark.parametrize("data", [{}, {"q": 'a"b<c', "ya": "on"}])
def test_inputs_of_filters_are_those_of_django(data):
    class Saringan(forms.Form):
        q = forms.CharField(max_length=40, required=False)
        ya = forms.BooleanField(required=False, initial=True)

    form = Saringan(data) if data else Saringan()
    for bound in form:
        assert str(filter_field(bound)) == str(bound)
