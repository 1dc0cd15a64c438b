"""Whole commands, sealed under a person's key on their way through the process engine."""

from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from pydantic_core import from_json, to_json

from domain.errors import Erased, Refused
from domain.message import Actor, Command, Message, Origin, name_of
from ledger.keys.ciphertext import Broken, decrypt, encrypt
from ledger.keys.store import NUMBER, KeyStore, Use
from ledger.port import Domain


class Sealed(Message):
    """A sealed command: only the ledger opens it."""

    case_id: str
    command_id: UUID
    subject: UUID
    """Whose key it is sealed under."""
    blob: str


class CommandSeal:
    """Seals commands whole, so that their actor too can be trusted after opening."""

    def __init__(self, keys: KeyStore, domain: Domain, clock: Callable[[], datetime]) -> None:
        self._keys = keys
        self._domain = domain
        self._clock = clock

    def seal(self, command: Command, subject: UUID) -> Sealed:
        """An order of now. Makes the subject's key if need be; raises `Erased` if destroyed."""
        cipher = self._keys.create(subject).cipher(Use.SEALING)
        case_id = name_of(command.target)
        body = {
            "id": command.id,
            "target": command.target,
            "step": [self._domain.step_name(command.step), command.step.model_dump(mode="json")],
            "actor": command.actor,
            "origin": command.origin,
            "expected_version": command.expected_version,
            "reason": command.reason,
            "sealed_at": self._clock(),
        }
        blob = encrypt(cipher, NUMBER, to_json(body), _command_context(case_id, command.id))
        text = b2a_base64(blob, newline=False).decode()
        return Sealed(case_id=case_id, command_id=command.id, subject=subject, blob=text)

    def open(self, sealed: Sealed) -> Command:
        """Raises `Erased`, and `Refused("seal_broken")` for what was altered or moved."""
        cipher = self._keys.cipher(sealed.subject, Use.SEALING)
        if cipher is None:
            raise Erased if self._keys.is_destroyed(sealed.subject) else Refused("seal_broken")
        context = _command_context(sealed.case_id, sealed.command_id)
        try:
            body = from_json(decrypt(cipher, a2b_base64(sealed.blob), context))
            name, step = body.pop("step")
            return Command(
                id=UUID(body.pop("id")),
                actor=Actor.model_validate(body.pop("actor")),
                origin=Origin.model_validate(body.pop("origin")),
                step=self._domain.steps[name].model_validate(step),
                sealed_at=datetime.fromisoformat(body.pop("sealed_at")),
                **body,
            )
        except (Broken, Base64Error, ValueError, KeyError):
            # Without the cause: a validation error quotes the personal data it stumbled over.
            raise Refused("seal_broken") from None


def _command_context(case_id: str, command: UUID) -> bytes:
    return f"command|{case_id}|{command}".encode()
