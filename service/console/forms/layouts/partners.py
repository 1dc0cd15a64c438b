"""The forms of partners' systems."""

from collections.abc import Mapping

from domain.staff.partners.steps import EndPartner, RegisterPartner
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "register-partner": Layout(
        RegisterPartner,
        ("name", "partner", "url", "hears", "new_secret", "occurred_on"),
        typed=frozenset({"partner"}),
        checked=True,
    ),
    "end-partner": Layout(
        EndPartner,
        ("partner", "occurred_on"),
        candidates={"partner": Source.PARTNERS},
        checked=True,
    ),
}
