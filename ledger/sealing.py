"""Encryption under a person's key: single fields of events, and whole commands.

AES-256-GCM, a fresh 96-bit nonce each time, base64 outside. What a ciphertext belongs to
is authenticated with it: moved to another event, field or command, it does not open.
"""

import os
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from domain.errors import Erased, Refused
from domain.message import Actor, Command, Message, Origin, name_of
from ledger.keys import KeyStore
from ledger.port import Domain

NONCE_BYTES = 12


class Broken(Exception):
    """A ciphertext was altered, moved, or belongs to another key."""


def encrypt(cipher: AESGCM, plain: bytes, context: bytes) -> str:
    nonce = os.urandom(NONCE_BYTES)
    return b2a_base64(nonce + cipher.encrypt(nonce, plain, context), newline=False).decode()


def decrypt(cipher: AESGCM, text: str, context: bytes) -> bytes:
    """Raises `Broken`."""
    try:
        blob = a2b_base64(text)
        return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], context)
    except (InvalidTag, Base64Error, ValueError) as error:
        raise Broken from error


def field_context(stream: str, version: int, event_type: str, field: str) -> bytes:
    return f"{stream}|{version}|{event_type}|{field}".encode()


class Sealed(Message):
    """A whole command on its way through the process engine: only the ledger opens it."""

    case_id: str
    command_id: UUID
    subject: UUID
    """Whose key it is sealed under."""
    blob: str


class CommandSeal:
    """Seals commands whole, so that their actor too can be trusted after opening."""

    def __init__(self, keys: KeyStore, domain: Domain) -> None:
        self._keys = keys
        self._domain = domain

    def seal(self, command: Command, subject: UUID) -> Sealed:
        """Makes the subject's key if need be; raises `Erased` when it is destroyed."""
        cipher = AESGCM(self._keys.create(subject))
        case_id = name_of(command.target)
        body = {
            "id": command.id,
            "target": command.target,
            "step": [self._domain.step_name(command.step), command.step.model_dump(mode="json")],
            "actor": command.actor,
            "origin": command.origin,
            "expected_version": command.expected_version,
            "reason": command.reason,
        }
        blob = encrypt(cipher, to_json(body), _command_context(case_id, command.id))
        return Sealed(case_id=case_id, command_id=command.id, subject=subject, blob=blob)

    def open(self, sealed: Sealed) -> Command:
        """Raises `Erased`, and `Refused("seal_broken")` for what was altered or moved."""
        cipher = self._keys.cipher(sealed.subject)
        if cipher is None:
            raise Erased if self._keys.is_destroyed(sealed.subject) else Refused("seal_broken")
        context = _command_context(sealed.case_id, sealed.command_id)
        try:
            body = from_json(decrypt(cipher, sealed.blob, context))
            name, step = body.pop("step")
            return Command(
                id=UUID(body.pop("id")),
                actor=Actor.model_validate(body.pop("actor")),
                origin=Origin.model_validate(body.pop("origin")),
                step=self._domain.steps[name].model_validate(step),
                **body,
            )
        except (Broken, ValidationError, KeyError):
            # Without the cause: a validation error quotes the personal data it stumbled over.
            raise Refused("seal_broken") from None


def _command_context(case_id: str, command: UUID) -> bytes:
    return f"command|{case_id}|{command}".encode()
