"""What a page says of an event: its codes of the registry by their names."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.message import OriginKind, Role
from domain.values.codes import EntryKind
from projections.views.timeline import Mended, TimelineEntry, coded
from service.console.pages.known import naming
from service.console.showing.list_rows import Known
from service.console.showing.story import Fact, facts_of, told
from service.queries.naming import SaidOfEntry
from service.queries.timeline import NamedEntry
from service.words.language import Language
from service.words.store import words

SAID = SaidOfEntry(
    since=date(2015, 1, 1), name_fr="École de Taza", name_ar="مدرسة تازة", name_tifinagh=None
)
RENAMED: dict[str, Any] = {
    "since": date(2026, 1, 2),
    "name_fr": "École Atlas",
    "name_ar": "مدرسة الأطلس",
}
TRAINER = NamedEntry(
    kind=EntryKind.SCHOOL, entry="school-taza", names=(SAID, SAID.model_copy(update=RENAMED))
)
NOBODY = Known(staff={}, centres={})


def enrolled(provider: str) -> TimelineEntry:
    return TimelineEntry(
        position=1,
        stream=f"case/{uuid4()}",
        version=1,
        type="TrainingEnrolled",
        occurred_on=date(2026, 1, 1),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        actor_id=uuid4(),
        actor_role=Role.CASEWORKER,
        actor_centre="taza",
        origin=OriginKind.API,
        command_id=uuid4(),
        has_reason=False,
        details={"trade": "sewing", "provider": provider, "planned_end": "2026-03-01"},
    )


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (Language.ARABIC, "مدرسة تازة"),
        (Language.FRENCH, "École de Taza"),
        (Language.ENGLISH, "École de Taza"),
    ],
)
def test_who_trains_is_told_by_the_name_of_that_day_in_the_readers_language(
    language: Language, name: str
) -> None:
    names = naming(NOBODY, [TRAINER], language)
    label, entry = words(language).field["provider"], enrolled("school-taza")
    assert Fact(label, name) in facts_of(entry, names, language)
    later = entry.model_copy(update={"occurred_on": RENAMED["since"]})
    arabic = language is Language.ARABIC
    renamed = RENAMED["name_ar" if arabic else "name_fr"]
    assert Fact(label, renamed) in facts_of(later, names, language)


def test_what_no_view_has_yet_is_told_by_its_code() -> None:
    facts = facts_of(enrolled("school-fes"), NOBODY, Language.FRENCH)
    assert "school-fes" in [fact.value for fact in facts]


def test_nothing_behind_a_veil_is_named() -> None:
    """That a prison is named beside somebody's case would say more than the veil."""
    assert coded("TrainingEnrolled") == ("provider",)
    assert coded("PrisonTransferRecorded") == coded("CircumstancesRecorded") == ()


@pytest.mark.parametrize(
    ("corrected", "wrong_person", "said"),
    [
        (True, False, "corrected_on"),
        (False, False, "retracted_on"),
        (False, True, "wrong_person_on"),
    ],
)
def test_a_mended_entry_is_marked_with_what_became_of_it_and_when(
    *, corrected: bool, wrong_person: bool, said: str
) -> None:
    became = Mended(
        by=7,
        at=datetime(2026, 2, 3, 12, tzinfo=UTC),
        corrected=corrected,
        wrong_person=wrong_person,
    )
    entry = enrolled("school-taza").model_copy(update={"mended": became})
    names = naming(NOBODY, [TRAINER], Language.FRENCH)
    (line,) = told([entry], names, Language.FRENCH)
    assert (line.mended, line.mended_on) == (words(Language.FRENCH).page[said], date(2026, 2, 3))
