"""What the law says is for everybody who is logged in: no person's data is read here."""

from enum import StrEnum

import rules


class Permission(StrEnum):
    KALKULATOR_USE = "calculator.kalkulator_use"
    PERATURAN_VIEW = "calculator.peraturan_view"


rules.add_perm(Permission.KALKULATOR_USE, rules.is_authenticated)
rules.add_perm(Permission.PERATURAN_VIEW, rules.is_authenticated)
