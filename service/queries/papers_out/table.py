"""Which papers are printed of what: for the pages, which lead to them by these names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.queries.erasing.certificate import print_erasure_certificate
from service.queries.papers_out.attestations import print_attestation
from service.queries.papers_out.cases import (
    print_case_summary,
    print_delivery_slip,
    print_undertaking,
)
from service.queries.papers_out.ceremonies import (
    print_ceremony_list,
    print_ceremony_minutes,
    print_ceremony_slips,
)
from service.queries.papers_out.cohorts import print_attendance_sheet
from service.queries.papers_out.consents import print_consent_form
from service.queries.papers_out.orders import print_order_slips
from service.queries.papers_out.sessions import print_session_list
from service.queries.papers_out.sheets import Collection, Printout
from service.queries.papers_out.visits import print_visit_sheet, print_visit_sheets
from service.queries.record.making import print_person_record


@dataclass(frozen=True, slots=True)
class Print:
    """A paper that can be printed of a thing."""

    query: Callable[..., Printout]
    file: str
    """As the file is called, without its ending; and the paper, in the words of pages."""

    @property
    def name(self) -> str:
        """In the table of who may."""
        return self.query.__name__.replace("_", "-")


OF_A_THING: Mapping[Collection, Mapping[str, Print]] = {
    Collection.CASES: {
        "undertaking": Print(print_undertaking, "undertaking"),
        "delivery-slip": Print(print_delivery_slip, "delivery-slip"),
        "visit-sheet": Print(print_visit_sheet, "visit-sheet"),
        "summary": Print(print_case_summary, "case-summary"),
        "attestation": Print(print_attestation, "attestation"),
        "consent-form": Print(print_consent_form, "consent-form"),
    },
    Collection.PEOPLE: {
        "record": Print(print_person_record, "person-record"),
        "erasure-certificate": Print(print_erasure_certificate, "erasure-certificate"),
    },
    Collection.CEREMONIES: {
        "list": Print(print_ceremony_list, "ceremony-list"),
        "delivery-slips": Print(print_ceremony_slips, "delivery-slips"),
        "minutes": Print(print_ceremony_minutes, "ceremony-minutes"),
    },
    Collection.SESSIONS: {"list": Print(print_session_list, "session-list")},
    Collection.COHORTS: {"attendance-sheet": Print(print_attendance_sheet, "attendance-sheet")},
    Collection.ORDERS: {"delivery-slips": Print(print_order_slips, "delivery-slips")},
}
"""By the last part of their address, below the thing's own."""
A_ROUND = Print(print_visit_sheets, "visit-sheets")
