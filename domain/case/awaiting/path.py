"""Who may record what a case waits for, and when."""

from domain.case.awaiting import decide
from domain.case.awaiting import events as e
from domain.case.awaiting import steps as s
from domain.case.awaiting.state import still_awaited
from domain.case.path import AT_WORK, STAFF
from domain.steps.conditions import life
from domain.steps.table import Part, row

WAITS = life("nothing_awaited", lambda case: any(map(still_awaited, case.awaited.values())))

AWAITING = Part(
    "awaiting",
    (
        row(
            s.AwaitThirdParty,
            e.ThirdPartyAwaited,
            who=STAFF,
            when=AT_WORK,
            by=decide.await_third_party,
        ),
        row(
            s.AskThirdPartyAgain,
            e.ThirdPartyAskedAgain,
            who=STAFF,
            when=(*AT_WORK, WAITS),
            by=decide.ask_again,
        ),
        row(
            s.RecordThirdPartyAnswer,
            e.ThirdPartyAnswered,
            who=STAFF,
            when=(*AT_WORK, WAITS),
            by=decide.record_answer,
        ),
        row(
            s.StopAwaiting,
            e.AwaitingStopped,
            who=STAFF,
            when=(*AT_WORK, WAITS),
            by=decide.stop_awaiting,
        ),
    ),
)
