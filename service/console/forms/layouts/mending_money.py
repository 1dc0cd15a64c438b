"""The forms of mending money."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import CorrectDecision, CorrectDelivery, CorrectRecovery
from service.console.forms.layout import Layout, Source, When

LAYOUTS: Mapping[str, Layout] = {
    "correct-decision": Layout(
        CorrectDecision,
        (
            "entry_number",
            "occurred_on",
            "decision",
            "reason",
            "next_session_on",
            "equipment_amount",
            "cash_grant",
            "reasons",
            "explanation",
        ),
        breaks=("reason",),
        show_when={
            "reason": When.needed_for("decision", "reject"),
            "next_session_on": When.of("decision", "defer"),
            "equipment_amount": When.of("decision", "approve"),
            "cash_grant": When.of("decision", "approve"),
        },
        checked=True,
    ),
    "correct-delivery": Layout(
        CorrectDelivery,
        ("entry_number", "occurred_on", "items", "cash", "received_by", "proxy", "explanation"),
        breaks=("proxy",),
        show_when={"proxy": When.needed_for("received_by", "proxy")},
        rows_from={"items": Source.ITEMS},
        checked=True,
    ),
    "correct-recovery": Layout(
        CorrectRecovery,
        (
            "entry_number",
            "occurred_on",
            "items",
            "amount",
            "agreement_id",
            "reference",
            "explanation",
        ),
        candidates={"items": Source.ITEMS},
        checked=True,
    ),
}
