"""Commands that make access keys, and replace the key that all others are wrapped by."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from domain.message import Role
from domain.staff.roles import HELD_BY_PEOPLE
from domain.upkeep.vocabulary import Act, Fact
from domain.values.looking import ReadingPurpose
from service.cli.acts import tell_anew
from service.cli.options import Data, err, out, settings_of

if TYPE_CHECKING:
    from ledger.ledger import Ledger
    from service.queries.access_keys import IssuedAccessKey

Ended = Annotated[bool, typer.Option("--ended", help="Those too that open nothing any more.")]
ROLES = [str(role) for role in Role if role in HELD_BY_PEOPLE]
COLUMNS = ("label", "role", "centre", "issued", "by", "last used", "ends", "key id")

key_app = typer.Typer(no_args_is_help=True, help="Make access keys, at the machine itself.")
keys_app = typer.Typer(
    no_args_is_help=True, help="Look after the keys that protect what is personal."
)


def _role(said: str) -> Role:
    """A role that a person can hold."""
    if said not in ROLES:
        raise typer.BadParameter(f"{said} is none of {', '.join(ROLES)}")
    return Role(said)


@key_app.command("create")
def create(
    role: Annotated[
        Role, typer.Option(help="What the holder may do.", parser=_role, metavar="|".join(ROLES))
    ],
    label: Annotated[str, typer.Option(help="A label of the post, not a person's name.")],
    centre: Annotated[str | None, typer.Option(help="For caseworkers and coordinators.")] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Its last day; a year from now at most."),
    ] = None,
    purpose: Annotated[
        ReadingPurpose | None,
        typer.Option(help="For what it reads of people, where requests by it do not say."),
    ] = None,
    data: Data = None,
) -> None:
    """Register a member of staff, if need be, and print a new access key, once.

    It is announced to auditors and to the coordinators concerned, on their first page.

    Example: jisr key create --role caseworker --centre taza --label taza-caseworker-1
    """
    from service.running.founding import Post, create_key

    ends = expires.date() if expires else None
    with ledger_today(data) as (ledger, today):
        made = create_key(ledger, today, Post(label, role, centre), ends, purpose)
    out.print(made.key)
    err.print(f"It opens until the end of {made.expires_on}, and is shown here only.")
    for key in made.others:
        older = f"{label} has an older key, until {key.expires_on}: jisr key revoke {key.key_id}"
        err.print(older, markup=False)


@key_app.command("list")
def list_keys(
    ended: Ended = False,  # noqa: FBT002 - typer's way of a flag
    data: Data = None,
) -> None:
    """List the access keys that open something: whose, by whom, last used, and until when.

    Example: jisr key list --ended
    """
    from ledger.following.uses import Uses
    from service.queries.access_keys import issued
    from service.running.founding import directory

    with ledger_today(data) as (ledger, today), closing(Uses(ledger.feed.tracking())) as uses:
        keys = issued(directory(ledger), uses.last(), today)
    rows = [COLUMNS, *(_row(key) for key in keys if ended or key.opens)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        out.print(line.rstrip(), markup=False)


def _row(key: "IssuedAccessKey") -> tuple[str, ...]:
    return (
        key.label or str(key.staff_id),
        str(key.role),
        key.centre or "-",
        str(key.issued_on),
        key.issued_by_label or (str(key.issued_by) if key.issued_by else "at the machine"),
        f"{key.last_used:%Y-%m-%d %H}h UTC" if key.last_used else "not known",
        f"revoked {key.revoked_on}" if key.revoked_on else str(key.expires_on),
        str(key.key_id),
    )


@key_app.command("revoke")
def revoke(
    key_id: Annotated[UUID, typer.Argument(help="As `jisr key list` shows it.")],
    data: Data = None,
) -> None:
    """Let an access key open nothing any more, at once and for good.

    Example: jisr key revoke 6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1
    """
    from service.running.founding import revoke_key

    with ledger_today(data) as (ledger, today):
        revoke_key(ledger, today, key_id)
    out.print("Revoked: it opens nothing any more.")


@contextmanager
def ledger_today(data: Data) -> "Iterator[tuple[Ledger, date]]":
    from domain.values.calendar import local_date
    from service.bootstrap import opened_ledger

    with opened_ledger(settings_of(data=data)) as ledger:
        yield ledger, local_date(datetime.now(UTC))


@keys_app.command("rotate")
def rotate_keys(data: Data = None) -> None:
    """Replace the master key by the next one while everything runs, and destroy the old one.

    Example: jisr keys rotate
    """
    from rich.progress import Progress

    from service.running.rotation import rotate

    settings = settings_of(data=data)
    with Progress(console=out) as bar:
        task = bar.add_task("keys", total=None)
        number = rotate(settings, lambda done: bar.update(task, completed=done))
    out.print(
        f"Every key is wrapped by master key {number} now, and the one before it is destroyed. "
        f"Back up {settings.master_key}, and destroy the copies of the old one."
    )
    tell_anew(settings, Act.MASTER_KEY_ROTATED, {Fact.NUMBER: number})


@keys_app.command("rotate-signing")
def rotate_signing(data: Data = None) -> None:
    """Sign checkpoints with a new key from now on; the one before signs beside it for 30 days.

    A checkpoint is made at once that both sign: send it to whoever knows the older key alone.

    Example: jisr keys rotate-signing
    """
    from domain.upkeep.vocabulary import Act, Fact
    from service.bootstrap import opened_ledger
    from service.cli.acts import tell
    from service.running.sealed import caught_up

    with opened_ledger(settings_of(data=data)) as ledger:
        log = caught_up(ledger)
        made = log.rotate()
        tell(ledger, Act.SIGNING_KEY_ROTATED, {Fact.NUMBER: made.number})
        key = made.named(log.origin)
    out.print(f"Checkpoints are signed by key {made.number} now.")
    out.file.write(f"{key}\n")
