"""What stands where in a person's record: who they are, each case by its days, who looked, how long."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast
from uuid import UUID

from domain.erasure.keeping import kept_of_person, years_of
from domain.folds.mended import Mending, Mendings
from domain.message import Recorded, Role, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.registry.state import REGISTRY, RegistryState
from domain.tracks.self_employment.state import projects_of
from domain.values.calendar import local_date
from ledger.reads.looked import Looked
from service.access.reader import Reader, Reading
from service.queries.naming import called
from service.queries.readings import all_read, readable
from service.queries.record.beside import complaints_of, messages, papers
from service.queries.record.shape import RecordEntry, RecordLine, RecordSection
from service.queries.record.spoken import Speaker
from service.queries.record.theirs import Theirs
from service.words import writing
from service.words.language import Language
from service.words.store import words

UNSAID = frozenset({"ReminderRecorded"})
"""What the house does by itself, and says nothing but that a day came."""


def sections(reading: Reading, theirs: Theirs, language: Language) -> Iterator[RecordSection]:
    """In the order in which somebody who was handed it reads."""
    page = words(language).page
    telling = _Telling(_in(reading, language), language)
    yield RecordSection(title=page["record_about"], intro=page["record_about_text"])
    yield RecordSection(
        title=page["record_person"],
        entries=tuple(
            entry
            for name in theirs.family
            for entry in telling.entries([stream_id(StreamKind.BENEFICIARY, name)])
        ),
    )
    for name, case in theirs.cases.items():
        projects = (stream_id(StreamKind.PROJECT, each) for each in projects_of(case))
        yield RecordSection(
            title=f"{page['case']} {case.reference}",
            entries=tuple(telling.entries([stream_id(StreamKind.CASE, name), *projects])),
        )
    yield from _beside(reading, theirs, telling, language)
    yield RecordSection(
        title=page["record_looked"],
        intro=page["record_looked_text"],
        entries=tuple(telling.looked(theirs)),
    )
    yield _kept(reading, theirs, language)


def _beside(
    reading: Reading, theirs: Theirs, telling: "_Telling", language: Language
) -> Iterator[RecordSection]:
    """Where there is any."""
    found = {
        "record_papers": papers(reading, theirs, language, telling.who),
        "record_messages": messages(reading, theirs, language),
        "record_complaints": telling.entries(complaints_of(reading, theirs)),
    }
    for name, entries in found.items():
        told = tuple(entries)
        page = words(language).page
        if told:
            yield RecordSection(title=page[name], intro=page[f"{name}_text"], entries=told)


def _in(reading: Reading, language: Language) -> Reading:
    """The same, read in the person's language: what is named by a code is called as there."""
    return Reading.of(reading, Reader(reading.reader.actor, language))


