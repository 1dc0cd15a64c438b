"""The path that people read is the path that the code works from."""

import re
from pathlib import Path

import pytest

from domain.case.vocabulary import TrackKind
from domain.commands import STEPS, step_name
from domain.path import PATH
from service.words.path import as_markdown, as_mermaid, as_text
from service.words.track_drawn import drawn, rows_of

COMMITTED = Path(__file__).parents[3] / "docs/path.md"


def test_the_committed_page_is_up_to_date() -> None:
    committed = COMMITTED.read_text(encoding="utf-8")
    assert committed == as_markdown(), "run: jisr path --markdown > docs/path.md"


def test_every_step_has_its_line_once() -> None:
    assert sorted(re.findall(r"^  (\S+)  \(", as_text(), re.MULTILINE)) == sorted(STEPS)
    assert sorted(re.findall(r"^\| `(\S+)` \|", as_markdown(), re.MULTILINE)) == sorted(STEPS)


def test_the_diagram_goes_to_the_opening_of_tracks_and_from_there_along_each_kind() -> None:
    arrows = re.findall(r"^  (\w+) --> (\w+)$", as_mermaid(), re.MULTILINE)
    opening = arrows.index(("needs_and_plan", "tracks"))
    assert [before for before, _ in arrows[: opening + 1]] == [
        "intake",
        "custody",
        "needs_and_plan",
    ]
    begun = {after for before, after in arrows if before == "tracks"}
    assert begun == {"training", "vocational_training", "employment", "school"}
    assert ("project_approval", "equipment_delivery") in arrows
    assert all(f"subgraph {part.name}[" in as_mermaid() for part in PATH)


@pytest.mark.parametrize("kind", TrackKind)
def test_every_step_of_a_track_stands_in_its_diagram_and_every_state_is_reached(
    kind: TrackKind,
) -> None:
    diagram = drawn(kind)
    for row in rows_of(kind):
        assert re.search(rf" : {step_name(row.step)}$", diagram, re.MULTILINE), row.step
    states = set(re.findall(r"^  (\w+) : after ", diagram, re.MULTILINE))
    reached = set(re.findall(r"--> (\w+) : ", diagram))
    assert states == reached


def test_a_job_is_drawn_from_the_application_to_another_hire() -> None:
    diagram = drawn(TrackKind.EMPLOYMENT)
    assert "after_record_application : answer-application" in diagram
    assert "after_record_hire : review-placement" in diagram
    assert "after_record_hire --> after_end_placement : end-placement" in diagram
    assert "after_end_placement --> after_record_hire : record-hire" in diagram
