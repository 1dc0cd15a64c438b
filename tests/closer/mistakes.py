"""An entry of a case that was told wrongly, or of the wrong person; what mended one, taken back."""

from uuid import UUID

from domain.case import steps as s
from domain.message import Step
from domain.tracks.self_employment.events import (
    ProjectChanged,
    ProjectProposed,
    ProjectRevised,
)
from tests.closer.moves import WHY, on_case
from tests.closer.site import TODAY, Site, Try
from tests.support.mistakes import mendable, otherwise

PLANS = (ProjectProposed, ProjectRevised, ProjectChanged)
"""What was planned: the oracle hears plans as they are told, and of none that is taken back."""


def of_case(site: Site, case_id: UUID) -> Try | None:
    """One or two of what was entered; the last, mostly."""
    random = site.random
    entries = [each for each in mendable(site.entered[case_id]) if type(each.event) not in PLANS]
    if not entries:
        return None
    some = random.sample(entries[-6:], min(len(entries), random.choice([1, 1, 2, 2])))
    step: Step
    if len(some) == 1 and random.random() < 0.5:
        step = s.RetractEntry(
            occurred_on=TODAY,
            entry_number=some[0].envelope.version,
            wrong_person=random.random() < 0.2,
            explanation=WHY,
        )
    else:
        told = tuple(
            s.Correction(entry_number=each.envelope.version, content=otherwise(random, each))
            for each in some
        )
        step = s.CorrectEntries(occurred_on=TODAY, entries=told, explanation=WHY)
    return on_case(case_id, step)
