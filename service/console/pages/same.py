"""Is this the same person? What stands where the number that is registered is somebody's already."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from starlette.responses import Response

from domain.beneficiary.steps import RegisterBeneficiary
from domain.errors import JisrError
from domain.message import Role
from service.access.table import STEPS
from service.console.failures import ISOLATED
from service.console.forms.questions import every
from service.console.pages.form import CONFLICT, Form
from service.console.showing.found import opening
from service.console.visit import Signed
from service.problems.problem import text_of
from service.queries.people import Beneficiary, get_beneficiary
from service.queries.staff import list_staff
from service.words import writing
from service.words.store import words

ELSEWHERE, ASK = "number_known_at_centre", "ask-for-referral"
KNOWN = frozenset({"number_known", "number_known_without_case", ELSEWHERE})
"""How the domain says that somebody has the number."""
REASON = "anyway_because"
"""The question that says why it is another person all the same."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing about the two: as it was typed, and as it was recorded before."""

    label: str
    typed: str
    known: str

    @property
    def agrees(self) -> bool:
        return bool(self.typed) and _folded(self.typed) == _folded(self.known)


async def same_page(form: Form, body: RegisterBeneficiary, error: JisrError) -> Response:
    """Both side by side, as far as the asker may see, and the three ways on; nothing is recorded."""
    visit, params = form.visit, error.params
    known = None
    if "beneficiary_id" in params:
        with suppress(JisrError):
            known = await visit.ask(get_beneficiary, UUID(str(params["beneficiary_id"])))
    _, why = text_of(error.code, params, visit.language, ISOLATED)
    labels = {each.name: each.label for each in every(form.questions)}
    return visit.page(
        "same.html",
        status=CONFLICT,
        form=form,
        why=why,
        compared=[*_compared(form, body, known)] if known else [],
        same=_case_of(visit, params),
        reference=str(params.get("reference", "")),
        reason=(REASON, labels[REASON]),
        whom=await _whom_to_ask(visit),
        asks=_asking(visit, body, error),
    )


@dataclass(frozen=True, slots=True)
class Asks:
    """What begins a request to the centre that has the number, without the number in an address."""

    key: str
    emergency: str
    """The key of opening the case in an emergency, instead."""
    number: str


def _asking(visit: Signed, body: RegisterBeneficiary, error: JisrError) -> Asks | None:
    """Where another centre has the person, and the asker may ask for them."""
    if error.code != ELSEWHERE or body.identity is None or ASK not in visit.steps:
        return None
    return Asks(uuid4().hex, uuid4().hex, body.identity.number)


def _case_of(visit: Signed, params: Mapping[str, object]) -> str:
    """Where it goes on if it is the same; nowhere if another centre has the person."""
    if "case_id" in params:
        return f"/cases/{params['case_id']}"
    if "beneficiary_id" in params and visit.actor.role in STEPS["open-case"].who:
        return opening(UUID(str(params["beneficiary_id"])), visit.actor)
    return ""


def _compared(form: Form, body: RegisterBeneficiary, known: Beneficiary) -> Iterator[Compared]:
    said, language = words(form.visit.language), form.visit.language

    def text(value: object) -> str:
        if isinstance(value, date):
            return writing.day(value, language)
        return "" if value is None else str(value)

    for name in ("name_ar", "name_latin", "birth_date", "birth_year"):
        yield Compared(said.field[name], text(getattr(body, name)), text(getattr(known, name)))
    sexes = (said.of(each) if each else "" for each in (body.sex, known.sex))
    yield Compared(said.field["sex"], *sexes)
    numbers = (each.number if each else "" for each in (body.identity, known.identity))
    yield Compared(said.field["number"], *(text(each) for each in numbers))


def _folded(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


async def _whom_to_ask(visit: Signed) -> list[str]:
    """The coordinators of the asker's own centre, by their posts."""
    found = await visit.ask(list_staff)
    return [
        each.label
        for each in found.staff
        if each.role is Role.COORDINATOR
        and each.left_on is None
        and each.centre == visit.actor.centre
        and each.staff_id != visit.actor.id
        and each.label
    ]
