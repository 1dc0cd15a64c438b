"""The steps of a batch: who may take each, and when."""

from domain.batch import decide
from domain.batch import events as e
from domain.batch import steps as s
from domain.batch.state import OVER
from domain.batch.vocabulary import BatchStatus
from domain.message import Role
from domain.steps.conditions import house
from domain.steps.table import Part, row

BATCHERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION})
TIMER = frozenset({Role.TIMER})

NEW = house("batch_already_prepared", lambda state: not state.exists)
PREPARED = house("batch_not_found", lambda state: state.exists)
FILLING = house("batch_full", lambda state: state.status is BatchStatus.FILLING)
LOOKED_AT = house("batch_not_ready", lambda state: state.status is BatchStatus.READY)
RUNNING = house("batch_not_running", lambda state: state.status is BatchStatus.RUNNING)
RESTING = house("batch_not_paused", lambda state: state.status is BatchStatus.PAUSED)
STILL = house(
    "batch_under_way",
    lambda state: state.status in {BatchStatus.READY, BatchStatus.ENDED, BatchStatus.STOPPED},
)
NOT_TAKEN = house(
    "batch_under_way",
    lambda state: (
        state.status
        in {BatchStatus.LOOKING, BatchStatus.READY, BatchStatus.ENDED, BatchStatus.STOPPED}
    ),
)
"""Whose a line is can be said while the others are still looked at: then that begins anew."""
GOES_ON = house("batch_over", lambda state: state.status not in OVER)
IS_OVER = house("batch_not_over", lambda state: state.status in OVER)
READABLE = house("batch_forgotten", lambda state: not state.forgotten)

TOLD_APART = "whose each is stands in the clear, and what was said of it behind the key"

BATCHES = Part(
    "batches",
    (
        row(
            s.PrepareBatch,
            *(e.BatchPrepared, e.BatchLinesAdded),
            who=BATCHERS,
            when=(NEW,),
            by=decide.prepare,
            whose=decide.of_its_house,
            creates=True,
            left_out={"lines": TOLD_APART},
        ),
        row(
            s.AddBatchLines,
            e.BatchLinesAdded,
            who=BATCHERS,
            when=(PREPARED, FILLING),
            by=decide.add,
            whose=decide.of_its_house,
            left_out={"lines": TOLD_APART},
        ),
        row(
            s.MatchBatchLines,
            e.BatchLinesMatched,
            who=BATCHERS,
            when=(PREPARED, READABLE, NOT_TAKEN),
            by=decide.match,
            whose=decide.of_its_house,
            left_out={
                "matched": "the line and its case stand in the event side by side",
            },
        ),
        row(
            s.RecheckBatch,
            e.BatchRechecked,
            who=BATCHERS,
            when=(PREPARED, READABLE, STILL),
            whose=decide.of_its_house,
        ),
        row(
            s.StartBatch,
            e.BatchStarted,
            who=BATCHERS,
            when=(PREPARED, READABLE, LOOKED_AT),
            by=decide.start,
            whose=decide.of_its_house,
            left_out={"looked_at": "it is the digest that the event has"},
        ),
        row(
            s.PauseBatch,
            e.BatchPaused,
            who=BATCHERS,
            when=(PREPARED, RUNNING),
            whose=decide.of_its_house,
        ),
        row(
            s.ResumeBatch,
            e.BatchResumed,
            who=BATCHERS,
            when=(PREPARED, RESTING),
            whose=decide.of_its_house,
        ),
        row(
            s.StopBatch,
            e.BatchStopped,
            who=BATCHERS,
            when=(PREPARED, GOES_ON),
            by=decide.stop,
            whose=decide.of_its_house,
        ),
        row(
            s.ForgetBatch,
            e.BatchForgotten,
            who=frozenset({Role.COORDINATOR, Role.DIVISION, Role.TIMER}),
            when=(PREPARED, IS_OVER, READABLE),
            whose=decide.of_its_house,
        ),
        row(
            s.RecordBatchLines,
            *(e.BatchLinesLooked, e.BatchLinesTaken, e.BatchEnded),
            who=TIMER,
            when=(PREPARED,),
            by=decide.record_lines,
            whose=decide.of_its_house,
            left_out={
                "phase": "it is told by which event it is",
                "settles": "the batch says by where it stands whether it is so",
                "refused.line": "each stands among the refused",
                "refused.code": "it stands with why, behind the key where that tells of custody",
            },
        ),
        row(
            s.HaltBatch,
            *(e.BatchHalted, e.BatchStopped),
            who=TIMER,
            when=(PREPARED, GOES_ON),
            by=decide.halt,
            whose=decide.of_its_house,
        ),
    ),
)
