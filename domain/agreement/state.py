"""Where an agreement's terms, money and places stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.agreement.events import AgreedSeason
from domain.agreement.funds import Funds
from domain.agreement.money import NO_MONEY, Approval, Money
from domain.agreement.terms import NO_TERMS, Allowance, Terms, places_allowed
from domain.agreement.territory import Territory
from domain.asking.waiting import Requests
from domain.folds.use import Span
from domain.papers.state import Papers
from domain.rules import NEWEST, FundingSource
from domain.values.calendar import Calendar
from domain.values.money import NOTHING


@dataclass(frozen=True)
class AgreementState:
    """An agreement at some version; amounts in MAD."""

    version: int = 0
    seen: int = 0
    papers: Papers = field(default_factory=dict)
    signed_on: date | None = None
    signed_at: str | None = None
    territory: Territory | None = None
    season: AgreedSeason | None = None
    funding_source: FundingSource | None = None
    indh_phase: int | None = None
    terms: Terms = NO_TERMS
    parties: tuple[str, ...] = ()
    amendments: Mapping[int, Terms] = field(default_factory=dict)
    """What each that was entered says, by its number."""
    gap: Span | None = None
    """While a number below the highest was not entered, the last time."""
    allowances: tuple[Allowance, ...] = ()
    places_taken: int = 0
    received: Decimal = NOTHING
    carried_in: Decimal = NOTHING
    approvals: Mapping[UUID, Approval] = field(default_factory=dict)
    """By project."""
    money: Money = NO_MONEY
    """Of all approvals together."""
    repaid: Decimal = NOTHING
    carried_out: Decimal = NOTHING
    shortfall: Decimal = NOTHING
    """Declared: what the funder will not pay."""
    funds: Mapping[int, Funds] = field(default_factory=dict)
    """What came and went, by its number: 1 for what was entered first."""
    requests: Requests = field(default_factory=dict)
    closed: bool = False
    turned_on: date | None = None
    """The day on which it was last closed or reopened."""
    moved_on: date | None = None
    """The latest day of what changed its money or places, whenever that was entered."""
    over_since: date | None = None
    """Since when money has been in hand that came back after the closing."""

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def begun_on(self) -> date | None:
        return self.signed_on

    @property
    def is_open(self) -> bool:
        return self.exists and not self.closed

    @property
    def envelope(self) -> Decimal:
        return self.terms.envelope

    @property
    def gone(self) -> Decimal:
        """What left it for the funder, or for another agreement."""
        return self.repaid + self.carried_out

    @property
    def come(self) -> Decimal:
        """What came from the funder, or from another agreement."""
        return self.received + self.carried_in

    @property
    def room(self) -> Decimal:
        """What can still be committed, repaid or carried out."""
        return self.envelope - self.money.committed - self.gone

    @property
    def in_hand(self) -> Decimal:
        """Below zero: more was spent than has come in."""
        return self.come - self.money.spent - self.gone

    @property
    def lacking(self) -> Decimal:
        """What was spent, has not come in, and is not declared a shortfall."""
        return max(NOTHING, -self.in_hand - self.shortfall)

    @property
    def places(self) -> int:
        """Those planned, and those allowed since."""
        return self.terms.planned_places + places_allowed(self.terms, self.allowances)

    @property
    def places_left(self) -> int:
        return self.places - self.places_taken

    @property
    def missing_amendments(self) -> tuple[int, ...]:
        """The numbers below the highest that nobody entered."""
        return tuple(n for n in range(1, self.terms.number) if n not in self.amendments)

    def return_by(self, calendar: Calendar) -> date | None:
        """By when what came back after the closing is to be repaid, or carried over."""
        if self.over_since is None:
            return None
        return calendar.on_or_after(self.over_since + timedelta(days=NEWEST.return_days))
