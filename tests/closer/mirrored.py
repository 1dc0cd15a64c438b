"""What a case and its project both say: it must be the same, in whatever order it was entered."""

from domain.case.state import CaseState
from domain.project.state import ProjectState
from domain.tracks.self_employment.state import find_track


def contradictions(case: CaseState, project: ProjectState) -> list[str]:
    """Where they differ."""
    track = find_track(case)
    if track is None or track.project_id is None:
        return []
    equipment, items = track.equipment, project.items
    asked = {number for number, item in items.items() if item.asked}
    pairs = [
        ("ordered", equipment.ordered, {n for n, item in items.items() if item.on_order}),
        ("received", equipment.received, {n for n, item in items.items() if item.received_on}),
        ("handed over", equipment.handed, project.delivered),
        ("dropped", equipment.dropped, {n for n, item in items.items() if item.dropped}),
        ("wanted", equipment.wanted & asked, asked - {n for n in asked if items[n].dropped}),
        ("cash granted", equipment.granted, project.cash_grant),
        ("cash paid", equipment.paid, project.cash_paid),
        ("cash dropped", equipment.cash_dropped, project.cash_dropped),
    ]
    return [f"{name}: case {one}, project {other}" for name, one, other in pairs if one != other]
