"""The card of a case's complaints, for whoever may know of them; where there is none for a reader, no card."""

from collections.abc import Iterator, Sequence

from service.console.showing.case_cards import Card, Fact
from service.queries.complaints import NamedComplaint
from service.words import writing
from service.words.language import Language
from service.words.store import words


def complaints_card(complaints: Sequence[NamedComplaint], language: Language) -> Iterator[Card]:
    """Folded: the person, or whom one is about, may see the screen."""
    if complaints:
        facts = tuple(_line(each, language) for each in complaints)
        yield Card("complaints", facts, folded=True)


def _line(complaint: NamedComplaint, language: Language) -> Fact:
    said = words(language)
    stands = said.page[f"complaint_{complaint.status}"]
    if complaint.days_late:
        stands = writing.counted(said.count["days_late"], complaint.days_late, language)
    filed = writing.day(complaint.filed_on, language)
    return Fact(complaint.number, stands, place=filed, href=f"/complaints/{complaint.complaint_id}")
