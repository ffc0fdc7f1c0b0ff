from django.apps import AppConfig


class SimpegConfig(AppConfig):
    name = "simpeg"
    verbose_name = "SIMPEG"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bkpsdmd.audit import presenters
        from bkpsdmd.calculator.registry import register_kode
        from bkpsdmd.documents.kop import register_kop_choices
        from simpeg import audit_subjects, bantuan, kalkulator, menu, naskah, panels
        from simpeg.audit_sentences import FIELD_LABELS, SENTENCES
        from simpeg.selectors.unit_kerja import list_opd_on
        from simpeg.siasn.catatan import KodeCatatan

        presenters.register_sentences(SENTENCES)
        presenters.register_field_labels(FIELD_LABELS)
        audit_subjects.register_all()
        bantuan.register_all()
        register_kode("Impor SIASN", KodeCatatan)
        register_kop_choices(list_opd_on)
        kalkulator.register_topics()
        menu.register_all()
        naskah.register_all()
        panels.register_all()
