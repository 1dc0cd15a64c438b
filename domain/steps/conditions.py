"""What must hold for a step to be open: about life as of the step's own day, about the house now.

Staff enter things late. So what a person's life was like (in custody, free, enrolled, trained) is
asked of the case as it was on the day of which a step tells, and what the house is like (the case is
open, whose it is, what money and goods stand where) of the case as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import Param, Refused


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold; `code` says what is missing. Made by `life` and `house`."""

    code: str
    holds: Callable[[Any], bool]
    now: bool
    """Whether it must hold at present."""
    then: bool
    """Whether it must have held by the end of the step's own day."""
    rests: bool
    """Whether what was done rests on it: nothing entered later may take it away."""


def house(code: str, holds: Callable[[Any], bool]) -> Condition:
    """About the house: it is judged when the step is taken, and never again."""
    return Condition(code, holds, now=True, then=False, rests=False)


def life(
    code: str, holds: Callable[[Any], bool], *, now: bool = False, rests: bool = True
) -> Condition:
    """About life: it must have held on the step's own day.

    `now`: and at present too, since goods or money move by it today. `rests`: False for what only
    keeps something from being done twice: nothing rests on that.
    """
    return Condition(code, holds, now=now, then=True, rests=rests)


Since = Callable[[Callable[[Any], bool]], date | None]
"""The first day after the step's own after which something held."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What conditions are asked of: a state as it is, and as it was on the step's own day."""

    now: Any
    then: Any
    """The very same where nothing came later."""
    day: date
    since: Since

    def require(self, conditions: Iterable[Condition], **where: Param) -> None:
        """Raises `Refused` with the code of the first that does not hold.

        What holds now and did not yet hold then came later: the refusal says when.
        """
        for each in conditions:
            if each.now and not each.holds(self.now):
                raise Refused(each.code, **where)
            if each.then and not each.holds(self.then):
                earliest = self.since(each.holds) if each.holds(self.now) else None
                if self.then is self.now or earliest is None:
                    raise Refused(each.code, **where)
                told = {"date": str(self.day), "earliest": str(earliest)}
                raise Refused("date_before_earlier_step", **where, **told)
