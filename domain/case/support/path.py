"""Who may record support, and when."""

from domain.case.path import AT_WORK, STAFF
from domain.case.support import decide
from domain.case.support import events as e
from domain.case.support import steps as s
from domain.case.support.state import ended, running
from domain.steps.conditions import life
from domain.steps.table import Part, row

RUNNING = life("no_support_open", lambda case: any(map(running, case.supports.values())))
ENDED = life("no_support_ended", lambda case: any(map(ended, case.supports.values())))

SUPPORT = Part(
    "support",
    (
        row(s.OpenSupport, e.SupportOpened, who=STAFF, when=AT_WORK, by=decide.open_support),
        row(
            s.ProgressSupport,
            e.SupportProgressed,
            who=STAFF,
            when=(*AT_WORK, RUNNING),
            by=decide.progress_support,
        ),
        row(
            s.CompleteSupport,
            e.SupportCompleted,
            who=STAFF,
            when=(*AT_WORK, RUNNING),
            by=decide.complete_support,
        ),
        row(
            s.DeclineSupport,
            e.SupportDeclined,
            who=STAFF,
            when=(*AT_WORK, RUNNING),
            by=decide.decline_support,
        ),
        row(
            s.TakeUpSupport,
            e.SupportTakenUp,
            who=STAFF,
            when=(*AT_WORK, ENDED),
            by=decide.take_up_support,
        ),
    ),
)
