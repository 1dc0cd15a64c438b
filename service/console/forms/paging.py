"""Which questions of a form stand on which of its pages, and on which what is typed is answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from service.console.forms.answers import is_put
from service.console.forms.questions import Question, every

Breaks = Collection[str]
"""The names with which another page begins."""


def pages_of(
    questions: Iterable[Question], breaks: Breaks, typed: Mapping[str, str]
) -> list[list[Question]]:
    """Those that are put; a page without any is left out."""
    found: list[list[Question]] = [[]]
    for each in _pieces(questions, breaks):
        if each.name in breaks or is_apart(each, breaks):
            found.append([])
        if is_put(each, each.name, typed) or is_beside(each, found[-1]):
            found[-1].append(each)
    return [page for page in found if page] or [[]]


def _pieces(questions: Iterable[Question], breaks: Breaks) -> Iterator[Question]:
    """Of a group whose parts are asked apart, each part by itself."""
    for each in questions:
        if is_apart(each, breaks):
            yield from (replace(each, inside=(part,)) for part in each.inside)
        else:
            yield each


def is_apart(question: Question, breaks: Breaks) -> bool:
    return any(part.name in breaks for part in question.inside)


def is_beside(question: Question, page: Sequence[Question]) -> bool:
    """Whether what it hangs on is asked on the same page: then it stands there and says so."""
    when = question.when
    return when is not None and any(inner.name == when.field for inner in every(page))


def is_asked_by(question: Question, name: str, breaks: Breaks) -> bool:
    """Whether what is typed there is an answer to it, or to what stands inside it."""
    if is_apart(question, breaks):
        return any(_is_at(name, part.name) for part in question.inside)
    return _is_at(name, question.name)


def _is_at(name: str, above: str) -> bool:
    return name == above or name.startswith(f"{above}.")
