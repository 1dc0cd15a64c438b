"""What was done on the tracks of a case before its person came of age, and should not have been."""

from collections.abc import Iterator
from datetime import date

from domain.case.state import CaseState
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.findings import FindingCode
from domain.values.money import NOTHING


def done_as_minor(case: CaseState, of_age: date) -> Iterator[FindingCode]:
    """Each kind once, whichever track it is of."""
    tracks = [each for each in case.tracks.values() if isinstance(each, SelfEmployment)]
    decided = [sub.decided for track in tracks for sub in track.approvals.values()]
    if any(day is not None and day.on < of_age for day in decided):
        yield FindingCode.MINOR_APPROVED
    if any(track.undertaking and track.undertaking.on < of_age for track in tracks):
        yield FindingCode.MINOR_SIGNED
    handovers = [each for track in tracks for each in track.handovers]
    if any(each.cash > NOTHING and each.on < of_age for each in handovers):
        yield FindingCode.MINOR_GOT_CASH
