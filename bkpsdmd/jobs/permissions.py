"""Everybody follows their own jobs; those who look after the portal follow all."""

from enum import StrEnum

from bkpsdmd.accounts.roles import Role, grant


class Permission(StrEnum):
    JOB_VIEW = "jobs.job_view"
    JOB_VIEW_ALL = "jobs.job_view_all"


grant(Permission.JOB_VIEW, Role)
grant(Permission.JOB_VIEW_ALL, [Role.ADMIN, Role.PRANATA_KOMPUTER])
