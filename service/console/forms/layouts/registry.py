"""The forms of registry."""

from collections.abc import Mapping

from domain.registry.steps import RegisterCentre, RegisterEntry
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "register-centre": Layout(
        RegisterCentre,
        ("name_fr", "name_ar", "centre", "code", "catchment", "occurred_on"),
        typed=frozenset({"centre"}),
    ),
    "register-entry": Layout(
        RegisterEntry,
        (
            "kind",
            "name_fr",
            "name_ar",
            "entry",
            "name_tifinagh",
            "province",
            "since",
            "until",
            "occurred_on",
        ),
    ),
}
