"""What the case records of a vocational training track, beside the training itself."""

from typing import Annotated

from domain.case.events import TrackEvent
from domain.message import Personal, Statistical
from domain.tracks.vocational_training.vocabulary import NotAdmitted
from domain.values.codes import TRAINER
from domain.values.trades import Trade


class TrainingAppliedFor(TrackEvent, stored="TrainingAppliedFor"):
    trade: Statistical[Trade]
    provider: Annotated[str, TRAINER]


class AdmissionRefused(TrackEvent, stored="AdmissionRefused"):
    because: NotAdmitted
    explanation: Personal[str] = None