class _Telling:
    """Writes entries, each with who recorded it."""

    def __init__(self, reading: Reading, language: Language) -> None:
        self._reading = reading
        self._language = language
        self._speaker = Speaker(language, called(reading), _centres(reading, language))
        self._staff = reading.directory.staff().staff

    def entries(self, streams: list[str]) -> Iterator[RecordEntry]:
        """By the day it happened; of one day as it was recorded. What is told twice in one step stands once."""
        found: list[tuple[date, int, RecordEntry]] = []
        for stream in streams:
            state = self._reading.ledger.state(stream)
            mended: Mendings = getattr(state, "mended", {})
            for recorded in self._reading.ledger.history(stream):
                about = recorded.envelope
                if about.event_type.partition(":")[0] in UNSAID:
                    continue
                entry = self._entry(recorded, mended.get(about.version))
                found.append((about.occurred_on, about.position, entry))
        for _, _, entry in sorted(found, key=lambda each: each[:2]):
            yield entry

    def _entry(self, recorded: Recorded, mended: Mending | None) -> RecordEntry:
        """What was told of somebody else by mistake is not read here: that it was, stays."""
        about, said = recorded.envelope, words(self._language)
        others = mended is not None and mended.wrong_person
        lines = [] if others else [*self._speaker.lines(recorded.event, about.occurred_on)]
        if about.reason and not others:
            lines.append(RecordLine(label=said.page["record_reason"], value=about.reason))
        known = local_date(about.recorded_at)
        if known != about.occurred_on:
            told = writing.day(known, self._language)
            lines.append(RecordLine(label=said.page["record_known"], value=told))
        return RecordEntry(
            on=about.occurred_on,
            title=said.event[type(recorded.event).stored],
            by=self.who(about.actor.id, about.actor.role),
            stands=mended is None,
            lines=tuple(lines),
        )

    def who(self, staff: UUID, role: Role) -> str:
        if role is Role.TIMER:
            return ""
        colleague = self._staff.get(staff)
        label = colleague.label if colleague else None
        return label or words(self._language).of(role)

    def looked(self, theirs: Theirs) -> Iterator[RecordEntry]:
        """Who read of them, by day, the last first; how often, why, and what kinds of data."""
        subjects = frozenset(UUID(each) for each in (*theirs.family, *theirs.cases))
        read = readable(self._reading, all_read(self._reading, subjects))
        told = [each.looked for each in read if each.looked.refused is None]
        times, shown = Counter(map(_sort_of, told)), defaultdict[_Sort, set[str]](set)
        for each in told:
            shown[_sort_of(each)].update(map(str, each.classes))
        for sort, many in times.items():
            yield RecordEntry(
                on=sort.on,
                title=self.who(sort.staff, sort.role),
                by="",
                lines=tuple(self._of_looking(many, sort.purpose, sorted(shown[sort]))),
            )

    def _of_looking(self, many: int, purpose: str, classes: Sequence[str]) -> Iterator[RecordLine]:
        page = words(self._language).page
        number = writing.number(many, self._language)
        yield RecordLine(label=page["record_times"], value=number)
        said = page.get(f"record_for_{purpose}", page["record_no_purpose"])
        yield RecordLine(label=page["record_purpose"], value=said)
        kinds = [page[f"record_class_{each}"] for each in classes]
        if kinds:
            shown = f"{writing.COMMA[self._language]} ".join(kinds)
            yield RecordLine(label=page["record_shown"], value=shown)


class _Sort(NamedTuple):
    """What is told as one, counted."""

    on: date
    staff: UUID
    role: Role
    purpose: str


def _sort_of(looked: Looked) -> _Sort:
    return _Sort(local_date(looked.at), looked.staff, looked.role, str(looked.purpose or ""))


def _centres(reading: Reading, language: Language) -> Mapping[str, str]:
    registry = cast("RegistryState", reading.ledger.state(REGISTRY))
    arabic = language is Language.ARABIC
    return {
        code: each.name_ar if arabic else each.name_fr for code, each in registry.centres.items()
    }


def _kept(reading: Reading, theirs: Theirs, language: Language) -> RecordSection:
    """Until when, if no case is opened again; and what they may ask."""
    page = words(language).page
    registry, family = reading.ledger.state(REGISTRY), theirs.family.values()
    begun = max(each.begun_on or date.min for each in family)
    first = cast("RegistryState", registry).rules_on(begun).rules
    rules = [each.rules for each in theirs.cases.values()] or [first]
    lines = []
    if all(each.open_case is None for each in family):
        kept = kept_of_person(
            begun,
            (each.closed_on for each in family),
            (_moved(reading, each) for case in theirs.cases.values() for each in projects_of(case)),
            rules,
        )
        until = writing.day(kept.until, language)
        lines.append(RecordLine(label=page["retention_until"], value=until))
        lines.append(RecordLine(label=page["retention_kept"], value=page[f"kept_{kept.kept}"]))
        kept_for = max(years_of(kept.kept, each) for each in rules)
        years = writing.counted(words(language).count["years"], kept_for, language)
        lines.append(RecordLine(label=page["retention_years"], value=years))
    entry = RecordEntry(on=None, title=page["record_how_long"], by="", lines=tuple(lines))
    return RecordSection(
        title=page["record_rights"],
        intro=page["record_rights_text"],
        entries=(entry,) if lines else (),
    )


def _moved(reading: Reading, project: UUID) -> date | None:
    state = reading.ledger.state(stream_id(StreamKind.PROJECT, project))
    return cast("ProjectState", state).money_moved_on
