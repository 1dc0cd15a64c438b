"""What stands in the way of closing an agreement, each with the step that clears it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from domain.values.money import NOTHING
from projections.views.agreements import AgreementRow
from service.console.showing.links import StepLink, links_on
from service.problems.problem import text_of
from service.words.language import Language

ISOLATED = "\u2068{}\u2069"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing, in the words of the refusal that it would make."""

    text: str
    steps: tuple[StepLink, ...]


def obstacles(row: AgreementRow, may: Collection[str], language: Language) -> Iterator[Obstacle]:
    """As `domain.agreement.decide.close` asks; none of one that is closed."""
    if row.status == "closed":
        return
    for holds, code, params, steps in (
        (row.to_come != NOTHING, "agreement_has_money_to_come", {"to_come": row.to_come}, ()),
        (
            row.in_hand > NOTHING,
            "agreement_has_money_in_hand",
            {"in_hand": row.in_hand},
            ("repay-funds", "carry-funds-over"),
        ),
        (
            row.lacking > NOTHING,
            "agreement_lacks_money",
            {"lacking": row.lacking},
            ("record-funds-received", "declare-shortfall"),
        ),
    ):
        if holds:
            told = {name: str(amount) for name, amount in params.items()}
            _, why = text_of(code, told, language, ISOLATED)
            yield Obstacle(why, links_on(steps, may, "agreements", row.agreement_id, language))
