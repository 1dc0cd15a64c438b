"""From sheets to plain data: texts in both languages, each value with how it is written.

`speech.py` writes names, days, amounts; then a module for each kind of sheet.
"""

from collections.abc import Callable, Mapping
from typing import Any

from service.printing.leading_back import code_of, mark_of
from service.printing.setting.slip import slip
from service.printing.setting.speech import Pair, Told, moment, said, texts
from service.queries.papers_out.sheets import Paper, Printout, Sheet, Slip
from service.words import writing
from service.words.language import Language

SETTINGS: Mapping[type[Sheet], Callable[[Any], Told]] = {Slip: slip}
"""By what a sheet is."""
TITLES: Mapping[Paper, str] = {paper: f"title_{paper}" for paper in Paper}


def set_sheets(what: Printout, public_address: str | None) -> Told:
    """All that the templates are given."""
    return {
        "paper": what.paper,
        "title": said(TITLES[what.paper]),
        "house": _house(what),
        "position": writing.number(what.position, Language.FRENCH),
        "at": moment(what.printed_at),
        "by": what.printed_by or "—",
        "find": None if public_address else said("find_by_reference"),
        "words": texts(),
        "sheets": [_sheet(each, what, public_address) for each in what.sheets],
    }


def _sheet(sheet: Sheet, what: Printout, public_address: str | None) -> Told:
    told = SETTINGS[type(sheet)](sheet)
    return {
        **told,
        "reference": sheet.reference,
        "mark": mark_of({"paper": what.paper, "sheet": told}),
        "code": code_of(sheet, what, public_address),
    }


def _house(what: Printout) -> Pair:
    """The centre that prints; of an office without a centre, the programme's."""
    if what.house_ar is None or what.house_fr is None:
        return said("house")
    return {"ar": what.house_ar, "fr": what.house_fr}
