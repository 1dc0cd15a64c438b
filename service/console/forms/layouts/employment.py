"""The forms of the employment track."""

from collections.abc import Mapping

from domain.tracks.employment.steps import RecordHire
from service.console.forms.layout import Layout, When

NOT_PARTNERS = ("other", "self_found")

LAYOUTS: Mapping[str, Layout] = {
    "record-hire": Layout(
        RecordHire,
        (
            *("track_id", "occurred_on", "employer", "company", "employer_name"),
            *("contract_kind", "trade", "employer_told"),
        ),
        show_when={
            "company": When.needed_for("employer", "partner"),
            "employer_name": When.of("employer", *NOT_PARTNERS),
        },
    ),
}
