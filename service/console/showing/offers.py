"""What can be done with an entry that is wrong: by the table of how each kind is mended."""

from collections.abc import Iterator

from domain.events.stored import EVENTS
from domain.mending.ways import way_of
from domain.message import OriginKind, StreamKind, kind_of
from projections.views.timeline import TimelineEntry
from service.console.showing.links import CaseLinks, StepLink
from service.words.language import Language
from service.words.store import words

CORRECT, RETRACT = "correct-entries", "retract-entry"


def offers(entry: TimelineEntry | None, links: CaseLinks, language: Language) -> list[StepLink]:
    """The steps that mend the entry and that the reader can take now: to correct, to retract."""
    if entry is None or entry.mended is not None or entry.origin is OriginKind.TIMER:
        return []
    if kind_of(entry.stream) is not StreamKind.CASE or entry.type not in EVENTS:
        return []
    return list({link.step: link for link in _offered(entry, links, language)}.values())


def _offered(entry: TimelineEntry, links: CaseLinks, language: Language) -> Iterator[StepLink]:
    way, page = way_of(EVENTS[entry.type]), words(language).page
    if not way.an_entry:
        return
    for own, step, text, asked in (
        (way.correct, CORRECT, page["correct"], {"entries.0.entry_number": entry.version}),
        (way.retract, RETRACT, page["retract"], {"entry_number": entry.version}),
    ):
        if not own:
            found = links.find(step, **asked)
            if found is not None:
                yield StepLink(step, text, found.href)
        elif (found := links.find(own, entry_number=entry.version)) is not None:
            yield StepLink(own, page["correct"] if way.compensated else found.text, found.href)
