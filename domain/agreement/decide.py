"""The rules of an agreement. Whatever lowers its room needs the room, whatever happens at once."""

from datetime import date
from decimal import Decimal

from domain.agreement import events as e
from domain.agreement import steps as s
from domain.agreement.state import AgreementState
from domain.agreement.terms import Terms, places_allowed
from domain.agreement.territory import require_met_alone
from domain.errors import Refused
from domain.folds.replacing import replace
from domain.message import Actor, Command, Event, StreamKind, stream_id
from domain.registry.state import REGISTRY
from domain.rules import FAMILIES, FamilyOfSources
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import AGREEMENT, CENTRES, StreamRole
from domain.values.money import NOTHING

CARRIED_INTO: StreamRole[AgreementState] = StreamRole(
    "carried_into", StreamKind.AGREEMENT, answered=False
)
"""The agreement that takes what another hands on."""


def reads_centres(_command: Command, _agreement: AgreementState) -> Roles:
    return {CENTRES: REGISTRY}


def reads_both(command: Command, _agreement: AgreementState) -> Roles:
    step: s.CarryFundsOver = command.step  # type: ignore[assignment]  # its row's own step
    return {CARRIED_INTO: stream_id(StreamKind.AGREEMENT, step.into)}


def of_its_territory(world: World, agreement: AgreementState, actor: Actor, today: date) -> None:
    """Of the one centre that its territory meets; of the division, where it meets several."""
    if agreement.territory is not None:
        require_met_alone(agreement.territory, world.registry, actor, today)


def sign(_: World, step: s.SignAgreement, __: Context) -> Event:
    if not step.territory.is_clear:
        raise Refused("territory_unclear", reach=str(step.territory.reach))
    if not step.territory.places:
        raise Refused("region_without_provinces")
    if step.season.ends_on < step.season.starts_on:
        raise Refused("season_ends_before_start")
    if step.indh_phase is not None and FAMILIES[step.funding_source] is not FamilyOfSources.INDH:
        raise Refused("phase_without_indh", source=str(step.funding_source))
    not_before(step.ends_on, step.occurred_on)
    return echo(e.AgreementSigned, step)


def amend(world: World, step: s.AmendAgreement, _: Context) -> Event:
    """An amendment takes back neither money that is committed, gone or come, nor places taken.

    One with a lower number than that in force changes nothing, and may say anything.
    """
    agreement = world.agreement
    if step.number in agreement.amendments:
        raise Refused("amendment_already_entered", number=step.number)
    not_before(step.ends_on, agreement.signed_on)
    if step.number > agreement.terms.number:
        _require_bearable(agreement, step)
    return echo(e.AgreementAmended, step)


def _require_bearable(agreement: AgreementState, step: s.AmendAgreement) -> None:
    bound = agreement.money.committed + agreement.gone
    if step.envelope < bound:
        raise Refused("envelope_below_committed", committed=str(bound))
    if step.envelope < agreement.come:
        raise Refused("envelope_below_received", received=str(agreement.come))
    since = (step.occurred_on, agreement.version + 1)
    still_allowed = places_allowed(Terms(since=since), agreement.allowances)
    if step.planned_places + still_allowed < agreement.places_taken:
        raise Refused("places_below_taken", taken=agreement.places_taken)


def receive(world: World, step: s.RecordFundsReceived, _: Context) -> Event:
    """Never above the envelope: only an amendment raises it."""
    require_takes(world.agreement, step.amount)
    require_tranche(world.agreement, step.tranche)
    return echo(e.FundsReceived, step)


def require_tranche(agreement: AgreementState, tranche: int | None) -> None:
    """Raises `Refused` for one that is not planned."""
    tranches = len(agreement.terms.tranches)
    if tranche is not None and tranche > tranches:
        raise Refused("tranche_unknown", tranche=tranche, tranches=tranches)


