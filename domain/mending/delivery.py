"""A delivery that was entered wrongly: told anew in its place, or none; its money compensated."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from domain.agreement import events as a
from domain.agreement.state import AgreementState
from domain.case.minors import require_of_age
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.ceremony import events as c
from domain.ceremony.state import CeremonyState, Line
from domain.ceremony.vocabulary import LineState, MissedBecause, OffListBecause
from domain.errors import Refused
from domain.mending.compensating import Account
from domain.mending.entering import MoneyMending
from domain.mending.entries import Entry
from domain.mending.recording import Said
from domain.message import Event, StreamKind, name_of
from domain.project import events as p
from domain.project.item import Item
from domain.project.state import ProjectState
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.roles import CASE, CEREMONY, StreamRole
from domain.tracks.parts import ENTERED
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.delivery import goods_of, handed_over, items_delivered
from domain.tracks.self_employment.state import Handover, SelfEmployment
from domain.values.money import NOTHING, total

Made = list[tuple[StreamRole[Any], Event]]
Parts = Mapping[UUID, Decimal]
"""MAD by the agreement that pays."""


def correct_delivery(world: World, step: s.CorrectDelivery, ctx: Context) -> Events:
    return _Correcting(world, ctx).delivery(step)


class _Correcting(MoneyMending):
    """One delivery that is told anew, or was none."""

    def delivery(self, step: s.CorrectDelivery) -> Events:
        entry, was = self.entry_with(step.entry_number, e.DeliveryConfirmed)
        project_id, project = self.project_of(entry)
        before = cast("ProjectState", project.state)
        told = s.ConfirmDelivery(
            **{name: getattr(step, name) for name in s.DeliveryTold.model_fields},
            track_id=was.track_id,
        )
        track = self._track(was)
        _require_in_hands(track, before, set(was.items) - {i.item for i in step.items})
        is_told = bool(step.items or step.cash)
        corrected = frozenset(entry.versions) if is_told else frozenset[int]()
        made = self._leave_out([entry], Said(corrected, step.explanation or ""), step)
        said = _said_before(project.before, entry)
        old_goods, old_cash = goods_of(before, was.items), {said.cash_of: was.cash}
        new_goods: Parts = {}
        new_cash: Mapping[UUID | None, Decimal] = {}
        if is_told:
            left_out = cast("ProjectState", project.state)
            new_goods, new_cash = self._allowed(told, project_id, left_out, said)
            now = e.DeliveryConfirmed(
                track_id=was.track_id,
                items=tuple(each.item for each in told.items),
                goods=total(new_goods.values()),
                cash=total(new_cash.values()),
                ceremony_id=self._ceremony_of(was, told),
                proxy=told.proxy,
            )
            handed = items_delivered(told, next(iter(new_cash), None))
            made.append(self.told_anew(CASE, now, told, entry))
            made.append(self.told_anew(project.role, handed, told, entry))
        made += self._on_ceremony(was, track, handed_later=is_told)
        self.require_standing()
        after = cast("ProjectState", project.state)
        for account in self._accounts(project_id, after):
            name = account.agreement_id
            said_now = a.DeliveryCorrected(
                project_id=project_id,
                goods=new_goods.get(name, NOTHING),
                cash=new_cash.get(name, NOTHING),
                goods_before=old_goods.get(name, NOTHING),
                cash_before=old_cash.get(name, NOTHING),
            )
            made += _moved(account, said_now, after)
        return made

    def _track(self, was: e.DeliveryConfirmed) -> SelfEmployment:
        track = cast("CaseState", self._case.state).tracks.get(was.track_id)
        if not isinstance(track, SelfEmployment):
            raise Refused("history_incomplete")
        return track

    def _accounts(self, project_id: UUID, project: ProjectState) -> Iterator[Account]:
        for name in project.granted:
            role: StreamRole[AgreementState] = self._world.role_of(StreamKind.AGREEMENT, name)
            yield Account(role, self._world[role], name, project_id)

    def _allowed(
        self,
        told: s.ConfirmDelivery,
        project_id: UUID,
        project: ProjectState,
        said: p.ItemsDelivered,
    ) -> tuple[Parts, Mapping[UUID | None, Decimal]]:
        """What each agreement gave, as life was on that day; raises `Refused`."""
        row = ENTERED["confirm-delivery"]
        self._require_open(row, told)
        then = cast("CaseState", self._case.as_of(told.occurred_on))
        track = then.tracks.get(known(told.track_id))
        if isinstance(track, SelfEmployment):
            not_before(told.occurred_on, day_of(track.undertaking))
        if told.cash:
            require_of_age(then, told.occurred_on)
        goods = goods_of(project, handed_over(told, project))
        cash = total(part.amount for part in told.cash)
        if cash == NOTHING:
            return goods, {}
        return goods, {self._granter(project_id, project, cash, said): cash}

    def _granter(
        self, project_id: UUID, project: ProjectState, cash: Decimal, said: p.ItemsDelivered
    ) -> UUID:
        """Whose cash it was, as far as that reaches; else the first grant that has so much left."""
        left = NOTHING
        accounts = list(self._accounts(project_id, project))
        for account in sorted(accounts, key=lambda each: each.agreement_id != said.cash_of):
            money = account.approval.money
            back = total(each.amount for each in said.cash)
            mine = account.agreement_id == said.cash_of
            free = money.cash_left + (back if mine else NOTHING)
            left = max(left, free)
            if cash <= free and (mine or not account.approval.ended):
                return account.agreement_id
        raise Refused("cash_exceeds_grant", left=str(left), asked=str(cash))

    @property
    def _ceremony(self) -> CeremonyState | None:
        found = self._world.states.get(CEREMONY)
        return found if isinstance(found, CeremonyState) and found.exists else None

    def _line(self) -> Line | None:
        return self._ceremony.line(self._ctx.name) if self._ceremony else None

    def _ceremony_of(self, was: e.DeliveryConfirmed, told: s.ConfirmDelivery) -> UUID | None:
        """On the day of the ceremony it is told there, where it was told so, or their line waits."""
        ceremony, line = self._ceremony, self._line()
        if ceremony is None or line is None or told.occurred_on != ceremony.held_on:
            return None
        if was.ceremony_id is None and line.state in (LineState.ABSENT, LineState.LATER):
            raise Refused("line_told_as_missed", held_on=str(ceremony.held_on))
        return was.ceremony_id or self._track(was).ceremony_id

    def _on_ceremony(
        self, was: e.DeliveryConfirmed, before: SelfEmployment, *, handed_later: bool
    ) -> Made:
        """Its line says what it says now; one on which nothing is left waits again, or was missed."""
        ceremony, line = self._ceremony, self._line()
        if ceremony is None or line is None:
            return []
        ceremony_id = UUID(name_of(self._world.ids[CEREMONY]))
        old, new = _told_at(before, ceremony_id), _told_at(self._track(was), ceremony_id)
        state = line.state
        if new:
            state = LineState.TOLD
        elif old or state is LineState.LATER:
            state = self._missed(ceremony, handed_later=handed_later)
        corrected = c.LineCorrected(
            case_id=self._ctx.name,
            state=state,
            goods=total(each.goods for each in new),
            cash=total(each.cash for each in new),
            goods_before=total(each.goods for each in old),
            cash_before=total(each.cash for each in old),
        )
        unchanged = (corrected.goods, corrected.cash) == (
            corrected.goods_before,
            corrected.cash_before,
        )
        events: Made = [] if unchanged and state is line.state else [(CEREMONY, corrected)]
        return [*events, *self._off_the_list(ceremony, was, state)]

    def _missed(self, ceremony: CeremonyState, *, handed_later: bool) -> LineState:
        if handed_later:
            return LineState.LATER
        return LineState.ABSENT if ceremony.held else LineState.LISTED

    def _off_the_list(
        self, ceremony: CeremonyState, was: e.DeliveryConfirmed, state: LineState
    ) -> Made:
        """The case says the same: nobody waits for a ceremony that is over."""
        track = self._track(was)
        over = ceremony.held or ceremony.cancelled
        if not (track.on_list and over) or track.ceremony_id is None:
            return []
        gone: Event
        if ceremony.held:
            because = MissedBecause.LATER if state is LineState.LATER else MissedBecause.ABSENT
            gone = e.CeremonyMissed(
                track_id=was.track_id, ceremony_id=track.ceremony_id, because=because
            )
        else:
            gone = e.TakenOffCeremony(
                track_id=was.track_id,
                ceremony_id=track.ceremony_id,
                because=OffListBecause.CEREMONY_CANCELLED,
            )
        on = known(ceremony.held_on)
        part = self._case.role.entering(s.TakeOffCeremony(occurred_on=on), None)
        self._case.add(part, gone, self._ctx, on)
        return [(part, gone)]


def _told_at(track: SelfEmployment, ceremony_id: UUID) -> list[Handover]:
    return [each for each in track.handovers if each.ceremony_id == ceremony_id]


def _said_before(events: Any, entry: Entry) -> p.ItemsDelivered:
    for each in events:
        same = each.envelope.command_id == entry.about.command_id
        if same and isinstance(each.event, p.ItemsDelivered):
            return each.event
    raise Refused("history_incomplete")


def _require_in_hands(track: SelfEmployment, project: ProjectState, gone: set[int]) -> None:
    """Raises `Refused` where something was told since of an item that was not handed over at all."""
    about = {item for problem in track.problems.values() for item in problem.items}
    for number in sorted(gone):
        item: Item = project.items[number]
        if item.back is not None or number in about or number in project.found:
            raise Refused("told_of_item_since", item=number)


def _moved(account: Account, said: a.DeliveryCorrected, after: ProjectState) -> Events:
    """Nothing more of an ended approval; and never less than came back of it."""
    goods, cash = said.goods - said.goods_before, said.cash - said.cash_before
    approval = account.approval
    if approval.ended and (goods > NOTHING or cash > NOTHING):
        raise Refused("not_approved", line=1)
    if approval.money.delivered + goods + cash < approval.money.recovered:
        raise Refused("recovery_rests_on_delivery", recovered=str(approval.money.recovered))
    if goods == cash == NOTHING and said.goods + said.cash == NOTHING:
        return ()
    return account.corrected(
        after, *([said] if goods or cash else ()), delivered=goods + cash, cash_paid=cash
    )
