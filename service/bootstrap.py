"""The only wiring: opens the parts from the settings, and closes them.

Parts are loaded by what opens them: each process needs some, and all together take seconds.
"""

# ruff: noqa: PLC0415 - see above

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from domain.batch.events import BatchForgotten
from domain.beneficiary.events import BeneficiaryErased
from domain.complaint.events import ComplaintErased
from domain.dismissal.events import FindingForgotten
from ledger.following.erasing import take_pending
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.urls import sqlite_path
from service.papers.place import require_papers
from service.running.announced_days import AnnouncedDays
from service.running.backup.erased import register_of
from service.running.folder import close
from service.running.master_key import master_keys, require_begun, require_whole
from service.running.unfinished import require_finished
from service.settings import Settings

if TYPE_CHECKING:
    from temporalio.client import Client
    from temporalio.service import TLSConfig

    from ledger.reads.log import ReadLog
    from projections.store import Views
    from service.application import Application
    from service.identity.passwords.parts import Passwords
    from service.identity.sign_ins.store import SignIns
    from service.notify.outbox.store import Outbox

DEFAULT_TEMPORAL = "127.0.0.1:7233"
ADDRESS = re.compile(r"(http://)?[^\s/]+:[0-9]{1,5}")
"""`host:port`, or the API's as a URL."""


def address_file(settings: Settings) -> Path:
    """Where `jisr up` notes the address of the Temporal server it started."""
    return settings.data / "temporal.address"


def api_file(settings: Settings) -> Path:
    """Where `jisr up` notes the address of its API and console."""
    return settings.data / "api.address"


def noted_address(file: Path) -> str | None:
    """What `jisr up` noted in a file; None where there is none, or something that is no address."""
    try:
        said = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return said if ADDRESS.fullmatch(said) else None


def temporal_address(settings: Settings) -> str:
    """The address given, or of the server that `jisr up` runs here, or Temporal's usual one."""
    return settings.temporal_address or noted_address(address_file(settings)) or DEFAULT_TEMPORAL


@contextmanager
def opened_ledger(settings: Settings, *, restoring: bool = False) -> Iterator[Ledger]:
    """The ledger; raises `OperatorError`, `DatabaseBehind`, `DatabaseDamaged`, `Unavailable`.

    The data folder is closed to others first, if the ledger lies there. Nobody is read whose erasure is recorded, though their key may not be destroyed yet,
    nor of whom the register says so: but by who is `restoring`, and erases them once more.
    """
    path = sqlite_path(settings.ledger)
    if path is not None and path.parent == settings.data:
        close(settings.data)
    require_papers(settings)
    require_begun(settings)
    if not restoring:
        require_finished(settings)
    require_whole(settings)
    ledger = _ledger(settings, looking=False)
    try:
        if not restoring:
            for subject in register_of(settings, ledger).read():
                ledger.take_as_erased(subject)
        take_pending(ledger, BeneficiaryErased, BatchForgotten, ComplaintErased, FindingForgotten)
        yield ledger
    finally:
        ledger.close()


@contextmanager
def looked_at_ledger(settings: Settings) -> Iterator[Ledger]:
    """The ledger for who only looks, and neither shows what is personal nor leaves a trace."""
    ledger = _ledger(settings, looking=True)
    try:
        yield ledger
    finally:
        ledger.close()


def _ledger(settings: Settings, *, looking: bool) -> Ledger:
    return open_ledger(
        settings.ledger,
        settings.keys,
        master_keys(settings.master_key),
        calendar=AnnouncedDays(None if looking else settings.calendar_file),
        looking=looking,
        papers=settings.papers,
    )


@contextmanager
def opened_reads(settings: Settings, ledger: Ledger) -> "Iterator[ReadLog]":
    """Who read what; raises what the ledger's database raises, and `ReadsOfAnotherLedger`."""
    from ledger.reads.opening import open_reads

    with open_reads(settings.reads, ledger.id) as reads:
        yield reads


