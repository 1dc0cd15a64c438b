"""Two registrations that are said to be one person, side by side: for who asks, and for who confirms."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.beneficiary.state import born_on
from domain.errors import JisrError
from domain.project.vocabulary import DecisionKind
from service.console.choices.asking import as_id
from service.console.hand_made.asking import Asking, HandMade
from service.console.showing.person import phone_written
from service.console.visit import Signed
from service.queries.agreements import get_agreement
from service.queries.cases import CaseAnswer, get_case
from service.queries.people import Beneficiary, get_beneficiary
from service.words import writing
from service.words.store import words

LAST_DIGITS = 3
Value = str | date | None


@dataclass(frozen=True, slots=True)
class Side:
    """One field of both."""

    label: str
    own: tuple[Value, ...]
    other: tuple[Value, ...]
    agrees: bool
    differs: bool
    """Whether both are known, and are not the same."""


@dataclass(frozen=True, slots=True)
class Both:
    """The one who is to go by the other, and that other."""

    own: Beneficiary
    other: Beneficiary | None
    """None: of another centre, or not to be read."""
    sides: tuple[Side, ...]
    follows: tuple[str, ...]
    """What will happen, in sentences."""


@dataclass(frozen=True, slots=True)
class _One:
    """One of them, with their cases that the reader may read."""

    person: Beneficiary
    cases: tuple[CaseAnswer, ...]

    @property
    def open_case(self) -> CaseAnswer | None:
        return next((each for each in self.cases if each.is_open), None)


async def side_by_side(
    visit: Signed, own: Beneficiary, other: UUID, goes_on: UUID | None = None
) -> Both:
    """As the visitor may know them; `goes_on`: which of two open cases does, once it is chosen."""
    one = await _one(visit, own)
    try:
        two = await _one(visit, await visit.ask(get_beneficiary, other))
    except JisrError:
        return Both(own, None, (), ())
    follows = [each async for each in _follows(visit, one, two, goes_on)]
    return Both(own, two.person, tuple(_sides(visit, one, two)), tuple(follows))


async def _one(visit: Signed, person: Beneficiary) -> _One:
    found = []
    for each in dict.fromkeys(filter(None, (person.open_case, person.last_case))):
        with suppress(JisrError):
            found.append(await visit.ask(get_case, each))
    return _One(person, tuple(found))


def _sides(visit: Signed, one: _One, two: _One) -> Iterator[Side]:
    said = words(visit.language)

    def side(label: str, own: Any, other: Any, shown: Any = None) -> Side:
        """`shown`: what is written of a value, where that is not itself."""
        written = shown or (lambda each: each)
        return Side(
            label,
            (written(own),) if own is not None else (),
            (written(other),) if other is not None else (),
            agrees=own is not None and own == other,
            differs=None not in (own, other) and own != other,
        )

    own, other = one.person, two.person
    for name in ("name_ar", "name_latin"):
        yield side(said.field[name], getattr(own, name), getattr(other, name))
    yield side(said.field["sex"], own.sex, other.sex, said.of)
    born = (own.birth_date or own.birth_year, other.birth_date or other.birth_year)
    yield side(said.field["birth_date"], *born, lambda it: it if isinstance(it, date) else str(it))
    yield side(said.field["identity"], _paper(own), _paper(other), _ending)
    yield side(said.page["phone"], own.phone, other.phone, _phone)
    yield _contacts(visit, own, other)
    yield side(said.field["address"], own.address, other.address)
    yield side(said.page["speaks"], own.language, other.language, said.of)
    yield Side(
        said.page["caseload"],
        tuple(part for each in one.cases for part in (each.reference, said.of(each.stage))),
        tuple(part for each in two.cases for part in (each.reference, said.of(each.stage))),
        agrees=False,
        differs=False,
    )


def _contacts(visit: Signed, own: Beneficiary, other: Beneficiary) -> Side:
    mine, theirs = (
        {each.phone or each.name: each for each in person.contacts or ()} for person in (own, other)
    )
    return Side(
        words(visit.language).field["contacts"],
        tuple(f"{each.relation} {_phone(each.phone or '')}".strip() for each in mine.values()),
        tuple(f"{each.relation} {_phone(each.phone or '')}".strip() for each in theirs.values()),
        agrees=bool(mine.keys() & theirs.keys()),
        differs=False,
    )


def _paper(person: Beneficiary) -> str | None:
    return person.identity.number if person.identity else None


def _ending(number: str) -> str:
    return f"…{number[-LAST_DIGITS:]}"


def _phone(number: str) -> str:
    return phone_written(number).written if number else ""


async def _follows(visit: Signed, one: _One, two: _One, goes_on: UUID | None) -> AsyncIterator[str]:
    said = words(visit.language).page
    yield said["merge_both_lead"]
    yield said["merge_histories_stay"]
    mine, theirs = one.open_case, two.open_case
    if mine is not None and theirs is not None:
        kept = {each.case_id: each for each in (mine, theirs)}.get(goes_on or UUID(int=0))
        aside = None if kept is None else mine if kept is theirs else theirs
        if kept is None or aside is None:
            yield said["merge_choose_case"]
        else:
            yield said["merge_case_goes_on"].format(goes=kept.reference, aside=aside.reference)
    own, other = one.person, two.person
    born = [born_on(each.birth_date, each.birth_year) for each in (own, other)]
    if born[1] is not None and born[0] != born[1]:
        yield said["merge_birth_date"].format(day=writing.day(born[1], visit.language))
    twice = await _sources(visit, one) & await _sources(visit, two)
    for source in sorted(twice):
        yield said["merge_funded_twice"].format(
            source=words(visit.language).code["FundingSource"][source]
        )
    yield said["merge_second_person"]


async def _sources(visit: Signed, one: _One) -> set[str]:
    """Which sources approved a project of theirs."""
    found = set[str]()
    for case in one.cases:
        for track in case.with_projects:
            for each in track.submissions:
                if each.decision is DecisionKind.APPROVE:
                    with suppress(JisrError):
                        agreement = await visit.ask(get_agreement, each.agreement_id)
                        found.add(str(agreement.funding_source))
    return found


async def asked_to_merge(visit: Signed, own: Beneficiary, says: Mapping[str, Any]) -> Both | None:
    """By what was typed, or by the request that waits; None while nobody is named."""
    other = as_id(str(says.get("goes_by") or ""))
    goes_on = as_id(str(says.get("goes_on") or ""))
    return None if other is None else await side_by_side(visit, own, other, goes_on)


async def asked_to_part(visit: Signed, own: Beneficiary) -> Both | None:
    """From whom they go by; None where they do not."""
    if own.merged_into is None:
        return None
    both = await side_by_side(visit, own, own.merged_into)
    said = words(visit.language).page
    told = (said["part_each_own"], said["part_since_stays"], said["merge_second_person"])
    return replace(both, follows=told)


async def _to_merge(asking: Asking) -> Mapping[str, Any]:
    own = asking.answer
    found = isinstance(own, Beneficiary) and await asked_to_merge(asking.visit, own, asking.typed)
    return {"both": found} if found else {}


async def _to_part(asking: Asking) -> Mapping[str, Any]:
    own = asking.answer
    found = isinstance(own, Beneficiary) and await asked_to_part(asking.visit, own)
    return {"both": found} if found else {}


MERGING: Mapping[str, HandMade] = {
    "merge-person": HandMade("hand_made/merge.html", "hand_made/merge_check.html", _to_merge),
    "undo-merge": HandMade("hand_made/merge.html", "hand_made/merge_check.html", _to_part),
}
