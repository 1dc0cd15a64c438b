"""From sheets to plain data: texts in both languages, each value with how it is written.

`speech.py` writes names, days, amounts; then a module for each kind of sheet.
"""

from collections.abc import Callable, Mapping
from typing import Any

from service.printing.leading_back import code_of, mark_of
from service.printing.setting.attendance import attendance
from service.printing.setting.attestation import attestation
from service.printing.setting.ceremony import ceremony
from service.printing.setting.certificate import certificate
from service.printing.setting.consent import consent
from service.printing.setting.record import record
from service.printing.setting.session import session
from service.printing.setting.slip import slip
from service.printing.setting.speech import Told, moment, said, texts
from service.printing.setting.summary import summary
from service.printing.setting.undertaking import undertaking
from service.printing.setting.visits import visits
from service.queries.papers_out.sheets import (
    AttendanceSheet,
    AttestationSheet,
    CeremonySheet,
    CertificateSheet,
    ConsentSheet,
    Paper,
    Printout,
    RecordSheet,
    SessionSheet,
    Sheet,
    Slip,
    Summary,
    Undertaking,
    VisitSheet,
)
from service.words import writing
from service.words.language import Language

SETTINGS: Mapping[type[Sheet], Callable[[Any], Told]] = {
    Undertaking: undertaking,
    ConsentSheet: consent,
    Slip: slip,
    Summary: summary,
    VisitSheet: visits,
    CeremonySheet: ceremony,
    SessionSheet: session,
    AttendanceSheet: attendance,
    AttestationSheet: attestation,
    RecordSheet: record,
    CertificateSheet: certificate,
}
"""By what a sheet is."""
FOUND: Mapping[bool, str] = {True: "find_by_reference", False: "find_by_day"}
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
        "find": None if public_address else said(FOUND[sheet.reference is not None]),
    }


def _house(what: Printout) -> Told:
    """The centre that prints, by its code: its name would say too much."""
    if what.centre_code is None:
        return {**said("foundation"), "code": None}
    return {**said("centre"), "code": what.centre_code}
