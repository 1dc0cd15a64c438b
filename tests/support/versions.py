"""Versions of the rules that programmes drawn by chance are moved between."""

from collections.abc import Iterator, Mapping

from domain.example.rules import add_rules
from domain.registry.rules.steps import AddRules

CHANGES: Mapping[str, str] = {
    "v2-near": """{
        "visit_months": [1, 2, 4, 8, 11, 16, 24], "silence_days": 20, "silence_days_later": 25,
        "silence_days_late": 260,
        "order_days": 5, "receipt_days": 9, "handover_days": 6, "study_days": 10, "plan_days": 9,
        "pre_release_days": [120, 60], "escalation_days": [2, 5], "exemption_days": 1, "pause_days": 30,
        "contact_often_for_months": 2, "new_study_share": "0.02", "ruling_months": 12,
        "placement_months": [1, 2, 9], "lost_contact_attempts": 2, "decision_days": 20,
        "ceilings": {"indh_precarious": {
            "person": {"share": "0.60", "amount": "20000.00", "own_part_in_kind": "0.50"}}}
    }""",
    "v3-far": """{
        "visit_months": [3, 8, 15, 22], "silence_days_late": 300, "visit_window_days": 25,
        "order_days": 90, "receipt_days": 120, "study_days": 100, "plan_days": 60, "appeal_days": 10,
        "pre_release_days": [200, 45], "escalation_days": [30], "exemption_days": 20, "pause_days": 180,
        "new_study_share": "0.60", "training_from_age": 15, "lost_contact_attempts": 4,
        "running_visit_months": 3, "after_sale_years": 1, "penalty_age": 16, "ceilings": {}
    }""",
}
NAMES = ("v1", *CHANGES)
"""With the one that came with Jisr."""


def versions() -> Iterator[AddRules]:
    """Two that differ from it, and from each other, in nearly all that a case waits for."""
    for version, changes in CHANGES.items():
        yield add_rules().model_copy(update={"version": version, "changes": changes})
