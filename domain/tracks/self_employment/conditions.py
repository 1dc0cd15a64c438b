"""The conditions under which a self-employment track's steps are open.

Each is asked of the case with the track in question alone. What leads to a submission, an order or a
handover must have been so on the day and be so still (`now=True`), since goods and money move by it.
"""

from collections.abc import Callable

from domain.case.path import AT_WORK, EXISTS, UNRESTRICTED
from domain.case.state import CaseState
from domain.steps.conditions import house, life
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.tracks.training.conditions import NOT_COMPLETED


def _on_track(test: Callable[[SelfEmployment], bool]) -> Callable[[CaseState], bool]:
    def holds(case: CaseState) -> bool:
        track = find_track(case)
        return track is not None and test(track)

    return holds


def _trained(case: CaseState) -> bool:
    track = find_track(case)
    return track is not None and track.trained(case.taught)


TRACK = life("track_not_open", _on_track(lambda _: True))
UNCERTIFIED = life("training_already_completed", lambda case: not case.taught, rests=False)
UNTRAINED = (NOT_COMPLETED, UNCERTIFIED)
TRAINED = life("training_not_completed", _trained)
NO_PROJECT = house(
    "project_already_proposed", _on_track(lambda t: t.proposed is None or t.rejection is not None)
)
PROJECT = life("project_not_proposed", _on_track(lambda t: t.proposed is not None), now=True)
STUDIED = life("study_missing", _on_track(lambda t: t.studied is not None), now=True)
SOUND = life("study_not_favourable", _on_track(lambda t: t.study_favourable), now=True)
OPINED = life("opinion_missing", _on_track(lambda t: t.opinion is not None), now=True)
FAVOURED = life(
    "opinion_not_favourable",
    _on_track(lambda t: t.opinion is OpinionKind.FAVOURABLE),
    now=True,
)
NOT_SUBMITTED = house("already_submitted", _on_track(lambda t: not t.pending))
NOT_APPROVED = house("already_approved", _on_track(lambda t: t.in_preparation))
SUBMITTED = life("not_submitted", _on_track(lambda t: bool(t.pending)), now=True)
REVISED = house("project_not_revised", _on_track(lambda t: not t.sent_back))
NOT_REJECTED = house("project_rejected", _on_track(lambda t: t.rejection is None))
REJECTED = life("project_not_rejected", _on_track(lambda t: t.rejection is not None), now=True)
NOT_APPEALED = house("already_appealed", _on_track(lambda t: not t.appealed))
APPROVED = life("not_approved", _on_track(lambda t: t.approved is not None), now=True)
UNSIGNED = house("undertaking_already_signed", _on_track(lambda t: t.undertaking is None))
SIGNED = life("undertaking_not_signed", _on_track(lambda t: t.undertaking is not None), now=True)
RECEIVED = house("nothing_to_hand_over", _on_track(lambda t: t.equipment.can_hand_over))
NOT_LISTED = house("already_on_ceremony", _on_track(lambda t: not t.on_list))
LISTED = house("not_on_ceremony", _on_track(lambda t: t.on_list))
NOTHING_ORDERED = house(
    "project_already_ordered",
    _on_track(lambda t: not t.equipment.ordered | t.equipment.handed | t.equipment.dropped),
)
NOT_ORDERED = house(
    "project_already_ordered", _on_track(lambda t: not t.equipment.ordered | t.equipment.handed)
)
NOT_DELIVERED = house("already_delivered", _on_track(lambda t: t.delivered is None))
DELIVERED = life("not_delivered", _on_track(lambda t: t.first_delivery is not None))
FREE_OR_FAMILY = life(
    "not_released",
    lambda case: case.is_free or any(map(case.family_continues, case.tracks.values())),
)
"""What remains is delivered to the holder, or to the adult of the family who goes on."""
PROBLEM = life("no_problem_raised", _on_track(lambda t: bool(t.problems)))

GOING = life("track_ended", _on_track(lambda t: t.ended is None), rests=False)

ON_TRACK = (*AT_WORK, TRACK, GOING)
WITH_PROJECT = (*ON_TRACK, PROJECT)
IN_PREPARATION = (*WITH_PROJECT, NOT_REJECTED, NOT_SUBMITTED, NOT_APPROVED)
"""The project, or the part of an approved one that is nobody's yet."""
WITH_APPROVAL = (*ON_TRACK, APPROVED)
WITH_UNDERTAKING = (*WITH_APPROVAL, SIGNED)
VISITED = (*ON_TRACK, DELIVERED)
WITH_PROBLEM = (EXISTS, UNRESTRICTED, TRACK, PROBLEM)
"""A problem is decided, and comes to its end, also after the case was closed."""
ALIVE = house("person_died", lambda case: case.died is None)
TO_ORDER = (*WITH_UNDERTAKING, NOT_DELIVERED, ALIVE)
"""Where a project's items may be ordered, whoever places the order."""
