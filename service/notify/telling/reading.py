"""What a message may say to whom: no more than the list it leads to shows them when it goes.

A colleague may have come to another centre since, the case to another, the person's data be restricted.
"""

from datetime import date
from typing import cast

from domain.beneficiary.state import BeneficiaryState
from domain.case.schedule import OF_CUSTODY, Due
from domain.case.state import CaseState
from domain.message import Actor, FieldClass, StreamKind, stream_id
from ledger.ledger import Ledger
from service.access.table import FIELDS, OF_RESTRICTED, QUERIES, centre_bound
from service.words import writing
from service.words.language import Language


def is_told_of(ledger: Ledger, reader: Actor, case: CaseState) -> bool:
    """Whether the case's reviews stand in the reader's inbox."""
    if reader.role not in QUERIES["list-inbox"].who or case.beneficiary_id is None:
        return False
    if centre_bound(reader) not in (None, case.centre):
        return False
    person = ledger.state(stream_id(StreamKind.BENEFICIARY, case.beneficiary_id))
    return reader.role in OF_RESTRICTED or not cast("BeneficiaryState", person).restricted


def day_told(due: Due, reader: Actor, language: Language) -> str:
    """Until when it is to be done; who may not know of custody is told the month alone."""
    on: date = due.window_end
    if due.kind in OF_CUSTODY and FieldClass.JUDICIAL not in FIELDS[reader.role]:
        return writing.month(on, language)
    return writing.day(on, language)
