"""Commands of a witness, which another house runs; and asking one for its signature."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import Data, err, out, settings_of

witness_app = typer.Typer(
    no_args_is_help=True,
    help="Be a witness of another house's checkpoints, or ask one for its signature.",
)

Folder = Annotated[Path, typer.Argument(help="The witness's own folder.", file_okay=False)]
Key = Annotated[str, typer.Argument(metavar="VKEY", help="A public key, as name+id+key.")]


@witness_app.command("make")
def make(
    folder: Folder,
    name: Annotated[str, typer.Argument(help="Its name, like an address: witness.example/w1.")],
) -> None:
    """Make a witness: its key, and the public half, which is for everybody.

    Example: jisr witness make /srv/witness witness.example/w1
    """
    from service.witness.room import WitnessRoom

    out.print(str(WitnessRoom(folder).make(name)), markup=False)


@witness_app.command("trust")
def trust(folder: Folder, vkey: Key) -> None:
    """Let the witness sign what a log's key has signed; the key's name is the log's origin.

    Example: jisr witness trust /srv/witness "jisr/5b7c8e5c+530d903a+AekyeRrm…"
    """
    from service.witness.room import WitnessRoom, vkey_of

    room, key = WitnessRoom(folder), vkey_of(vkey)
    room.cosigner()
    room.memory(_now).trust(key)
    out.print(f"What {key.name} has signed is signed by this witness.", markup=False)


@witness_app.command("run")
def run(
    folder: Folder,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port.", min=0, max=65535)] = 8490,
) -> None:
    """Answer until SIGTERM or SIGINT: POST /add-checkpoint, GET /checkpoint/ORIGIN.

    Example: jisr witness run /srv/witness --host 0.0.0.0
    """
    import uvloop

    from service.api.edge.connections import server_of
    from service.running.logs import configure_logs
    from service.running.ports import require_free
    from service.witness.room import WitnessRoom
    from service.witness.serving import served

    room = WitnessRoom(folder)
    app = served(room.memory(_now), room.cosigner())
    require_free(host, port)
    configure_logs("witness")
    err.print(f"The witness answers at http://{host}:{port}.", markup=False)
    uvloop.run(server_of(app, host, port, grace=10).serve())


@witness_app.command("refused")
def refused(folder: Folder) -> None:
    """Say what a log has signed that this witness has not.

    `contradicts`: another root of a size that it had signed; the two notes prove that against it.
    `unproved`: nobody has shown that it goes on from what was signed before; ask the log to show it.
    Ends with 1 where there is any.

    Example: jisr witness refused /srv/witness
    """
    from service.witness.room import WitnessRoom

    found = WitnessRoom(folder).memory(_now).refused()
    for each in found:
        out.print(f"{each.at} {each.origin}: {each.kind}", markup=False)
        out.print(
            f"signed before:\n{each.seen or 'nothing'}\ntold then:\n{each.told}", markup=False
        )
    err.print(f"{len(found)} refused.", markup=False)
    raise typer.Exit(1 if found else 0)


@witness_app.command("ask")
def ask(
    url: Annotated[str, typer.Argument(help="Where the witness answers.")],
    vkey: Key,
    file: Annotated[Path, typer.Argument(help="The file for the signed note.", dir_okay=False)],
    data: Data = None,
) -> None:
    """Have a witness sign what is sealed of this ledger now, and keep the note in a file.

    By a timer of the machine it is kept level: whoever holds the file can show that nothing before it
    was altered, and the witness that no other history was shown to it.

    Example: jisr witness ask https://witness.example "witness.example/w1+…" checkpoint.txt
    """
    import httpx

    from ledger.proof.proofs import Proofs
    from service.bootstrap import opened_ledger
    from service.running.exporting import write_whole
    from service.running.faults import OperatorError
    from service.witness.asking import Witness, WitnessRefused, witnessed
    from service.witness.line import Line
    from service.witness.room import vkey_of

    witness = Witness(url, vkey_of(vkey))
    with opened_ledger(settings_of(data=data)) as ledger, httpx.Client(transport=Line()) as http:
        head = ledger.sealed.head()
        if head is None:
            raise OperatorError("nothing is sealed yet: start the worker, or wait a second")
        try:
            note = witnessed(witness, head.note, Proofs(ledger.sealed), http)
        except WitnessRefused as refused:
            raise OperatorError(f"the witness did not sign: {refused}") from refused
        except httpx.HTTPError as error:
            raise OperatorError(f"the witness is away: {type(error).__name__}") from error
    write_whole(file, [str(note)])
    out.print(f"{file}: {head.size} entries, signed by {witness.key.name}.", markup=False)


def _now() -> datetime:
    return datetime.now(UTC)
