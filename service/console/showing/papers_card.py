"""The card of a case's papers: what is missing and which step leaves or needs it, what expires."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from domain.rules import NEWEST
from service.console.showing.case_cards import NOT_YET, Card, Fact
from service.console.showing.links import CaseLinks
from service.console.visit import Signed
from service.queries.papers import MissingPaper, PaperAnswer, PapersAnswer
from service.words import writing
from service.words.language import Language
from service.words.store import words

OF_PAPERS = ("attach-document", "withdraw-document")


def papers_card(papers: PapersAnswer, visit: Signed, links: CaseLinks) -> Card:
    language, said = visit.language, words(visit.language).page
    standing = [each for each in papers.papers if each.withdrawn_on is None and each.valid]
    awaited = [each for each in papers.missing if each.taken]
    ending = sorted(ending_soon(standing, visit.today), key=_last_day)
    shown = [_last(each, language) for each in ending]
    shown += [_missing(each, language) for each in papers.missing]
    count = writing.counted(words(language).count["papers"], len(standing), language)
    kept = Fact(said["papers_kept"], count if standing else NOT_YET)
    brief = _together("papers_expires_soon", ending, language)
    brief = _together("papers_awaited", awaited, language) or brief
    return Card("papers", (kept,), tuple(shown), links.take(OF_PAPERS), brief=brief)


def _together(
    word: str, papers: Sequence[PaperAnswer] | Sequence[MissingPaper], language: Language
) -> str:
    """What they have in common, and how many they are; empty for none."""
    if not papers:
        return ""
    said = words(language)
    count = writing.counted(said.count["papers"], len(papers), language)
    return f"{said.page[word]}{writing.COLON[language]} {count}"


def ending_soon(papers: Iterable[PaperAnswer], today: date) -> Iterator[PaperAnswer]:
    """Those that hold no more, or not for long: since the rules remind of it."""
    by = today + timedelta(days=NEWEST.paper_days)
    yield from (each for each in papers if each.expires_on is not None and each.expires_on <= by)


def _last_day(paper: PaperAnswer) -> str:
    return str(paper.expires_on)


def _last(paper: PaperAnswer, language: Language) -> Fact:
    said = words(language).page["papers_expired" if paper.expired else "papers_until"]
    day = paper.expires_on or NOT_YET
    return Fact(f"{_kind(paper, language)}{writing.COLON[language]} {said}", day)


def _missing(paper: MissingPaper, language: Language) -> Fact:
    """With the step that left it, or that it is usual before."""
    said = words(language)
    why = said.page["papers_left_by" if paper.taken else "papers_needed_for"]
    step = f"{why}{writing.COLON[language]} {said.step[paper.step]}"
    return Fact(said.of(paper.kind), step)


def _kind(paper: PaperAnswer | MissingPaper, language: Language) -> str:
    said = words(language)
    return said.of(paper.kind) if paper.kind is not None else said.page["papers"]
