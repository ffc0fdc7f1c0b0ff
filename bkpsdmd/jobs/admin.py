"""Jobs in the admin: to look at. The result file stays with who asked for it."""

from django.contrib import admin

from bkpsdmd.jobs.models import Job
from bkpsdmd.ui.admin import ReadOnlyModelAdmin


@admin.register(Job)
class JobAdmin(ReadOnlyModelAdmin):
    list_display = ["label", "kind", "state", "owner", "created_at", "attempts"]
    list_filter = ["state", "kind"]
    list_select_related = ["owner"]
    exclude = ["file", "claim"]
