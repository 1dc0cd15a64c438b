"""The wrong stores by name, each the right one with a single defect."""

from tests.compliance.house import Wrong
from tests.compliance.wrong import reading, writing

_NO_NUMBER_GUARD = {
    "sqlite": ["DROP TRIGGER IF EXISTS events_without_gaps"],
    "postgres": ["DROP TRIGGER IF EXISTS without_gaps ON ledger.stored_events"],
}


def _changeable(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [f"DROP TRIGGER IF EXISTS {table}_no_{a}" for a in ("update", "delete")],
        "postgres": [f"DROP TRIGGER IF EXISTS only_grows ON ledger.{table}"],
    }


SKIPS_POSITIONS = Wrong(
    "leaves a hole before each group", writing.SkipsPositions, sql=_NO_NUMBER_GUARD
)
KEEPS_GIVEN_UP_NUMBERS = Wrong(
    "counts on after a write that was given up", writing.KeepsGivenUpNumbers, sql=_NO_NUMBER_GUARD
)
LOOKS_BEFORE_IT_LOCKS = Wrong("numbers from what stood before the lock", writing.LooksBeforeItLocks)
LOCKS_LATE = Wrong("reads without the lock", writing.LocksLate)
MARKS_BY_NUMBER = Wrong("marks what it wrote by its number", writing.MarksByNumber)
KEEPS_THE_LOCK = Wrong("keeps the lock when a write fails", writing.KeepsTheLock)
COMMITS_EARLY = Wrong("commits events before it is told to", writing.CommitsEarly)
COMMITS_ONE_BY_ONE = Wrong("commits a group event by event", writing.CommitsOneByOne)
ANSWERS_FIRST = Wrong("commits an answer before its events", writing.AnswersFirst)
NOTES_EARLY = Wrong("commits a note before it is told to", writing.NotesEarly)
NEVER_COMMITS = Wrong("says that it committed, and did not", writing.NeverCommits)
OTHER_NUMBERS = Wrong("returns other positions than it stored", writing.OtherNumbers)
TRIMS_BYTES = Wrong("trims what it stores", writing.TrimsBytes)
CUTS_LONG = Wrong("cuts what is long", writing.CutsLong)
FOLDS_CASE = Wrong("takes names that differ by case for one", writing.FoldsCase)
BACKWARDS = Wrong("reads backwards", reading.Backwards)
IGNORES_BOUNDS = Wrong("reads everything, whatever was asked", reading.IgnoresBounds)
IGNORES_TOPICS = Wrong("reads every topic", reading.IgnoresTopics)
MIXES_STREAMS = Wrong("reads other streams too", reading.MixesStreams)
LISTS_NEIGHBOURS = Wrong("lists kinds whose names begin alike", reading.ListsNeighbours)
SORTS_AS_PEOPLE_DO = Wrong("sorts by letter and not by code", reading.SortsAsPeopleDo)
FORGETS_A_TAIL = Wrong("reads all tails but the last", reading.ForgetsATail)
READS_PAST_THE_END = Wrong("gives streams that others are to read", reading.ReadsPastTheEnd)
GOES_ON_AT_THE_NEXT_STREAM = Wrong("leaves out the rest of a stream", reading.GoesOnAtTheNextStream)
SAYS_ZERO = Wrong("says 0 where there is nothing", reading.SaysZero)
FORGETS_CHANGES = Wrong("does not say what others wrote", reading.ForgetsChanges)
FOLLOWS_TOO_FEW = Wrong("says that little changed when much did", reading.FollowsTooFew)
COUNTS_ONLY = Wrong("knows the head by its number alone", reading.CountsOnly)
NEVER_LOOKS_BACK = Wrong("does not look whether the head is still there", reading.NeverLooksBack)
ALARMS_FOR_NOTHING = Wrong("misses what is there", reading.AlarmsForNothing)
FORGETS_NOTES = Wrong("does not pass on the notes of upkeep", reading.ForgetsNotes)
FORGETS_THE_LAST = Wrong("does not say what stands at the head", reading.ForgetsTheLast)
NEW_ID_EACH_TIME = Wrong("takes a new id at each opening", reading.NewIdEachTime)
FORGETS_ANSWERS = Wrong("does not find the answers it gave", reading.ForgetsAnswers)
REPHRASES_ANSWERS = Wrong("keeps what an answer meant, and not its words", reading.RephrasesAnswers)
ROUNDS_TIME = Wrong("rounds instants to seconds", reading.RoundsTime)
SKIPS_UNKNOWN = Wrong("passes over events of an unknown type", reading.SkipsUnknown)
KEEPS_KEYS = Wrong("finds a destroyed key in a copy", keys=reading.KeepsKeys)
DROPS_WHILE_FOLLOWED = Wrong("leaves out an event from a follower's", reading.DropsWhileFollowed)
REPEATS_WHILE_FOLLOWED = Wrong("gives a follower an event twice", reading.RepeatsWhileFollowed)
STAYS_OPEN = Wrong("goes on after it was closed", reading.StaysOpen)
UNGUARDED_NUMBERS = Wrong("lets anyone leave gaps", sql=_NO_NUMBER_GUARD)
UNNUMBERED_UPKEEP = Wrong(
    "lets notes of upkeep be missing",
    sql={
        "sqlite": ["DROP TRIGGER IF EXISTS upkeep_without_gaps"],
        "postgres": ["DROP TRIGGER IF EXISTS without_gaps ON ledger.upkeep"],
    },
)
BEGINS_AT_ZERO = Wrong(
    "lets any stream begin at version 0",
    sql={
        "sqlite": [
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (', 'CHECK (1 OR ')",
        ],
        "postgres": [
            "ALTER TABLE ledger.stored_events DROP CONSTRAINT IF EXISTS stored_events_check"
        ],
    },
)
REPLACEABLE_EVENTS = Wrong(
    "lets an event be put over another",
    sql={
        kind: [*_NO_NUMBER_GUARD[kind], *_changeable("stored_events")[kind]]
        for kind in ("sqlite", "postgres")
    },
)
CHANGEABLE_EVENTS = Wrong("lets its owner change events", sql=_changeable("stored_events"))
CHANGEABLE_ANSWERS = Wrong("lets its owner change answers", sql=_changeable("commands"))
CHANGEABLE_UPKEEP = Wrong("lets its owner change the upkeep", sql=_changeable("upkeep"))
