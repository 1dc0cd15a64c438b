"""Orders, ceremonies, handovers, and the end of an approval: the fold."""

import dataclasses

from domain.asking.waiting import remember
from domain.case.evolve import met
from domain.case.moment import Moment, moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.message import Envelope
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment.equipment import Equipment
from domain.tracks.self_employment.evolve.track import (
    WITHOUT_PROJECT,
    track_so_far,
    with_track,
)
from domain.tracks.self_employment.state import Handover, SelfEmployment

evolve_delivery: Evolution[CaseState] = Evolution()
on = evolve_delivery.on
evolve_delivery.ignore(e.OwnPartRecorded, e.OwnPartGivenBack, e.BusinessFormalised)
remember(evolve_delivery, asked=(e.ApprovalEndRequested,), answered=())


@on(e.EquipmentOrdered)
def _ordered(state: CaseState, event: e.EquipmentOrdered, envelope: Envelope) -> CaseState:
    equipment = track_so_far(state, event, envelope).equipment.order(event.items)
    return with_track(state, event, envelope, ordered=moment(envelope), equipment=equipment)


@on(e.EquipmentUnordered)
def _unordered(state: CaseState, event: e.EquipmentUnordered, envelope: Envelope) -> CaseState:
    equipment = track_so_far(state, event, envelope).equipment.unorder(event.items)
    return with_track(state, event, envelope, equipment=equipment)


@on(e.EquipmentReceived)
def _received(state: CaseState, event: e.EquipmentReceived, envelope: Envelope) -> CaseState:
    so_far, when = track_so_far(state, event, envelope), moment(envelope)
    return with_track(
        state,
        event,
        envelope,
        received=when,
        first_received=so_far.first_received or when,
        equipment=so_far.equipment.receive(event.items),
    )


@on(e.PaymentRecorded)
def _paid(state: CaseState, event: e.PaymentRecorded, envelope: Envelope) -> CaseState:
    return with_track(state, event, envelope, paid=moment(envelope))


@on(e.EquipmentReplaced)
def _swapped(state: CaseState, event: e.EquipmentReplaced, envelope: Envelope) -> CaseState:
    """Whoever pays of the one was asked for no more of the other."""
    so_far = track_so_far(state, event, envelope)
    payers = {**so_far.payers, event.number: so_far.payers.get(event.item, frozenset())}
    equipment = so_far.equipment.swap(event.item, event.number)
    return with_track(state, event, envelope, equipment=equipment, payers=payers)


@on(e.EquipmentDropped)
def _dropped(state: CaseState, event: e.EquipmentDropped, envelope: Envelope) -> CaseState:
    so_far = track_so_far(state, event, envelope)
    equipment = so_far.equipment.drop(event.items, cash=event.cash)
    return with_track(
        state,
        event,
        envelope,
        equipment=equipment,
        delivered=_complete(so_far, equipment, envelope),
    )


def _complete(so_far: SelfEmployment, now: Equipment, envelope: Envelope) -> Moment | None:
    """When all was handed over: now, where nothing is left."""
    if so_far.delivered is not None:
        return so_far.delivered
    return moment(envelope) if now.complete else None


@on(e.PlacedOnCeremony)
def _placed(state: CaseState, event: e.PlacedOnCeremony, envelope: Envelope) -> CaseState:
    return with_track(
        state,
        event,
        envelope,
        ceremony_id=event.ceremony_id,
        on_list=True,
        list_changed=moment(envelope),
    )


@on(e.TakenOffCeremony)
def _taken_off(state: CaseState, event: e.TakenOffCeremony, envelope: Envelope) -> CaseState:
    return with_track(
        state, event, envelope, ceremony_id=None, on_list=False, list_changed=moment(envelope)
    )


@on(e.CeremonyMissed)
def _missed(state: CaseState, event: e.CeremonyMissed, envelope: Envelope) -> CaseState:
    """What they are handed later is still said to the ceremony, until they are on another's list."""
    return with_track(state, event, envelope, on_list=False, list_changed=moment(envelope))


@on(e.MissingLineAdded)
def _line_added(state: CaseState, event: e.MissingLineAdded, envelope: Envelope) -> CaseState:
    """What was handed over on that day outside every ceremony was handed over at this one."""
    so_far = track_so_far(state, event, envelope)
    handovers = tuple(
        dataclasses.replace(each, ceremony_id=event.ceremony_id)
        if each.ceremony_id is None and each.on == envelope.occurred_on
        else each
        for each in so_far.handovers
    )
    return with_track(
        state,
        event,
        envelope,
        ceremony_id=event.ceremony_id,
        on_list=handovers == so_far.handovers,
        list_changed=moment(envelope),
        handovers=handovers,
    )


@on(e.DeliveryConfirmed)
def _delivered(state: CaseState, event: e.DeliveryConfirmed, envelope: Envelope) -> CaseState:
    when, so_far = moment(envelope), track_so_far(state, event, envelope)
    equipment = so_far.equipment.hand_over(event.items, event.cash)
    return with_track(
        met(state, envelope) if event.in_person else state,
        event,
        envelope,
        equipment=equipment,
        first_delivery=so_far.first_delivery or when,
        delivered=_complete(so_far, equipment, envelope),
        on_list=False,
        handovers=(*so_far.handovers, _handover(state, so_far, event, envelope)),
    )


def _handover(
    case: CaseState, track: SelfEmployment, event: e.DeliveryConfirmed, envelope: Envelope
) -> Handover:
    return Handover(
        position=envelope.position,
        on=envelope.occurred_on,
        goods=event.goods,
        cash=event.cash,
        project_id=track.project_id,
        agreement_id=track.agreement_id,
        ceremony_id=event.ceremony_id,
        trade=track.trade,
        province=case.province,
        centre=case.centre,
    )


@on(e.ApprovalEnded)
def _ended(state: CaseState, event: e.ApprovalEnded, envelope: Envelope) -> CaseState:
    """What was handed over stays, and is visited."""
    when, so_far = moment(envelope), track_so_far(state, event, envelope)
    delivered = so_far.delivered or (when if so_far.first_delivery else None)
    return with_track(
        state, event, envelope, **WITHOUT_PROJECT, turned_back=when, delivered=delivered
    )
