"""The steps of a vocational training track before the training: the application, and its refusal."""

from typing import ClassVar

from domain.case.steps import PersonalText, TrackStep
from domain.tracks.vocational_training.vocabulary import NotAdmitted
from domain.values.codes import TrainerCode
from domain.values.trades import Trade


class ApplyForTraining(TrackStep):
    """Record that the person applied for a training. Whoever is admitted is enrolled."""

    with_the_person: ClassVar[bool] = True

    trade: Trade
    provider: TrainerCode


class RecordRefusedAdmission(TrackStep):
    """Record that the person was not admitted. They can apply again, there or elsewhere."""

    because: NotAdmitted
    explanation: PersonalText = None
