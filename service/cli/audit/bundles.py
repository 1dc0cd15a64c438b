"""`jisr audit export` and `jisr audit verify`: what an auditor takes along, and compares with."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never
from uuid import UUID

import typer

from domain.upkeep.vocabulary import Act, Fact
from service.cli.options import Data, err, out, settings_of

if TYPE_CHECKING:
    from service.settings import Settings

ALTERED, NOT_CHECKED = 1, 2
"""Exit statuses, as `verify.py` has them."""

Against = Annotated[
    list[Path] | None,
    typer.Option(
        "--against",
        exists=True,
        dir_okay=False,
        metavar="FILE",
        help="An earlier checkpoint that somebody holds: with the proof that this goes on from it.",
    ),
]
Checkpoints = Annotated[
    list[Path] | None,
    typer.Option(
        "--checkpoint",
        exists=True,
        dir_okay=False,
        metavar="FILE",
        help="A checkpoint that was kept outside the house.",
    ),
]
Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key",
        metavar="VKEY",
        help="A public key of the house, had from elsewhere: only it counts.",
    ),
]


def export(
    file: Annotated[Path, typer.Argument(help="Where the bundle goes; nothing may stand there.")],
    *,
    case: Annotated[str | None, typer.Option(help="Of this case: its reference or id.")] = None,
    agreement: Annotated[UUID | None, typer.Option(help="Of this agreement: its id.")] = None,
    season: Annotated[str | None, typer.Option(help="Of the agreements of this season.")] = None,
    reads: Annotated[bool, typer.Option("--reads", help="Of the log of who read what.")] = False,
    upkeep: Annotated[
        bool, typer.Option("--upkeep", help="Of what was done to the ledger as a whole.")
    ] = False,
    receipts: Annotated[
        bool, typer.Option("--receipts", help="Of what steps were answered, by position.")
    ] = False,
    against: Against = None,
    data: Data = None,
) -> None:
    """Write entries, their proofs and a verifier into one file, for whoever does not trust this house.

    Of the whole ledger, unless a case, an agreement or a season is named. What is personal stays
    encrypted: no key goes with it. Whoever has the file checks it by `python verify.py FILE`.

    Example: jisr audit export fes.tar --case FES-24-0173
    """
    from ledger.bundle.export import Unprovable
    from ledger.bundle.export import export as write
    from ledger.proof.log import LEDGER, READS, RECEIPTS, UPKEEP, LogDiffers
    from ledger.proof.notes import NoteBroken
    from ledger.proof.tiles import TreeDamaged
    from service.bootstrap import opened_ledger
    from service.cli.acts import tell
    from service.running.auditing.bundling import scope
    from service.running.faults import OperatorError
    from service.running.sealed import sealed_logs

    settings = settings_of(data=data)
    with opened_ledger(settings) as ledger, ExitStack() as stack:
        others = {READS: reads, UPKEEP: upkeep, RECEIPTS: receipts}
        named = [each for each, is_asked in others.items() if is_asked]
        if len(named) > 1:
            raise OperatorError("a bundle is of one log: name one of --reads, --upkeep, --receipts")
        other = named[0] if named else None
        asked = scope(ledger, case=case, agreement=agreement, season=season, other=other)
        told = [each.read_text(encoding="utf-8", errors="replace") for each in against or ()]
        try:
            accepted = ledger.upkeep.losses.accepted()
            logs = stack.enter_context(sealed_logs(settings, ledger))
            log = next(each for each in logs if each.name == (other or LEDGER))
            made = write(log, file, asked.about, asked.streams, told, accepted)
        except LogDiffers as differs:
            _end(
                f"ALTERED: position {differs.position} is not what was sealed: jisr audit verify",
                ALTERED,
            )
        except (TreeDamaged, NoteBroken) as damaged:
            _end(f"ALTERED: what was sealed is damaged: {damaged}", ALTERED)
        except Unprovable as unprovable:
            _end(f"No bundle was made: {unprovable}.", NOT_CHECKED)
        with file.open("rb") as written:
            digest = hashlib.file_digest(written, "sha256").hexdigest()
        facts = {
            Fact.KIND: "bundle",
            Fact.OF: asked.about.replace(" ", "/"),
            Fact.POSITION: made.size,
            Fact.EVENTS: made.events,
            Fact.SHA256: digest,
        }
        out.print(
            f"{file}: {made.events} events of {asked.about}, proved under the checkpoint of {made.size}"
            f" and from {made.earlier} earlier ones.\nSHA-256 {digest}",
            markup=False,
        )
        tell(ledger, Act.EXPORTED, facts)


def verify(
    bundle: Annotated[
        Path | None,
        typer.Argument(
            exists=True, help="A bundle, or the folder it was unpacked into; else the ledger here."
        ),
    ] = None,
    *,
    checkpoint: Checkpoints = None,
    key: Keys = None,
    data: Data = None,
) -> None:
    """Verify that nothing was altered: the ledger here and the log of who read it, or a bundle.

    It says what was checked, and what could not be.

    It ends with 0 when all that was checked holds, with 1 when something was altered (the first bad
    position is named), and with 2 when what was given cannot be compared with.

    Example: jisr audit verify --checkpoint kept-elsewhere.txt
    """
    if bundle is not None:
        from ledger.bundle.verify import Altered, Unusable, check, said

        try:
            report = check(bundle, key or (), checkpoint or ())
        except Altered as altered:
            _end(f"ALTERED: {altered}", ALTERED)
        except Unusable as unusable:
            _end(f"NOT CHECKED: {unusable}", NOT_CHECKED)
        out.print(said(report), markup=False)
        return
    _verify_here(settings_of(data=data), checkpoint or [], key or [])


def _verify_here(settings: "Settings", checkpoints: list[Path], keys: list[str]) -> None:
    from rich.progress import Progress

    from ledger.bundle.verify import said
    from ledger.verifying.signed import Differs, Unusable
    from service.running.auditing.verifying import verified

    try:
        # No thread of its own: processes are forked.
        with Progress(console=err, transient=True, auto_refresh=False) as bar:
            task = bar.add_task("events", total=None)
            reports = verified(
                settings,
                checkpoints,
                keys,
                lambda done, of: bar.update(task, completed=done, total=of, refresh=True),
            )
    except Differs as differs:
        _end(f"ALTERED: {differs}", ALTERED)
    except Unusable as unusable:
        _end(f"NOT CHECKED: {unusable}", NOT_CHECKED)
    for report in reports:
        out.print(said(report), "\n", markup=False, sep="")


def _end(text: str, status: int) -> Never:
    out.print(text, markup=False)
    raise typer.Exit(status)
