"""A ceremony's list as its page tells it: what lacks something first, and why."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from domain.message import Role
from service.console.showing.ceremony import Lack, list_lines
from service.console.showing.gaps import Gap, Missing
from service.queries.ceremonies import ItemStanding, Line, LineStanding, ListedItem
from service.words.language import Language
from service.words.store import words

SAID = words(Language.ENGLISH)
OVEN = ListedItem(item=1, label="oven", standing=ItemStanding.RECEIVED)
NOT_RECEIVED = ItemStanding.NOT_RECEIVED
MIXER = ListedItem(item=2, label="mixer", standing=ItemStanding.NOT_ORDERED)


def line(state: LineStanding, **changes: Any) -> Line:
    known: dict[str, Any] = {
        "ceremony_id": UUID(int=1),
        "case_id": uuid4(),
        "project_id": UUID(int=2),
        "agreement_id": UUID(int=3),
        "replaced_by": None,
        "goods": Decimal(0),
        "cash": Decimal(0),
        "centre": "taza",
        "reference": "TAZ-24-0001",
        "name_ar": None,
        "name_latin": "Salma",
        "erased_on": None,
        "key_lost": False,
        "restricted_until": None,
        "cash_grant": None,
        "items": (OVEN,),
        "undertaking_signed": True,
        "photographs": True,
    }
    return Line(state=state, **known | changes)


def test_what_lacks_something_comes_first_and_says_what() -> None:
    told = line(LineStanding.TOLD)
    ready = line(LineStanding.READY, reference="TAZ-24-0002")
    listed = line(LineStanding.LISTED, reference="TAZ-24-0003", items=(OVEN, MIXER))
    lines = list_lines((told, ready, listed), Role.CASEWORKER, "taza", Language.ENGLISH)
    assert [each.state for each in lines] == [
        LineStanding.LISTED,
        LineStanding.READY,
        LineStanding.TOLD,
    ]
    assert lines[0].lacks == (Lack(SAID.code["ItemStanding"]["not_ordered"]),)
    lacking = [each.lacks for each in lines[0].items]
    assert lacking == ["", SAID.code["ItemStanding"]["not_ordered"]]


def test_what_lacks_leads_to_the_step_that_mends_it() -> None:
    may = ("sign-undertaking", "receive-lines", "place-order", "confirm-delivery")
    order = UUID(int=7)
    coming = ListedItem(item=3, label="press", standing=NOT_RECEIVED, order_id=order)
    lacking = line(LineStanding.LISTED, undertaking_signed=False, items=(OVEN, MIXER, coming))
    (told,) = list_lines((lacking,), Role.CASEWORKER, "taza", Language.ENGLISH, may)
    assert [each.text for each in told.lacks] == [
        SAID.page["undertaking_missing"],
        SAID.code["ItemStanding"]["not_ordered"],
        SAID.code["ItemStanding"]["not_received"],
    ]
    assert [each.step.href for each in told.lacks if each.step] == [
        f"/cases/{told.case_id}/steps/sign-undertaking",
        "/steps/place-order",
        f"/orders/{order}/steps/receive-lines",
    ]
    (lent,) = list_lines((lacking,), Role.CASEWORKER, "ifrane", Language.ENGLISH, may)
    assert [each.step for each in lent.lacks] == [None, None, None]
    (over,) = list_lines((line(LineStanding.TOLD),), Role.CASEWORKER, "taza", Language.ENGLISH, may)
    assert (over.lacks, over.steps) == ((), ())


def test_a_line_of_another_centre_opens_no_case_and_names_nobody_once_it_is_lent_no_more() -> None:
    theirs = line(LineStanding.READY, centre="ifrane")
    untold = line(LineStanding.ABSENT, centre="ifrane", reference=None, name_latin=None, items=())
    lent, over = list_lines((theirs, untold), Role.CASEWORKER, "taza", Language.ENGLISH)
    assert (lent.case_id, lent.names[0].text) == (None, "Salma")
    assert (over.case_id, over.names, over.missing) == (None, (), Missing(Gap.NOT_SHOWN))


def test_the_division_opens_every_case_and_reads_no_name() -> None:
    masked = line(LineStanding.TOLD, name_latin=None)
    (told,) = list_lines((masked,), Role.DIVISION, None, Language.ENGLISH)
    assert told.case_id == masked.case_id
    assert told.missing == Missing(Gap.NOT_SHOWN)
