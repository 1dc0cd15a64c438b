"""The example's batch: a leaver's cases are given to somebody else, and another list is not."""

from domain.batch import steps as b
from domain.example.person import Person
from domain.message import Step


def batch(who: Person) -> tuple[Step, ...]:
    caseworker = b.Answer(field="caseworker", value=str(who.caseworker))
    return (
        b.PrepareBatch(
            occurred_on=who.day(600),
            takes="assign-caseworker",
            answers=(caseworker,),
            count=3,
            lines=(b.BatchLine(case_id=who.project_id, said="TAZ-23-0001"),),
            explanation="Their caseworker leaves at the end of the month.",
        ),
        b.AddBatchLines(
            occurred_on=who.day(600),
            lines=(b.BatchLine(said="TAZ-23-0002"), b.BatchLine(said="TAZ-23-0003")),
        ),
        b.MatchBatchLines(
            occurred_on=who.day(600),
            matched=(b.MatchedLine(line=2, case_id=who.order_id), b.MatchedLine(line=3)),
        ),
        b.RecheckBatch(occurred_on=who.day(601)),
        b.StartBatch(occurred_on=who.day(601), looked_at="0" * 64),
        b.PauseBatch(occurred_on=who.day(601)),
        b.ResumeBatch(occurred_on=who.day(601)),
        b.StopBatch(occurred_on=who.day(601), explanation="The list was last year's."),
        b.ForgetBatch(occurred_on=who.day(700)),
    )
