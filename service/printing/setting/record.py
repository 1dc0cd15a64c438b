"""All that is kept of a person, as they read it: in one language, each value whole."""

from service.printing.setting.speech import Told, free, person
from service.queries.papers_out.sheets import RecordSheet
from service.queries.record.shape import RecordEntry
from service.words import writing
from service.words.language import Language
from service.words.store import words


def record(sheet: RecordSheet) -> Told:
    language = sheet.language
    return {
        "person": person(sheet.person),
        "rtl": language is Language.ARABIC,
        "lang": str(language),
        "colon": writing.COLON[language],
        "corrected": words(language).page["record_corrected"],
        "sections": [
            {
                "title": each.title,
                "intro": each.intro,
                "entries": [_entry(it, language) for it in each.entries],
            }
            for each in sheet.sections
        ],
    }


def _entry(entry: RecordEntry, language: Language) -> Told:
    return {
        "on": writing.day(entry.on, language) if entry.on else None,
        "title": entry.title,
        "by": entry.by,
        "stands": entry.stands,
        "lines": [{"label": it.label, "value": free(it.value)} for it in entry.lines],
    }
