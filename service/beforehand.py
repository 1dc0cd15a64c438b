"""What a step is decided by that the views alone know: it is asked before the ledger decides."""

from uuid import UUID

from domain.beneficiary.steps import RegisterBeneficiary
from domain.case.emergency.steps import OpenInEmergency
from domain.dismissal.steps import DismissFinding
from domain.message import Command, name_of
from domain.staff.steps import RecordDeparture
from service.access.reader import Sources
from service.queries.absences import cases_with
from service.queries.findings import people_in
from service.queries.people import who_is_alike, who_is_named


def with_what_views_know(sources: Sources, command: Command) -> Command:
    """The command as it is decided: who is alike, whom it is about, whose cases are left."""
    step = command.step
    if isinstance(step, RegisterBeneficiary):
        return command.model_copy(update={"alike": who_is_alike(sources, command)})
    if isinstance(step, OpenInEmergency) and step.number is None:
        return command.model_copy(update={"alike": who_is_named(sources, step)})
    if isinstance(step, DismissFinding):
        about = people_in(sources, UUID(name_of(command.target)))
        return command.model_copy(update={"alike": about})
    if isinstance(step, RecordDeparture):
        return command.model_copy(update={"cases_left": cases_with(sources, step.staff_id)})
    return command
