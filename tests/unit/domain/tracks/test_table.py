"""Every kind of track brings the same files, and its parts stand on the page of the whole path."""

from dataclasses import replace
from importlib import import_module

import pytest

from domain.case.events import TrackEvent
from domain.case.steps import TrackStep
from domain.case.vocabulary import TrackKind
from domain.cohort.events import PlaceLeft
from domain.path import BESIDE, PATH
from domain.steps.table import Part
from domain.tracks.row import TrackHandling
from domain.tracks.table import TRACKS
from domain.tracks.training.events import CohortLeft
from domain.tracks.training.leaving import LEFT_BY

FILES = ("path", "steps", "events", "state", "decide", "evolve", "schedule")
FOLDERS = ("case", "agreement", "beneficiary", "session", "handovers", "registry", "staff")
PATHS = (*(f"domain.{name}.path" for name in FOLDERS), *(f"domain.tracks.{k}.path" for k in TRACKS))


@pytest.mark.parametrize("kind", TrackKind)
@pytest.mark.parametrize("file", FILES)
def test_a_track_has_the_same_files_as_every_other(kind: TrackKind, file: str) -> None:
    assert import_module(f"domain.tracks.{kind}.{file}").__doc__


@pytest.mark.parametrize("path", PATHS)
def test_every_part_of_a_folder_stands_on_the_page(path: str) -> None:
    parts = [each for each in vars(import_module(path)).values() if isinstance(each, Part)]
    assert parts
    on_the_page = {row.step: row for part in (*PATH, *BESIDE) for row in part.rows}
    for own in (row for part in parts for row in part.rows):
        there = on_the_page[own.step]
        if LEFT_BY.keys() & set(own.makes):
            assert there.makes == (*own.makes, CohortLeft, PlaceLeft), "it frees a place as well"
            there = replace(there, makes=own.makes, reads=own.reads, rule=own.rule)
        assert there == own


@pytest.mark.parametrize("kind", TrackKind)
def test_what_a_track_does_and_records_carries_its_id(kind: TrackKind) -> None:
    rows = [row for part in PATH for row in part.rows if isinstance(row, TrackHandling)]
    own = [row for row in rows if kind in row.kinds]
    assert own
    assert all(issubclass(row.step, TrackStep) for row in own)
    assert all(issubclass(row.makes[0], TrackEvent) for row in own)
