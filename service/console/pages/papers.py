"""The papers of a case, a session, an order, a ceremony or an agreement: listed, attached, had.

A paper and what is said of it come in one form, without script. It is kept first, and then attached
under the form's key: pressed twice, it is there once. A refusal keeps the answers, and leads to an
address that shows them (`paper_form.py`), as with every other form; the file a browser gives only
once, so the page asks for it again. One form's mistakes are kept in one place, and until it succeeds.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from starlette.responses import Response

from domain.commands import STEPS as MODELS
from domain.errors import JisrError
from domain.message import StreamKind
from service.access.reader import Reader
from service.access.table import STEPS
from service.api.papers import KINDS, handed_out
from service.application import Ask
from service.console.multipart import FileForm
from service.console.pages.kept import drop, told
from service.console.pages.paper_form import (
    Filled,
    Sent,
    kept_under,
    kinds_of,
    last_sent,
    offered,
    read,
)
from service.console.showing.papers_card import ending_soon
from service.console.visit import Signed
from service.papers.taking import Sending
from service.queries.papers import PapersAnswer
from service.words.store import words

FORM = "form"
"""In an address, and carried by the form: under which key what was sent last is kept."""
SAID_OF_ANYTHING = frozenset({"", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Keeper:
    """What has papers: of which kind, in which collection of addresses, and who asks for them."""

    kind: StreamKind
    collection: str
    listing: Callable[..., PapersAnswer]
    getting: Any

    @property
    def attaching(self) -> str:
        """The step by which a paper is attached to it."""
        return "attach-document" if self.kind == "case" else f"attach-{self.kind}-document"

    @property
    def withdrawing(self) -> str:
        return self.attaching.replace("attach", "withdraw")

    def path(self, name: UUID) -> str:
        return f"/{self.collection}/{name}/papers"


KEEPERS = tuple(Keeper(*each) for each in KINDS)


def list_page(keeper: Keeper) -> Callable[[Signed], Any]:
    async def page(visit: Signed) -> Response:
        sent = await last_sent(visit, visit.request.query_params.get(FORM, ""))
        return await _page(visit, keeper, sent)

    return page


def to_list(keeper: Keeper) -> Callable[[Signed], Any]:
    """Where other steps have their form, a paper's leads to the list."""

    async def page(visit: Signed) -> Response:
        return visit.redirect(f"{keeper.path(visit.id_of('name'))}#attach")

    return page


def file(keeper: Keeper) -> Callable[[Signed], Any]:
    async def page(visit: Signed) -> Response:
        paper = visit.id_of("paper")
        reader = Reader(visit.actor, visit.language)
        asked = (visit.id_of("name"), paper)
        return await handed_out(visit.application, reader, keeper.getting, *asked)

    return page


def attach(keeper: Keeper) -> Callable[[Signed], Any]:
    async def page(visit: Signed) -> Response:
        form, name = FileForm(visit.request), visit.id_of("name")
        sent = await form.answers()
        kept = kept_under(sent.pop(FORM, ""))
        filled = Filled(key=sent.get("key") or uuid4().hex, typed=sent)
        try:
            offers = await offered(visit, keeper.kind, name)
        except JisrError:
            await _drained(form.file(), visit)
            raise
        said_of_it = read(filled, keeper.kind, offers, visit)
        if filled.complaints:
            await _drained(form.file(), visit)
            return await _again(visit, keeper, Sent(filled.typed, kept=kept))
        said = None if form.said in SAID_OF_ANYTHING else form.said
        sending = Sending(visit.actor, keeper.kind, name, filled.key, said)
        pieces = form.file()
        try:
            paper, _ = await visit.application.papers.take(sending, pieces)
            model: Any = MODELS[keeper.attaching]
            step = model(paper_id=paper.paper_id, **said_of_it)
            await visit.take(_ask(visit, step, f"{filled.key}-attached", name))
        except JisrError as error:
            await _drained(pieces, visit)
            return await _again(visit, keeper, Sent(filled.typed, told(error), kept=kept))
        await drop(visit, kept)
        return visit.redirect(f"{keeper.path(name)}#paper-{paper.paper_id}")

    return page


def withdraw(keeper: Keeper) -> Callable[[Signed], Any]:
    async def page(visit: Signed) -> Response:
        sent, name = await visit.form(), visit.id_of("name")
        paper, why = visit.id_of("paper"), sent.get("explanation", "").strip()
        if not why:
            return await _again(visit, keeper, Sent(withdrawing=str(paper), kept=paper.hex))
        model: Any = MODELS[keeper.withdrawing]
        step = model(occurred_on=visit.today, paper_id=paper, explanation=why[:4000])
        try:
            await visit.take(_ask(visit, step, sent.get("key") or uuid4().hex, name))
        except JisrError as error:
            refused = Sent(why=told(error), withdrawing=str(paper), kept=paper.hex)
            return await _again(visit, keeper, refused)
        await drop(visit, paper.hex)
        return visit.redirect(keeper.path(name))

    return page


def _ask(visit: Signed, step: Any, key: str, name: UUID) -> Ask:
    request = visit.request.state.request_id
    return Ask(actor=visit.actor, step=step, key=key, name=name, request=request)


async def _drained(pieces: AsyncIterator[bytes], visit: Signed) -> None:
    """Read what a browser goes on to send, within bounds: else it would not read the answer."""
    left = 2 * visit.application.papers.most * 1_000_000
    with suppress(JisrError):
        async for piece in pieces:
            left -= len(piece)
            if left < 0:
                return


async def _again(visit: Signed, keeper: Keeper, sent: Sent) -> Response:
    """Where what was sent is shown again; here and now, where that cannot be kept."""
    name = visit.id_of("name")
    try:
        await sent.keep(visit, name)
    except JisrError:
        return await _page(visit, keeper, sent)
    return visit.redirect(f"{keeper.path(name)}?{FORM}={sent.kept}")


async def _page(visit: Signed, keeper: Keeper, sent: Sent) -> Response:
    name = visit.id_of("name")
    found, offers = await visit.ask(keeper.listing, name), await offered(visit, keeper.kind, name)
    filled = sent.shown(keeper.kind, offers, visit)
    said = words(visit.language)
    standing = [each for each in reversed(found.papers) if each.withdrawn_on is None]
    valid = [each for each in standing if each.valid]
    role = visit.actor.role
    return visit.page(
        "papers.html",
        status=filled.status,
        keeper=keeper,
        path=keeper.path(name),
        back=f"/{keeper.collection}/{name}",
        found=found,
        standing=standing,
        withdrawn=[each for each in reversed(found.papers) if each.withdrawn_on is not None],
        kinds={each: said.of(each) for each in kinds_of(keeper.kind)},
        offers=offers,
        may_attach=role in STEPS[keeper.attaching].who,
        filled=filled,
        most=visit.application.papers.most,
        carried=sent.carried,
        expiring={each.paper_id for each in ending_soon(valid, visit.today)},
        withdrawal_key=uuid4().hex,
    )
