"""All settings, as one object. Each can be given as `JISR_<NAME>` in the environment.

What is not given lies in the data folder: an installation of one machine needs no settings.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict

from ledger.urls import sqlite_url
from service.checkpoints.recipients import recipients
from service.notify.channels.settings import ChannelSettings
from service.paths import whole_path
from workflows.server.loopback import is_loopback

PREFIX = "JISR_"
POSTGRES = ("postgresql", "postgres")
LAST_PORT = 65_535
LONGEST_PUBLIC_ADDRESS = 120
ELSEWHERE = frozenset({"JISR_LEDGER_WRITE"})
"""Read where the ledger is opened by the library that it is a persistence module of."""


def _readable(url: str) -> str:
    """A database's URL, if it says one thing only."""
    parts = urlsplit(url)
    if parts.scheme in POSTGRES:
        _require_libpq(url)
        return url
    if parts.scheme != "sqlite":
        raise ValueError("it begins with sqlite:// or postgresql://")
    if parts.netloc or not parts.path.startswith("/"):
        raise ValueError("after sqlite:// stands the whole path of the file, from its first / on")
    if parts.query or parts.fragment or any(each in url for each in "\t\r\n"):
        raise ValueError(
            "in a path, what means something in a URL (`?`, `#`, `%`, a line break) is written as"
            " % and two digits: %3F, %23, %25, %0A"
        )
    return url


def _require_libpq(url: str) -> None:
    """Raises `ValueError` for what PostgreSQL's library does not take for an address."""
    from psycopg import Error  # noqa: PLC0415 - only where the ledger is in PostgreSQL
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    try:
        given = conninfo_to_dict(url)
    except Error:  # whose words may quote a password
        given = {"port": "none"}
    if not all(port.isdecimal() for port in str(given.get("port") or 5432).split(",")):
        raise ValueError(
            "PostgreSQL's library cannot read it: it looks like postgresql://role@host:5432/database,"
            " and what means something in a URL is written as % and two digits"
        )


def _host_and_port(address: str) -> str:
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdecimal() or not 0 < int(port) <= LAST_PORT:
        raise ValueError("it is host:port, such as temporal.example:7233")
    return address


def _host(host: str) -> str:
    if re.fullmatch(r"[0-9A-Za-z._:%-]+", host) is None:
        raise ValueError("it is an address or a name of this machine, such as 127.0.0.1")
    return host


def _web_address(address: str) -> str:
    """An address that a phone's camera can open, and that fits on paper."""
    parts = urlsplit(address)
    right = parts.scheme == "https" or is_loopback(parts.hostname or "")
    plain = re.fullmatch(r"https?://[0-9A-Za-z._:\[\]-]+(/[0-9A-Za-z._~/-]*)?", address)
    if plain is None or not right or len(address) > LONGEST_PUBLIC_ADDRESS:
        raise ValueError("it begins with https:// and has no more than a host, a port and a path")
    return address


def _owners(url: SecretStr) -> SecretStr:
    if urlsplit(url.get_secret_value()).scheme not in POSTGRES:
        raise ValueError("it begins with postgresql://")
    _require_libpq(url.get_secret_value())
    return url


Place = Annotated[Path, BeforeValidator(whole_path)]
Url = Annotated[str, AfterValidator(_readable)]
Address = Annotated[str, AfterValidator(_host_and_port)]
Host = Annotated[str, AfterValidator(_host)]
PublicAddress = Annotated[str, AfterValidator(_web_address)]


def _recipients(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(each) for each in recipients(told))


