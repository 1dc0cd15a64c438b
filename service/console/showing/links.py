"""Steps as links into their forms."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from domain.commands import STEPS as MODELS
from service.access.table import WITH_A_FILE
from service.console.forms.layouts import LAYOUTS
from service.queries.case_steps import OpenStep
from service.words.language import Language
from service.words.store import words

HAVE_A_PAGE = LAYOUTS.keys() | WITH_A_FILE
"""Steps that are asked for: by a form, or beside the papers."""


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step, by its name, and where its form is."""

    step: str
    text: str
    href: str


def form_at(step: str, collection: str = "", on: UUID | str = "", **known: object) -> str:
    """The address of a step's form, on a thing or by itself; `known` answers codes beforehand.

    What the step does not ask for is left out.
    """
    path = f"/{collection}/{on}/steps/{step}" if on else f"/steps/{step}"
    fields = MODELS[step].model_fields if step in MODELS else known
    asked = {
        name: str(value)
        for name, value in known.items()
        if value is not None and name.partition(".")[0] in fields
    }
    return f"{path}?{urlencode(asked)}" if asked else path


class CaseLinks:
    """The reader's own steps that are open in a case. Each is handed out once, but for `find`."""

    def __init__(self, case_id: UUID, steps: Iterable[OpenStep], language: Language) -> None:
        self._case_id = case_id
        self._language = language
        self._open = [each for each in steps if each.yours and each.step in HAVE_A_PAGE]
        self._placed: set[tuple[str, UUID | None]] = set()

    def __contains__(self, step: str) -> bool:
        return any(each.step == step for each in self._open)

    def find(self, step: str, **known: object) -> StepLink | None:
        """The step, where it is open; it stays to be handed out."""
        found = next((each for each in self._open if each.step == step), None)
        return None if found is None else self._link(found, **known)

    def take(self, names: Collection[str], track_id: UUID | None = None) -> tuple[StepLink, ...]:
        """Those of these names, and of this track where it is about one, in the order of names."""
        order = list(names)
        found = [
            each
            for each in self._open
            if each.step in names
            and (each.track_id in (None, track_id) or track_id is None)
            and (each.step, each.track_id) not in self._placed
        ]
        self._placed |= {(each.step, each.track_id) for each in found}
        return tuple(map(self._link, sorted(found, key=lambda each: order.index(each.step))))

    def of_parts(self, parts: Collection[str], track_id: UUID | None) -> tuple[StepLink, ...]:
        """Those of these parts of the path."""
        return self.take([each.step for each in self._open if each.part in parts], track_id)

    def others(self) -> Iterator[tuple[str, tuple[StepLink, ...]]]:
        """What was not handed out, by the part of the path; no step twice."""
        said = words(self._language)
        left = [each for each in self._open if (each.step, each.track_id) not in self._placed]
        for part, some in groupby(left, key=lambda each: each.part):
            yield said.code["Part"][part], tuple(dict.fromkeys(map(self._link, some)))

    def _link(self, found: OpenStep, **known: object) -> StepLink:
        text = words(self._language).step[found.step]
        asked = {"track_id": found.track_id, **known}
        return StepLink(found.step, text, form_at(found.step, "cases", self._case_id, **asked))


def links_on(
    steps: Iterable[str],
    may: Collection[str],
    collection: str,
    on: UUID | str,
    language: Language,
) -> tuple[StepLink, ...]:
    """Those of the steps on a thing that the reader's role may take."""
    said = words(language)
    return tuple(
        StepLink(step, said.step[step], form_at(step, collection, on))
        for step in steps
        if step in may and step in HAVE_A_PAGE
    )


def new(steps: Iterable[str], may: Collection[str], language: Language) -> tuple[StepLink, ...]:
    """Steps that make a thing, as far as they are the reader's."""
    return links_on(steps, may, "", "", language)
