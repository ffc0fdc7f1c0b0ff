"""The pages of the calculator, as anybody who is logged in sees them."""

from bkpsdmd.ui.tests.conftest import _roles, browse, make_user

__all__ = ["_roles", "browse", "make_user"]
