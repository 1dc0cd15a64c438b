"""Commands about what is sent to people outside Jisr."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import asyncio
from typing import Annotated

import typer

from domain.upkeep.vocabulary import Act, Fact
from service.cli.acts import tell
from service.cli.keys import ledger_today
from service.cli.options import Data, err, out, settings_of
from service.notify.channels import MessageChannel
from service.words.language import Language

notify_app = typer.Typer(no_args_is_help=True, help="Try the channels by which people are told.")


@notify_app.command("test")
def try_channel(
    to: Annotated[str, typer.Option(help="An e-mail address, a telephone number, or a URL.")],
    language: Annotated[Language, typer.Option(help="Of the text.")] = Language.ENGLISH,
    data: Data = None,
) -> None:
    """Send a test message at once, and say what the other side answered. Nothing is recorded.

    It ends with 0 where it was accepted, and with 1 where it was not.

    Example: jisr notify test --to office@example.org
    """
    from service.notify.trying import channel_for, tried

    channel = channel_for(to)
    if channel is None:
        raise typer.BadParameter(
            "it is an e-mail address, a telephone number such as +212612345678, or an https:// URL",
            param_hint="--to",
        )
    outcome = asyncio.run(tried(settings_of(data=data), channel, to, language))
    if outcome.accepted:
        out.print(f"Accepted by {_named(channel)}. Look whether it has arrived.")
        return
    err.print(f"Not accepted by {_named(channel)}: {outcome.code} {outcome.detail}".rstrip())
    raise typer.Exit(1)


@notify_app.command("again")
def again(data: Data = None) -> None:
    """Have all messages that failed go again, with the same ids, once what kept them is mended.

    Example: jisr notify again
    """
    from service.bootstrap import opened_outbox

    with ledger_today(data) as (ledger, _), opened_outbox(settings_of(data=data)) as outbox:
        many = outbox.send_all_again(ledger.now())
        if many:
            tell(ledger, Act.MESSAGES_SENT_AGAIN, {Fact.MESSAGES: many})
    out.print(f"{many} messages go again.")


def _named(channel: MessageChannel) -> str:
    return {MessageChannel.EMAIL: "the mail server", MessageChannel.SMS: "the gateway"}.get(
        channel, "the partner"
    )
