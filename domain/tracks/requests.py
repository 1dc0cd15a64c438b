"""The answers to what is asked for about a case, by its own steps and by its tracks'."""

from domain.asking.rows import answers
from domain.case import events as e
from domain.case import steps as s
from domain.case.path import AT_WORK, EXEMPTION, PAUSE, RENEWAL, REQUESTED
from domain.project.funders import follows_funders
from domain.steps.handling import of_its_centre
from domain.steps.table import Part
from domain.tracks.self_employment.path import END_OF_APPROVAL

REQUESTS = Part(
    "requests",
    answers(
        EXEMPTION,
        PAUSE,
        RENEWAL,
        END_OF_APPROVAL,
        confirm=(s.ConfirmCaseRequest, e.CaseRequestConfirmed),
        refuse=(s.RefuseCaseRequest, e.CaseRequestRefused),
        when=(*AT_WORK, REQUESTED),
        whose=of_its_centre,
        follows=follows_funders,
    ),
)
