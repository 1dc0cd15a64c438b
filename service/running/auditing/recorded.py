"""What a reconciliation came to, as entries of the house: each difference, and then the run itself.

So it stands under the tree as all else does: whoever mends a difference leaves it told.
"""

from collections.abc import Collection, Iterator, Mapping

from domain.message import StreamKind, name_of, stream_id
from domain.upkeep.vocabulary import Act, Fact
from ledger.ledger import Ledger
from projections.comparing import RowDiffers
from service.running.acts import record_act
from service.running.auditing.found import Reconciled
from workflows.reconciling import WorkflowDiffers

KIND = "reconcile"
NAMED = 20
"""So many differences have an entry each; of more the run says how many there are."""
LONGEST = 200
MISSING, EXTRA = "missing", "extra"
WORKFLOW = "workflow"
"""The kind of a difference that is no row of a view."""


def record(ledger: Ledger, found: Reconciled) -> None:
    """Raises as `Ledger.record`."""
    cases = (
        {name_of(stream) for stream, _ in ledger.streams(StreamKind.CASE)} if found.rows else set()
    )
    for facts, _ in zip(_differences(found, cases), range(NAMED), strict=False):
        record_act(ledger, Act.DIFFERENCE_FOUND, facts)
    record_act(ledger, Act.CHECKED, facts_of(found))


def facts_of(found: Reconciled) -> Mapping[Fact, object]:
    """As the auditor's checks tell of it."""
    said = f"{found.differ} differences" if found.differ or found.agree else "another ledger"
    return {
        Fact.KIND: KIND,
        Fact.POSITION: found.covered.position if found.covered else None,
        Fact.CASES: found.cases,
        Fact.FAILED: len(found.not_looked_at) or None,
        Fact.RESULT: said,
    }


def _differences(found: Reconciled, cases: Collection[str]) -> Iterator[Mapping[Fact, object]]:
    yield from map(_of_workflow, found.workflows)
    for row in found.rows:
        of = stream_id(StreamKind.CASE, row.owner) if row.owner in cases else row.owner
        yield _of_row(row, of)


def _of_workflow(each: WorkflowDiffers) -> Mapping[Fact, object]:
    sides = f"ledger {each.ledger}, " if each.ledger else ""
    told = f"{sides}workflow {each.workflow}" if each.workflow else None
    return {
        Fact.KIND: WORKFLOW,
        Fact.OF: stream_id(StreamKind.CASE, each.case_id),
        Fact.RESULT: f"{each.differs}: {told}" if told else each.differs,
    }


def _of_row(row: RowDiffers, of: str) -> Mapping[Fact, object]:
    """Columns by their names: their values may be personal."""
    whole = MISSING if row.missing else EXTRA if row.extra else ", ".join(row.columns)
    return {Fact.KIND: f"view {row.view}", Fact.OF: of, Fact.RESULT: whole[:LONGEST]}