def repay(world: World, step: s.RepayFunds, _: Context) -> Event:
    require_in_hand(world.agreement, step.amount)
    return echo(e.FundsRepaid, step)


def carry_over(world: World, step: s.CarryFundsOver, ctx: Context) -> Events:
    """Out of the one and into the other, in one commit."""
    into = world[CARRIED_INTO]
    if not into.exists:
        raise Refused("agreement_not_found")
    if step.into == ctx.name:
        raise Refused("carried_into_itself")
    not_before(step.occurred_on, into.signed_on)
    require_in_hand(world.agreement, step.amount)
    require_takes(into, step.amount)
    carried_in = e.FundsCarriedIn(out_of=ctx.name, amount=step.amount)
    return [(AGREEMENT, echo(e.FundsCarriedOut, step)), (CARRIED_INTO, carried_in)]


def require_takes(agreement: AgreementState, amount: Decimal) -> None:
    """Raises `Refused` unless so much (MAD) may come in."""
    if agreement.closed:
        raise Refused("agreement_closed")
    most = agreement.envelope - agreement.come
    if amount > most:
        raise Refused("funds_exceed_envelope", most=str(most), asked=str(amount))


def require_takes_corrected(
    agreement: AgreementState, amount: Decimal, instead_of: Decimal
) -> None:
    """As `require_takes`, in the place of so much (MAD) that did not come: a closed one takes no more."""
    if agreement.closed and amount > instead_of:
        raise Refused("agreement_closed_to_spending")
    require_takes(replace(agreement, closed=False), amount)


def require_in_hand(agreement: AgreementState, amount: Decimal) -> None:
    """Raises `Refused` unless so much (MAD) may leave it: it is in hand, and nothing claims it."""
    most = max(NOTHING, min(agreement.room, agreement.in_hand))
    if amount > most:
        raise Refused("not_free_in_hand", most=str(most), asked=str(amount))


def declare_shortfall(world: World, step: s.DeclareShortfall, _: Context) -> Event:
    lacking = world.agreement.lacking
    if step.amount > lacking:
        raise Refused("shortfall_exceeds_lack", lacking=str(lacking), asked=str(step.amount))
    return echo(e.ShortfallDeclared, step)


def close(world: World, step: s.CloseAgreement, _: Context) -> Event:
    """Nothing is to come and nothing in hand; what the funder does not pay is declared."""
    agreement = world.agreement
    not_before(step.occurred_on, agreement.moved_on)
    not_before(step.occurred_on, agreement.turned_on)
    if agreement.money.to_come != NOTHING:
        raise Refused("agreement_has_money_to_come", to_come=str(agreement.money.to_come))
    if agreement.in_hand > NOTHING:
        raise Refused("agreement_has_money_in_hand", in_hand=str(agreement.in_hand))
    if agreement.lacking > NOTHING:
        raise Refused("agreement_lacks_money", lacking=str(agreement.lacking))
    return echo(e.AgreementClosed, step)


def reopen(world: World, step: s.ReopenAgreement, _: Context) -> Event:
    not_before(step.occurred_on, world.agreement.turned_on)
    return echo(e.AgreementReopened, step)


def require_room(agreement: AgreementState, amount: Decimal) -> None:
    """Raises `Refused` unless it takes one more approval: it is open, with money (MAD) and a place."""
    if agreement.closed:
        raise Refused("agreement_closed")
    if amount > agreement.room:
        raise Refused("envelope_exceeded", room=str(agreement.room), asked=str(amount))
    if agreement.places_left < 1:
        raise Refused("places_exhausted", places=agreement.places_taken)


def require_room_to_correct(agreement: AgreementState, amount: Decimal) -> None:
    """Raises `Refused` unless a correction may claim so much (MAD) of what was free."""
    if amount <= NOTHING:
        return
    if agreement.closed:
        raise Refused("agreement_closed_to_spending")
    if amount > agreement.room:
        raise Refused("correction_without_room", room=str(agreement.room), asked=str(amount))
