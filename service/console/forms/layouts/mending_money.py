"""The forms of mending money."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import CorrectDecision, CorrectDelivery, CorrectRecovery
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "correct-decision": Layout(
        CorrectDecision,
        (
            "decision",
            "reason",
            "next_session_on",
            "equipment_amount",
            "cash_grant",
            "reasons",
            "entry_number",
            "explanation",
            "occurred_on",
        ),
        checked=True,
    ),
    "correct-delivery": Layout(
        CorrectDelivery,
        ("items", "cash", "received_by", "proxy", "entry_number", "explanation", "occurred_on"),
        rows_from={"items": Source.ITEMS},
        checked=True,
    ),
    "correct-recovery": Layout(
        CorrectRecovery,
        (
            "items",
            "amount",
            "agreement_id",
            "reference",
            "entry_number",
            "explanation",
            "occurred_on",
        ),
        candidates={"items": Source.ITEMS},
        checked=True,
    ),
}
