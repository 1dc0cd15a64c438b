"""`jisr audit …`: what whoever distrusts the house asks at the machine itself. A module a command."""

import typer

from service.cli.audit.bundles import export, verify
from service.cli.audit.checkpoint import checkpoint, keys
from service.cli.audit.reconcile import reconcile
from service.cli.audit.replay import replay

audit_app = typer.Typer(
    no_args_is_help=True, help="Replay histories, and prove that nothing was altered."
)
audit_app.command("replay")(replay)
audit_app.command("reconcile")(reconcile)
audit_app.command("export")(export)
audit_app.command("verify")(verify)
audit_app.command("checkpoint")(checkpoint)
audit_app.command("keys")(keys)
