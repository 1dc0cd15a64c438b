"""What is to be seen of the cases' workflows from outside, by Temporal's own lists."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest
from temporalio.client import Client, WorkflowExecution

from workflows.case.messages import CASE_ID, TASK_QUEUE, WORKFLOW, case_id_of
from workflows.healing import OFTEN
from workflows.sweep import EVERY, FOR_PEOPLE

LATELY = timedelta(hours=1)
RUNNING = "ExecutionStatus = 'Running'"
MANY_PAUSED = 1000
"""So many are named at most: nobody pauses that many by chance."""
PAUSED = "ExecutionStatus = 'Paused'"
STUCK = f"{RUNNING} AND TemporalReportedProblems IS NOT NULL"
"""Temporal says so of runs whose tasks fail again and again."""
ENDED = "(ExecutionStatus = 'Terminated' OR ExecutionStatus = 'Failed') AND CloseTime > '{since}'"
"""A run that is begun anew ends so; one whose case is closed does not."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Cases, by what is wrong with their workflows."""

    running: int
    foreign: tuple[str, ...]
    """Somebody else's run has the case's id: on another queue, or of another type."""
    stuck: tuple[str, ...]
    """The run's tasks fail: it cannot be replayed, or is at fault."""
    restless: tuple[str, ...]
    """The run was begun anew three times or more within the hour."""
    paused: tuple[str, ...]
    """Somebody had Temporal pause the run: nothing of it goes on, and no timer."""

    @property
    def round_seconds(self) -> float:
        """How long the sweep takes at most to look at all of them once: beside people's steps."""
        return max(self.running / FOR_PEOPLE, EVERY)


async def look(client: Client, task_queue: str = TASK_QUEUE) -> Seen:
    """Raises what Temporal's client raises."""
    running = [run async for run in _listed(client, RUNNING)]
    foreign = [r for r in running if r.workflow_type != WORKFLOW or r.task_queue != task_queue]
    stuck = [run async for run in _listed(client, STUCK)]
    since = (datetime.now(UTC) - LATELY).isoformat()
    ended = Counter([case_id_of(r.id) async for r in _listed(client, ENDED.format(since=since))])
    return Seen(
        running=len(running),
        foreign=tuple(sorted(case_id_of(run.id) for run in foreign)),
        stuck=tuple(sorted(case_id_of(run.id) for run in stuck)),
        restless=tuple(sorted(case for case, times in ended.items() if times >= OFTEN)),
        paused=tuple(sorted(await _paused(client))),
    )


async def _listed(client: Client, query: str) -> AsyncIterator[WorkflowExecution]:
    async for run in client.list_workflows(query):
        if CASE_ID.fullmatch(run.id):
            yield run


async def _paused(client: Client) -> list[str]:
    """Cases; asked without the SDK's list, which does not know that a run can be paused."""
    request = ListWorkflowExecutionsRequest(
        namespace=client.namespace, query=PAUSED, page_size=MANY_PAUSED
    )
    answer = await client.workflow_service.list_workflow_executions(request)
    found = [run.execution.workflow_id for run in answer.executions]
    return [case_id_of(each) for each in found if CASE_ID.fullmatch(each)]