class Settings(ChannelSettings):
    """Where everything is. Refuses what would be unsafe unless it is asked for outright."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    data: Place = Field(default_factory=lambda: Path.home() / ".local/share/jisr")
    """The data folder."""
    database_url: Url | None = None
    """The ledger: `sqlite:///absolute/path.db` or `postgresql://…` as the service role."""
    keys_url: Url | None = None
    """The key store; by default beside the ledger, in a file or schema of its own."""
    views_url: Url | None = None
    """The views; by default beside the ledger, in a file or schema of their own."""
    owner_url: Annotated[SecretStr, AfterValidator(_owners)] | None = None
    """PostgreSQL as the owner of the schemas: only `jisr database prepare` needs it."""
    service_role: str = "jisr"
    """The PostgreSQL role that `database_url` signs in as."""
    master_key_file: Place | None = None
    """The key that wraps all others: 32 random bytes in hexadecimal digits, for its owner's eyes only."""
    papers_folder: Place | None = None
    """Where papers are kept, encrypted; by default in the data folder. All processes share it."""
    erased_file: Place | None = None
    """Where the ids of the erased are noted, on another disk than backups are; by default in the data
    folder. Whoever is in it is erased again when a backup is brought back."""
    backup_days: int = Field(7, ge=0)
    """After so many days without a backup `jisr doctor` warns; 0 where another program makes them."""
    paper_megabytes: int = Field(20, ge=1, le=1000)
    """The most that one paper may have."""
    calendar_file: Place | None = None
    """Corrections of the holidays: {"add": ["2026-03-21"], "remove": ["2026-03-20"]}."""
    temporal_address: Address | None = None
    """`host:port` of a Temporal cluster; without it `jisr up` runs a server of its own."""
    temporal_namespace: str = "jisr"
    temporal_ui_port: int | None = Field(None, ge=1, le=LAST_PORT)
    """Opens the web pages of the Temporal server that `jisr up` starts, on loopback, for anybody
    on this machine who asks by its name; closed without it."""
    temporal_ui_address: PublicAddress | None = None
    """Where Temporal's own web pages are for who reads histories, such as `https://temporal.example`:
    each entry leads to the run that carried it. With `temporal_ui_port` it need not be said."""
    temporal_tls: bool = False
    temporal_tls_ca: Place | None = None
    temporal_tls_certificate: Place | None = None
    temporal_tls_key: Place | None = None
    host: Host = "127.0.0.1"
    port: int = Field(8400, ge=0, le=LAST_PORT)
    """0 takes any free port."""
    expose: bool = False
    """Allows a host other than loopback: only behind a proxy that speaks TLS."""
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    """Addresses and networks, with commas between them, whose `X-Forwarded-For`, `-Proto` and
    `-Prefix` are believed."""
    public_address: PublicAddress | None = None
    """Where people find the installation, such as `https://jisr.example`: stands in the square code
    of each paper. Without it a paper says its reference and entry, and has no code."""
    house_name: Annotated[str, Field(max_length=120)] | None = None
    """The house, as its sign-in page and sign-in sheets name it."""
    house_contact: Annotated[str, Field(max_length=200)] | None = None
    """Whom to ask who cannot sign in: an office, a telephone number."""
    step_seconds: float = Field(10.0, gt=0, le=120)
    """How long a step may take, attempts and all, before it is answered 503."""
    checkpoint_minutes: int = Field(60, ge=1, le=1440)
    """So often what is sealed becomes a checkpoint that stays, and is sent out."""
    checkpoints_to: Annotated[tuple[str, ...], NoDecode, AfterValidator(_recipients)] = ()
    """Where checkpoints go, with commas between: `file:///folder`, `mailto:…`, `https://…`."""
    reconcile_hour: int = Field(2, ge=0, le=24)
    """The hour in Morocco from which a worker compares ledger, workflows and views each night; 24: never."""
    reconcile_rate: float = Field(50.0, ge=0.1, le=10_000)
    """Cases a second that it looks at then, at most."""
    sandbox: bool = False
    """Checks workflows for determinism while they run, for a third of the throughput."""

    @field_validator("trusted_proxies", "checkpoints_to", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        if isinstance(given, str):
            return tuple(part.strip() for part in given.split(",") if part.strip())
        return given

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> Self:
        if not self.expose and not is_loopback(self.host):
            raise ValueError(
                f"host {self.host} can be reached from other machines and keys would travel "
                "in the clear: put a proxy with TLS before the service, then set JISR_EXPOSE=true"
            )
        if (self.temporal_tls_certificate is None) != (self.temporal_tls_key is None):
            raise ValueError("temporal_tls_certificate and temporal_tls_key go together")
        if self.on_postgres and self.master_key_file is None:
            raise ValueError(
                "with PostgreSQL the master key must be named: set JISR_MASTER_KEY_FILE to a file "
                "that every process of the installation has, and that is backed up elsewhere"
            )
        return self

    @property
    def on_postgres(self) -> bool:
        return self.ledger.startswith("postgres")

    @property
    def ledger(self) -> str:
        return self.database_url or self._file("ledger.db")

    @property
    def keys(self) -> str:
        return self.keys_url or (self.ledger if self.on_postgres else self._file("keys.db"))

    @property
    def views(self) -> str:
        if self.views_url is None and not self.on_postgres:
            return self._file("views.db")
        url = self.views_url or self.ledger
        scheme, separator, rest = url.partition("://")
        return f"postgresql+psycopg{separator}{rest}" if scheme.startswith("postgres") else url

    @property
    def reads(self) -> str:
        """Who read what of people: a recorder beside the ledger, in a file or schema of its own."""
        return self.ledger if self.on_postgres else self._file("reads.db")

    @property
    def sign_ins(self) -> str:
        """Who is signed in at the console: beside the views in PostgreSQL, else a file."""
        return self.views if self.views.startswith("postgres") else self._file("sign_ins.db")

    @property
    def passwords(self) -> str:
        """What is secret of passwords: beside the views in PostgreSQL, else a file."""
        return self.views if self.views.startswith("postgres") else self._file("passwords.db")

    @property
    def outbox(self) -> str:
        """What is told to people, and what became of it: beside the views in PostgreSQL, else a file."""
        return self.views if self.views.startswith("postgres") else self._file("outbox.db")

    @property
    def master_key(self) -> Path:
        return self.master_key_file or self.data / "master.key"

    @property
    def papers(self) -> Path:
        return self.papers_folder or self.data / "papers"

    @property
    def checkpoint_every(self) -> timedelta:
        return timedelta(minutes=self.checkpoint_minutes)

    @property
    def temporal_pages(self) -> str | None:
        """The pages of the namespace; None where they are not known."""
        opened = f"http://127.0.0.1:{self.temporal_ui_port}" if self.temporal_ui_port else None
        pages = self.temporal_ui_address or opened
        return f"{pages.rstrip('/')}/namespaces/{self.temporal_namespace}" if pages else None

    @property
    def erased(self) -> Path:
        return self.erased_file or self.data / "erased"

    @property
    def embedded_temporal(self) -> bool:
        return self.temporal_address is None

    def _file(self, name: str) -> str:
        return sqlite_url(self.data / name)


def strange_settings(given: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Names among those given that look like a setting and are none, each with the nearest that is."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(given):
        if name.upper().startswith(PREFIX) and name.upper() not in {*known, *ELSEWHERE}:
            yield name, next(iter(get_close_matches(name.upper(), known, n=1)), None)
