"""A list of cases is moved to other rules as a batch; what sleeps in their workflows moves at once."""

import asyncio
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, RPCError

from domain.batch.lines import digest_of
from domain.batch.steps import Answer, BatchLine, PrepareBatch, StartBatch
from domain.batch.vocabulary import BatchStatus
from domain.case.moving_rules.steps import AdoptRules
from domain.case.state import CaseState
from domain.case.steps import Consent, OpenCase
from domain.case.vocabulary import Route
from domain.example.beside import register_beneficiary
from domain.example.person import EXAMPLE, Person
from domain.example.rules import add_rules
from domain.message import StreamKind, stream_id
from domain.registry.state import REGISTRY
from domain.values.calendar import local_date
from tests.support.waiting import eventually
from tests.workflow.centre import ADMINISTRATOR, SCHEDULE, Centre, open_centre_ledger
from tests.workflow.test_batches import reached, working
from workflows.case.messages import Progress
from workflows.case.runs import CannotReplayError, Runs

SOONER = '{"silence_days": 9, "silence_days_later": 9}'


def opened(centre: Centre) -> UUID:
    """A case of today: its plan is due in a month, a silence in two."""
    person, case, today = uuid4(), uuid4(), local_date(datetime.now(UTC))
    who = Person(beneficiary_id=person, caseworker=centre.leaver.id, begins=today)
    known = register_beneficiary(card=uuid4().hex[:8].upper())
    centre.record(stream_id(StreamKind.BENEFICIARY, person), known, centre.leaver)
    opening = OpenCase(
        occurred_on=who.begins,
        beneficiary_id=person,
        route=Route.AFTER_RELEASE,
        centre=EXAMPLE.centre,
        province=EXAMPLE.province,
        caseworker=centre.leaver.id,
        consent=Consent(messages=True),
    )
    centre.record(stream_id(StreamKind.CASE, case), opening, centre.leaver)
    return case


def moving(centre: Centre, cases: list[UUID]) -> UUID:
    batch = uuid4()
    said = (Answer(field="version", value="v2"), Answer(field="explanation", value="The season's."))
    lines = tuple(BatchLine(case_id=case) for case in cases)
    step = PrepareBatch(
        occurred_on=local_date(datetime.now(UTC)),
        takes="adopt-rules",
        answers=said,
        count=len(lines),
        lines=lines,
        explanation="n",
    )
    centre.on(batch, step)
    return batch


def version(centre: Centre, case: UUID) -> str:
    state = centre.ledger.state(stream_id(StreamKind.CASE, case))
    assert isinstance(state, CaseState)
    return state.rules_version


async def test_a_list_is_moved_once_each_and_its_sleeping_reviews_wake_by_the_new_rules(
    client: Client, tmp_path: Path
) -> None:
    centre = Centre(open_centre_ledger(tmp_path))
    added = add_rules().model_copy(update={"changes": SOONER})
    centre.record(REGISTRY, added, ADMINISTRATOR)
    cases = [opened(centre) for _ in range(4)]
    async with working(client, centre) as queue:
        runs = Runs(client, queue)
        for case in cases:
            await runs.begin(str(case), 1)

        async def next_due(case: UUID) -> datetime:
            found: list[Progress] = []

            async def is_level() -> bool:
                progress = await runs.progress(str(case))
                found[:] = [progress] if progress else []
                state = centre.ledger.state(stream_id(StreamKind.CASE, case))
                return bool(found) and found[0].version == state.version

            await eventually(is_level, "the workflow stays behind")
            assert found[0].next_due is not None
            return datetime.fromisoformat(found[0].next_due)

        before = [await next_due(case) for case in cases]
        batch = moving(centre, [*cases, cases[0]])
        await reached(centre, batch, BatchStatus.READY)
        assert {version(centre, case) for case in cases} == {"v1"}, "only looked at"
        digest = digest_of(centre.state(batch))
        centre.on(batch, StartBatch(occurred_on=local_date(datetime.now(UTC)), looked_at=digest))
        await reached(centre, batch, BatchStatus.ENDED)
        after = [await next_due(case) for case in cases]
    assert {version(centre, case) for case in cases} == {"v2"}
    assert centre.state(batch).take.passed == len(cases)
    soon = datetime.now(UTC) + timedelta(days=14)
    assert all(each > soon for each in before)
    assert all(each < soon for each in after)
    centre.ledger.close()


TIMERS = 1_000


@pytest.mark.rare  # long: a sweep looks at ten a second, and at five while people work
@pytest.mark.timeout(3600)
async def test_a_thousand_running_timers_move_when_the_rules_are_adopted_past_their_workflows(
    client: Client, tmp_path: Path
) -> None:
    """As an import does, so that nobody tells each: the follower some, the sweep the rest."""
    with closing(open_centre_ledger(tmp_path)) as ledger:
        centre = Centre(ledger)
        added = add_rules().model_copy(update={"changes": SOONER})
        centre.record(REGISTRY, added, ADMINISTRATOR)
        cases = [opened(centre) for _ in range(TIMERS)]
        async with working(client, centre, sweep_every=1, hurry_every=1) as queue:
            runs = Runs(client, queue)
            for some in range(0, TIMERS, AT_ONCE):
                together = cases[some : some + AT_ONCE]
                await asyncio.gather(*(runs.begin(str(case), 1) for case in together))
            await _all_know(runs, centre, cases)
            adopt = AdoptRules(
                occurred_on=local_date(datetime.now(UTC)), version="v2", explanation="Theirs."
            )
            for case in cases:
                centre.record(stream_id(StreamKind.CASE, case), adopt, centre.coordinator)
            await _all_know(runs, centre, cases)
        assert {version(centre, case) for case in cases} == {"v2"}


AT_ONCE = 25


async def _all_know(runs: Runs, centre: Centre, cases: list[UUID]) -> None:
    """Each workflow sleeps until what the ledger says comes first."""
    for case in cases:
        state = centre.ledger.state(stream_id(StreamKind.CASE, case))
        expected = SCHEDULE.progress(str(case), state)

        async def knows(case: UUID = case, expected: Progress = expected) -> bool:
            with suppress(RPCError, CannotReplayError):
                return await runs.progress(str(case)) == expected
            return False

        await eventually(knows, f"{case} does not know of {expected}", 1800)
