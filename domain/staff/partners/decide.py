"""The rules of partners' systems."""

from domain.errors import Refused
from domain.message import Event, derived_id
from domain.staff.partners import events as e
from domain.staff.partners import steps as s
from domain.staff.partners.state import Partner
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def register(world: World, step: s.RegisterPartner, ctx: Context) -> Event:
    """No two systems are told at one address: an answer, or a secret, would be the other's."""
    partners = world.staff.partners
    for other in partners.values():
        if other.listens and other.url == step.url and other.partner != step.partner:
            raise Refused("partner_address_taken", partner=other.partner)
    before = partners.get(step.partner)
    secret = derived_id(ctx.command_id, "secret")
    if before is not None and not step.new_secret:
        secret = before.secret_id
    return e.PartnerRegistered(
        partner=step.partner,
        partner_id=before.partner_id if before else derived_id(ctx.command_id, "partner"),
        name=step.name,
        url=step.url,
        hears=tuple(dict.fromkeys(step.hears)),
        secret_id=secret,
    )


def end(world: World, step: s.EndPartner, _: Context) -> Event:
    _listening(world, step.partner)
    return echo(e.PartnerEnded, step)


def note_gone(world: World, step: s.NotePartnerGone, _: Context) -> Event:
    _listening(world, step.partner)
    return echo(e.PartnerGone, step)


def _listening(world: World, code: str) -> Partner:
    """Raises `Refused` unless it is told of something."""
    known = world.staff.partners.get(code)
    if known is None:
        raise Refused("partner_unknown")
    if not known.listens:
        raise Refused("partner_over")
    return known