async def temporal_client(settings: Settings, *, lazy: bool = True) -> "Client":
    """A client; a lazy one connects when first used, another one waits for its server."""
    from workflows.case.connecting import connect

    return await connect(
        temporal_address(settings),
        settings.temporal_namespace,
        tls=_tls(settings),
        lazy=lazy,
    )


def _tls(settings: Settings) -> "bool | TLSConfig":
    from temporalio.service import TLSConfig

    files = (
        settings.temporal_tls_ca,
        settings.temporal_tls_certificate,
        settings.temporal_tls_key,
    )
    if not any(files):
        return settings.temporal_tls
    authority, certificate, key = (_bytes(file) for file in files)
    return TLSConfig(server_root_ca_cert=authority, client_cert=certificate, client_private_key=key)


def _bytes(file: Path | None) -> bytes | None:
    return file.read_bytes() if file else None


@asynccontextmanager
async def opened_application(settings: Settings) -> "AsyncIterator[Application]":
    """All that the API and the console need, for as long as the context lasts."""
    from ledger.following.uses import Uses
    from ledger.recording.writer import Writer
    from projections.waiting import PositionWatch
    from service.access.reader import Sources
    from service.application import Application
    from service.identity.directory import Directory
    from service.identity.key_uses import KeyUses
    from service.printing.press import Press
    from workflows.case.engine import Engine

    patience = timedelta(seconds=settings.step_seconds)
    engine = Engine(await temporal_client(settings), patience=patience)
    calendars = AnnouncedDays(settings.calendar_file)
    with (
        opened_ledger(settings) as ledger,
        opened_reads(settings, ledger) as reads,
        opened_views(settings) as views,
        Writer(ledger) as writer,
        closing(KeyUses(Uses(ledger.feed.tracking()), ledger.now)) as uses,
        opened_outbox(settings) as outbox,
    ):
        pages = settings.temporal_pages
        directory = Directory(ledger)
        sources = Sources(
            ledger, views, directory, uses, calendars, outbox, reads, temporal_pages=pages
        )
        watch = PositionWatch(views)
        press, most = Press(settings.public_address), settings.paper_megabytes
        application = Application(sources, writer, engine, watch, press, most)
        try:
            yield application
        finally:
            await watch.close()
            application.close()


@contextmanager
def opened_views(settings: Settings) -> "Iterator[Views]":
    """The views; raises `DatabaseBehind` and `Unavailable`."""
    from projections.opening import open_views

    views = open_views(settings.views)
    try:
        yield views
    finally:
        views.close()


@contextmanager
def opened_outbox(settings: Settings) -> "Iterator[Outbox]":
    """What is told to people; raises `DatabaseBehind`, `DatabaseDamaged` and `Unavailable`."""
    from service.notify.outbox.store import Outbox

    outbox = Outbox(settings.outbox)
    try:
        yield outbox
    finally:
        outbox.close()


@contextmanager
def opened_sign_ins(settings: Settings, application: "Application") -> "Iterator[SignIns]":
    """Who is signed in at the console; raises `DatabaseBehind` and `Unavailable`."""
    from service.identity.sign_ins.store import SEARCHES_KEPT, SignIns

    sign_ins = SignIns(settings.sign_ins, application.derived(SEARCHES_KEPT))
    try:
        yield sign_ins
    finally:
        sign_ins.close()


@contextmanager
def opened_passwords(settings: Settings, application: "Application") -> "Iterator[Passwords]":
    """What is secret of passwords; raises as `opened_sign_ins`, and `DatabaseDamaged`."""
    from service.identity.access_keys import ACCESS
    from service.identity.passwords.hashing import Hasher
    from service.identity.passwords.parts import House, Passwords
    from service.identity.passwords.store import PASSWORDS_KEPT, PasswordStore

    store = PasswordStore(settings.passwords, application.derived(PASSWORDS_KEPT))
    house = House(settings.house_name, settings.house_contact, settings.public_address)
    passwords = Passwords(application, store, Hasher(), application.derived(ACCESS), house)
    try:
        yield passwords
    finally:
        passwords.close()
