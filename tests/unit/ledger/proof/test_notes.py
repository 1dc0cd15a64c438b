"""Signed notes and checkpoints, as C2SP defines them."""

import pytest

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import Note, NoteBroken, Signer, VerifierKey, signed_note

KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SIGNED = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""
"""The example of https://c2sp.org/signed-note."""
EXTENDED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
"""
SIGNER = Signer("house/ledger", bytes(32))


def test_the_example_of_the_definition_is_read_verified_and_written() -> None:
    key, note = VerifierKey.parsed(KEY), Note.parsed(SIGNED)
    assert str(key) == KEY
    assert note.verified([key]) == [key]
    assert str(note) == SIGNED


def test_signatures_by_others_are_passed_over_and_a_wrong_one_is_not() -> None:
    other = Signer("other/ledger", bytes([1]) * 32)
    note = signed_note("text\n", [SIGNER, other])
    assert note.verified([SIGNER.key]) == [SIGNER.key]
    with pytest.raises(NoteBroken, match="no signature is by a key"):
        note.verified([VerifierKey("third/ledger", SIGNER.key.public)])
    with pytest.raises(NoteBroken, match="not that of this text"):
        Note("Text\n", note.signatures).verified([other.key])


@pytest.mark.parametrize("place", range(len(SIGNED.encode())))
def test_a_note_with_one_bit_changed_is_not_verified(place: int) -> None:
    told = bytearray(SIGNED.encode())
    told[place] ^= 1
    try:
        note = Note.parsed(told.decode())
    except (NoteBroken, UnicodeDecodeError):
        return
    with pytest.raises(NoteBroken):
        note.verified([VerifierKey.parsed(KEY)])


@pytest.mark.parametrize(
    "told",
    ["", "text\n", "text\n\n", "text\n\n— name\n", "te\x00xt\n\n— a AAAAAAA=\n", KEY, "\n\n\n"],
)
def test_what_is_no_note_is_refused(told: str) -> None:
    with pytest.raises(NoteBroken):
        Note.parsed(told)


@pytest.mark.parametrize("told", ["", "a+b", KEY[:-1], KEY.replace("530d", "530e"), f"b{KEY}"])
def test_what_is_no_key_is_refused(told: str) -> None:
    with pytest.raises(NoteBroken):
        VerifierKey.parsed(told)


def test_a_checkpoint_is_written_as_it_was_read() -> None:
    read = Checkpoint.parsed(EXTENDED)
    assert (read.size, read.streams, read.text) == (20852163, None, EXTENDED)
    with_streams = Checkpoint(read.origin, read.size, read.root, bytes(32))
    assert Checkpoint.parsed(with_streams.text) == with_streams
    assert Checkpoint.parsed(EXTENDED + "something else\n") == read


@pytest.mark.parametrize(
    "told",
    ["", "a\n1\n", EXTENDED[:-1], EXTENDED.replace("2085", "02085"), EXTENDED.replace("2I=", "2J="),
     EXTENDED.replace("2085", "-2085"), EXTENDED + "\n", EXTENDED + "streams AA==\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(told: str) -> None:
    with pytest.raises(NoteBroken):
        Checkpoint.parsed(told)
