#!/usr/bin/env python3
"""Check a bundle of a Jisr ledger. It needs Python 3.11, `cryptography`, and nothing of Jisr.

    python verify.py [BUNDLE] [--key VKEY]... [--checkpoint FILE]...

BUNDLE is the `.tar` as it came, or the folder it was unpacked into (where this file lies, if it
is left out). `--key`: a public key of the house, had from elsewhere than the bundle: no other is
believed then; of a witness (cosignature/v1): it must have signed one. `--checkpoint`: an earlier
checkpoint that was kept outside the house: its tree must be the beginning of this one.

What is in a bundle, in this order, every byte in one way only:

    README.txt verify.py keys checkpoint    the keys as C2SP vkeys; a C2SP tlog-checkpoint
    checkpoints/<size>                      earlier checkpoints
    of all:   tile/entries/… states/… tile/<level>/…   C2SP tlog-tiles, 256 events a file
    of part:  entries states proofs/<position>.tlog-proof streams/<bucket> consistency/<size>
    manifest                                a signed note: the hashes of what no tree covers

An entry is 0x01, position u64, stream u16-prefixed, version u64, type u16-prefixed, SHA-256 of the
bytes stored for the event; entries are u16-prefixed, stored bytes u32-prefixed; all big-endian.
The tree is RFC 6962's. The checkpoint's line `streams` is the root of 65,536 buckets by the first
two bytes of SHA-256(stream), each (SHA-256(stream), last version u64)… ascending.

Exit status: 0 what it says it checked holds; 1 something was altered; 2 it could not be checked:
no bundle, an unknown key, another house's checkpoint, or one of later than the bundle.
"""

import argparse
import base64
import hashlib
import os
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

FORMAT, PROOF = "jisr.bundle/v1", "c2sp.org/tlog-proof@v1"
FACTS = ("holds", "events", "origin", "about", "made")
TILE, HASH, BLOCK = 256, 32, 512
BUCKETS, BUCKET_ROW = 1 << 16, HASH + 8
ED25519, COSIGNED = 1, 4
FEW, TOGETHER = 50_000, 64
"""Events that one process checks; tiles that a process takes at a time."""


class Altered(Exception):
    """Something is not what was signed; at which position of the ledger, where that is known."""

    def __init__(self, said: str, position: int | None = None) -> None:
        super().__init__(said, position)
        self.said, self.position = said, position

    def __str__(self) -> str:
        return self.said if self.position is None else f"position {self.position}: {self.said}"


class Unusable(Exception):
    """It cannot be checked, whether it was altered or not."""


@dataclass
class Report:
    about: str = ""
    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)


# --- Files: a canonical tar, or the folder it was unpacked into -----------------------------------


class File(NamedTuple):
    path: str
    offset: int
    size: int

    def read(self) -> bytes:
        with open(self.path, "rb") as file:  # noqa: PTH123 (a path costs more than the reading)
            file.seek(self.offset)
            return file.read(self.size)


@cache
def tar_header(name: str, size: int) -> bytes:
    """The only header that a file of that name and size has."""
    before = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2
    before += b"%011o\0%011o\0" % (size, 0)
    after = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(167)
    return before + b"%06o\0 " % (sum(before) + 8 * 32 + sum(after)) + after


def files_of_tar(path: Path) -> dict[str, File]:
    files: dict[str, File] = {}
    at, end = 0, path.stat().st_size
    with path.open("rb") as tar:
        while (header := tar.read(BLOCK)).strip(b"\0"):
            said = re.fullmatch(rb"([!-~]{1,100})\0*", header[:100])
            octal = re.fullmatch(rb"[0-7]{11}", header[124:135])
            name, size = (said[1].decode(), int(octal[0], 8)) if said and octal else ("", 0)
            if not at and not header.startswith(b"README.txt"):
                raise Unusable(f"{path} is no bundle")
            if header != tar_header(name, size) or name in files:
                raise Altered(f"byte {at}: no file of a bundle begins here as it should")
            files[name] = File(str(path), at + BLOCK, size)
            padding = -size % BLOCK
            if (at := at + BLOCK + size + padding) > end:
                raise Altered(f"the bundle is cut short in {name}", position_in(name))
            tar.seek(at - padding)
            if tar.read(padding).strip(b"\0"):
                raise Altered(f"there is something behind {name}", position_in(name))
        tar.seek(at)
        if end - at != 2 * BLOCK or tar.read().strip(b"\0"):
            raise Altered(f"byte {at}: the bundle should end here, with 1024 zeros")
    return files


def files_of_folder(path: Path) -> dict[str, File]:
    found = sorted(each for each in path.rglob("*") if not each.is_dir() or each.is_symlink())
    if any(each.is_symlink() or not each.is_file() for each in found):
        raise Altered("the folder holds what is no file")
    return {str(e.relative_to(path)): File(str(e), 0, e.stat().st_size) for e in found}


def position_in(name: str) -> int | None:
    """The first position that a file of the tree is about."""
    digits = re.fullmatch(r"(?:tile/entries|tile/0|states)/([x\d/]*\d{3})(?:\.p/\d+)?", name)
    return int(re.sub(r"\D", "", digits[1])) * TILE + 1 if digits else None


# --- Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) -----------------------------


def decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if not data or base64.b64encode(data).decode() != text:
        raise Altered("something that should be base64 is not")
    return data


class Key(NamedTuple):
    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(told).digest()[:4]

    @property
    def vkey(self) -> str:
        public = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{public}"

    @classmethod
    def of(cls, vkey: str) -> "Key":
        try:
            name, _, encoded = vkey.split("+", 2)
            kind, *public = decoded(encoded)
            key = cls(name, kind, bytes(public))
        except (ValueError, Altered):
            key = None
        if key is None or key.vkey != vkey or key.kind not in (ED25519, COSIGNED):
            raise Unusable(f"no Ed25519 verifier key: {vkey[:100]}")
        return key

    @cache  # noqa: B019 (a key lives as long as the program)
    def verify(self, signature: bytes, text: str) -> None:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 (not in each process)
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )

        if self.kind == COSIGNED:
            time = int.from_bytes(signature[:8], "big")
            signature, text = signature[8:], f"cosignature/v1\ntime {time}\n{text}"
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            raise Altered(f"it does not bear out the signature of {self.name}") from None


class Note(NamedTuple):
    text: str
    signatures: Sequence[tuple[str, bytes, bytes]]

    @classmethod
    def of(cls, data: bytes, called: str) -> "Note":
        try:
            text, _, signed = data.decode().rpartition("\n\n")
        except UnicodeDecodeError:
            raise Altered(f"{called} is no signed note") from None
        if not text or not signed.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", text):
            raise Altered(f"{called} is no signed note")
        signatures = []
        for line in signed[:-1].split("\n"):
            dash, name, encoded = (*line.split(" "), "", "")[:3]
            if dash != "—" or line.count(" ") != 2:  # noqa: PLR2004
                raise Altered(f"{called} has a line that is no signature")
            signature = decoded(encoded)
            signatures.append((name, signature[:4], signature[4:]))
        return cls(text + "\n", signatures)

    def signers(self, keys: Iterable[Key]) -> list[Key]:
        """Those among these keys that signed it, each signature verified."""
        known = {(key.name, key.id): key for key in keys}
        found = []
        for name, key_id, signature in self.signatures:
            if key := known.get((name, key_id)):
                key.verify(signature, self.text)
                found.append(key)
        return found


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    streams: bytes | None
    note: Note

    @classmethod
    def of(cls, data: bytes, called: str) -> "Checkpoint":
        note = Note.of(data, called)
        origin, size, root, *more = (*note.text.split("\n")[:-1], "", "")
        if not origin or not re.fullmatch(r"0|[1-9]\d{0,18}", size):
            raise Altered(f"{called} is no checkpoint")
        streams = [line[8:] for line in more if line.startswith("streams ")]
        return cls(origin, int(size), decoded(root), decoded(streams[0]) if streams else None, note)


# --- The tree (RFC 6962, RFC 9162) ----------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root above these: leaves, or the roots of full trees of one size and a last smaller one."""
    while len(hashes) > 1:
        above = [node_hash(*two) for two in zip(hashes[::2], hashes[1::2], strict=False)]
        hashes = [*above, hashes[-1]] if len(hashes) % 2 else above
    return hashes[0] if hashes else hashlib.sha256(b"").digest()


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a proof of inclusion leads to; nothing for a proof that is none."""
    at, last, found = index, size - 1, leaf
    for each in proof:
        if not last:
            return b""
        if at % 2 or at == last:
            found = node_hash(each, found)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, each)
        at, last = at >> 1, last >> 1
    return found if not last and index < size else b""


def is_consistent(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> bool:
    if old.size == new.size or not old.size:
        return not proof and (not old.size or old.root == new.root)
    path = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
    at, last = old.size - 1, new.size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    first = second = path[0] if path else b""
    for each in path[1:]:
        if not last:
            return False
        if at % 2 or at == last:
            first, second = node_hash(each, first), node_hash(each, second)
            while not at % 2 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, each)
        at, last = at >> 1, last >> 1
    return not last and (first, second) == (old.root, new.root)


# --- Events ---------------------------------------------------------------------------------------


class Entry(NamedTuple):
    position: int
    stream: bytes
    version: int
    digest: bytes

    @classmethod
    def of(cls, data: bytes) -> "Entry":
        """Raises `ValueError` or `struct.error` for what is none."""
        form, position, named = struct.unpack_from(">BQH", data)
        version, typed = struct.unpack_from(">QH", data, 11 + named)
        if form != 1 or len(data) != 21 + named + typed + HASH:
            raise ValueError
        return cls(position, data[11 : 11 + named], version, data[-HASH:])


Seen = dict[bytes, tuple[int, int, int]]
"""Of each stream: the first version in a stretch, the position it stands at, and the last version."""


def events_in(
    entries: bytes, states: bytes, first: int, many: int
) -> Iterator[tuple[bytes, Entry]]:
    """Each entry with what it says, once it agrees with the bytes that are stored for it.

    `first`: the position of the first; 0 where they are some among others.
    """
    at = stored_at = known = 0
    for number in range(many):
        position = first + number if first else known + 1
        try:
            end = at + 2 + int.from_bytes(entries[at : at + 2], "big")
            data, at = entries[at + 2 : end], end
            entry = Entry.of(data)
            stored_end = stored_at + 4 + int.from_bytes(states[stored_at : stored_at + 4], "big")
            stored, stored_at = states[stored_at + 4 : stored_end], stored_end
        except (ValueError, struct.error):
            raise Altered("there is no entry as there should be", position) from None
        if entry.position != position if first else entry.position <= known:
            raise Altered(f"the entry of {entry.position} stands here", position)
        known = entry.position
        if hashlib.sha256(stored).digest() != entry.digest:
            raise Altered("what is stored is not what was recorded", known)
        yield data, entry
    if (at, stored_at) != (len(entries), len(states)):
        raise Altered("something stands behind it that is no event", known)


def follow(seen: Seen, stream: bytes, version: int, position: int) -> None:
    known = seen.get(stream)
    if known is not None and version != known[2] + 1:
        raise Altered(f"version {version} of a stream follows {known[2]}", position)
    seen[stream] = (known[0], known[1], version) if known else (version, position, version)


class Tile(NamedTuple):
    number: int
    many: int
    entries: File
    states: File
    hashes: File


def check_tiles(tiles: Sequence[Tile]) -> tuple[list[bytes], Seen]:
    """The roots of some tiles, and which streams are in them."""
    roots: list[bytes] = []
    seen: Seen = {}
    for tile in tiles:
        told, leaves, first = tile.hashes.read(), [], tile.number * TILE + 1
        for data, entry in events_in(tile.entries.read(), tile.states.read(), first, tile.many):
            leaves.append(leaf := leaf_hash(data))
            if leaf != told[len(leaves) * HASH - HASH : len(leaves) * HASH]:
                raise Altered("its entry is not the one in the tree", entry.position)
            follow(seen, entry.stream, entry.version, entry.position)
        if len(told) != tile.many * HASH:
            raise Altered(f"tile/0 holds {len(told)} bytes", first)
        roots.append(root_of(leaves))
    return roots, seen


def checked_tiles(tiles: Sequence[Tile], workers: int) -> Iterator[tuple[list[bytes], Seen]]:
    some = [tiles[at : at + TOGETHER] for at in range(0, len(tiles), TOGETHER)]
    if workers == 1 or len(tiles) * TILE < FEW:
        yield from map(check_tiles, some)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(check_tiles, some)


# --- What a bundle holds --------------------------------------------------------------------------


@dataclass
class Bundle:
    files: dict[str, File]
    ordered: bool
    facts: dict[str, str] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    trusted: list[Key] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    """By size, the bundle's own the last; of those kept outside, too."""
    outside: list[Checkpoint] = field(default_factory=list)

    @property
    def checkpoint(self) -> Checkpoint:
        return self.checkpoints[-1]

    def read(self, name: str) -> bytes:
        if name not in self.files:
            raise Altered(f"{name} is missing", position_in(name))
        return self.files[name].read()

    def lines(self, name: str) -> list[str]:
        try:
            return self.read(name).decode().split("\n")
        except UnicodeDecodeError:
            raise Altered(f"{name} is no text") from None

    def require_all(self, others: Iterable[str]) -> None:
        """That these files are in it, and none beside, in their order."""
        wanted = [*self.listed, *others, "manifest"]
        found = list(self.files)
        if (found if self.ordered else sorted(found)) == (
            wanted if self.ordered else sorted(wanted)
        ):
            return
        for name in wanted:
            self.read(name)
        strange = sorted(set(found) - set(wanted))
        said = f"{strange[0]} does not belong to it" if strange else "its files are out of order"
        raise Altered(said)


def opened(path: Path) -> Bundle:
    try:
        if path.is_dir() and not (path / "manifest").is_file():
            raise Unusable(f"{path} is no bundle: it has no manifest")
        if path.is_dir():
            bundle = Bundle(files_of_folder(path), ordered=False)
        else:
            bundle = Bundle(files_of_tar(path), ordered=True)
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None
    if not bundle.files.keys() & {"manifest", "verify.py", "checkpoint"}:
        raise Unusable(f"{path} is no bundle")
    return bundle


def check_signed(bundle: Bundle, given: Sequence[Key], report: Report) -> None:
    """The manifest, what it lists, and the checkpoint."""
    note = Note.of(bundle.read("manifest"), "the manifest")
    form, *lines = note.text[:-1].split("\n")
    if form != FORMAT:
        raise Unusable(f"a bundle of another form than {FORMAT}")
    try:
        bundle.keys = [Key.of(line) for line in bundle.lines("keys")[:-1]]
    except Unusable as wrong:
        raise Altered(f"keys: {wrong}") from None
    bundle.trusted = [key for key in given if key.kind == ED25519] or bundle.keys
    signers = note.signers({*bundle.keys, *bundle.trusted})
    if len(signers) != len(note.signatures):
        raise Altered("the manifest is signed by a key that is not in the bundle")
    for line in lines:
        take_line(bundle, line)
    told = [bundle.facts.get(word, "") for word in FACTS]
    if len(bundle.facts) != len(FACTS) or not re.fullmatch(
        r"(all|part) \d{1,18} .+", " ".join(told)
    ):
        raise Altered("the manifest does not say what it should")
    found = Checkpoint.of(bundle.read("checkpoint"), "the checkpoint")
    if found.size > TILE * len(bundle.files) and bundle.facts["holds"] == "all":
        raise Altered("there are not as many files as the checkpoint's events need")
    if found.origin != bundle.facts["origin"]:
        raise Altered("the checkpoint is another ledger's")
    bundle.checkpoints = [found]
    require_trusted(bundle, note, report)


def take_line(bundle: Bundle, line: str) -> None:
    """Of the manifest: a file, whose hash it says, or something about the bundle."""
    word, _, rest = line.partition(" ")
    if word != "file":
        bundle.facts[word] = rest
        return
    digest, size, name = (*rest.split(" ", 2), "", "")[:3]
    data = bundle.read(name)
    if (hashlib.sha256(data).hexdigest(), str(len(data))) != (digest, size):
        raise Altered(f"{name} is not as it was when the bundle was made")
    bundle.listed.append(name)


def require_trusted(bundle: Bundle, note: Note, report: Report) -> None:
    """That a key which is trusted signed the manifest and the checkpoint."""
    signed = bundle.checkpoint.note
    if not note.signers(bundle.trusted) or not signed.signers(bundle.trusted):
        raise Unusable(f"{bundle.checkpoint.origin} is signed by none of the keys that you gave")
    names = ", ".join(f"{key.name} ({key.id.hex()})" for key in note.signers(bundle.trusted))
    report.checked.append(f"the manifest and the checkpoint are signed by {names}")
    if bundle.trusted is bundle.keys:
        report.not_checked.append(
            "whose key signed: it came with the bundle. Compare it with what the house published,"
            " or give it by --key"
        )


def require_witnesses(bundle: Bundle, given: Sequence[Key], report: Report) -> None:
    """That each witness cosigned one of the checkpoints; the last one is told."""
    for witness in (key for key in given if key.kind == COSIGNED):
        seen = [each.size for each in bundle.checkpoints if each.note.signers([witness])]
        if not seen:
            raise Unusable(f"no checkpoint is cosigned by {witness.name}")
        report.checked.append(f"{witness.name} has cosigned the checkpoint of {seen[-1]}")


def take_checkpoint(bundle: Bundle, data: bytes, called: str) -> Checkpoint:
    """One of earlier, to be looked for in the tree."""
    found = Checkpoint.of(data, called)
    if found.origin != bundle.checkpoint.origin:
        raise Unusable(f"{called} is of another ledger, {found.origin}")
    if not found.note.signers({*bundle.trusted, *bundle.keys}):
        raise Unusable(f"{called} is signed by an unknown key")
    if found.size > bundle.checkpoint.size:
        raise Unusable(
            f"{called} is of {found.size} events, later than the bundle, which ends at"
            f" {bundle.checkpoint.size}"
        )
    *earlier, own = bundle.checkpoints
    bundle.checkpoints = [*sorted([*earlier, found], key=lambda each: each.size), own]
    return found


def path_of(number: int, width: int = TILE) -> str:
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *before, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    return "/".join([*(f"x{each}" for each in before), last]) + (
        f".p/{width}" if width < TILE else ""
    )


def tiles_of(level: int, size: int) -> list[tuple[int, int, str]]:
    """Of a tree of that size at a level: number, how many hashes, path."""
    hashes = size // TILE**level
    widths = [TILE] * (hashes // TILE) + [hashes % TILE] * bool(hashes % TILE)
    return [(number, many, path_of(number, many)) for number, many in enumerate(widths)]


def check_whole(bundle: Bundle, report: Report, workers: int) -> None:
    """A bundle of the whole ledger: the tree is made anew from the events."""
    size = bundle.checkpoint.size
    places = tiles_of(0, size)
    levels = [level for level in range(1, 8) if size >> 8 * level]
    above = [f"tile/{level}/{path}" for level in levels for _, _, path in tiles_of(level, size)]
    rooms = ("tile/entries", "states", "tile/0")
    bundle.require_all([*(f"{room}/{path}" for *_, path in places for room in rooms), *above])
    tiles = [
        Tile(number, many, *(bundle.files[f"{room}/{path}"] for room in rooms))
        for number, many, path in places
    ]
    roots: list[bytes] = []
    last: dict[bytes, int] = {}
    for some, seen in checked_tiles(tiles, workers):
        roots += some
        for stream, (version, position, end) in seen.items():
            if version != last.get(stream, 0) + 1:
                said = f"version {version} of a stream follows {last.get(stream, 0)}"
                raise Altered(said, position)
            last[stream] = end
    check_levels(bundle, roots, levels)
    check_roots(bundle, roots)
    report.checked.append(f"{size} events, what is stored for each, and the tree above them")
    if bundle.checkpoint.streams is None:
        report.not_checked.append("the versions of the streams: the checkpoint does not say them")
    elif streams_root(last) != bundle.checkpoint.streams:
        raise Altered("the streams do not end at the versions that were signed")
    else:
        report.checked.append(f"each of the {len(last)} streams, from its first event to its last")


def check_levels(bundle: Bundle, roots: Sequence[bytes], levels: Sequence[int]) -> None:
    hashes, size = list(roots), bundle.checkpoint.size
    for level in levels:
        hashes = hashes[: size // TILE**level]
        for number, many, path in tiles_of(level, size):
            wanted = b"".join(hashes[number * TILE : number * TILE + many])
            if (told := bundle.read(f"tile/{level}/{path}")) != wanted:
                pairs = zip(wanted, told, strict=False)
                at = next((at for at, (a, b) in enumerate(pairs) if a != b), 0) // HASH
                first, wide = (number * TILE + at) * TILE**level + 1, TILE**level
                said = f"tile/{level} has another hash for positions {first} to {first + wide - 1}"
                raise Altered(said, first)
        hashes = [root_of(hashes[at : at + TILE]) for at in range(0, len(hashes), TILE)]


def check_roots(bundle: Bundle, roots: Sequence[bytes]) -> None:
    """That the tree of each checkpoint's size is the one it signed."""
    good = sure = 0
    for each in bundle.checkpoints:
        full, rest = divmod(each.size, TILE)
        beginning = list(roots[:full])
        if rest:
            *_, (_, _, path) = tiles_of(0, bundle.checkpoint.size)[: full + 1]
            told = bundle.read(f"tile/0/{path}")[: rest * HASH]
            beginning.append(root_of([told[at : at + HASH] for at in range(0, len(told), HASH)]))
        if root_of(beginning) != each.root:
            said = f"somewhere from here to {each.size} it is not what the checkpoint of {each.size} signed"
            # What whoever wrote it anew has signed says nothing of what was kept outside.
            first = sure if each in bundle.outside else good
            raise Altered(said, min(first + 1, each.size))
        good, sure = each.size, each.size if each in bundle.outside else sure


def streams_root(last: Mapping[bytes, int]) -> bytes:
    buckets: dict[int, list[bytes]] = {}
    for stream, version in last.items():
        digest = hashlib.sha256(stream).digest()
        row = digest + version.to_bytes(8, "big")
        buckets.setdefault(int.from_bytes(digest[:2], "big"), []).append(row)
    level = {index: leaf_hash(b"".join(sorted(rows))) for index, rows in buckets.items()}
    empty = leaf_hash(b"")
    for _ in range(16):
        above = {index >> 1 for index in level}
        level = {
            index: node_hash(level.get(2 * index, empty), level.get(2 * index + 1, empty))
            for index in above
        }
        empty = node_hash(empty, empty)
    return level.get(0, empty)


def check_part(bundle: Bundle, report: Report) -> None:
    """A bundle of some streams: each event by its proof, each stream by its bucket's."""
    checkpoint, seen, names = bundle.checkpoint, Seen(), ["entries", "states"]
    many = int(bundle.facts["events"])
    for data, entry in events_in(bundle.read("entries"), bundle.read("states"), 0, many):
        names.append(f"proofs/{entry.position:012}.tlog-proof")
        proof = proof_in(bundle.read(names[-1]), entry.position, bundle.read("checkpoint"))
        found = root_by_inclusion(leaf_hash(data), entry.position - 1, checkpoint.size, proof)
        if found != checkpoint.root:
            raise Altered("its proof does not lead to the checkpoint", entry.position)
        follow(seen, entry.stream, entry.version, entry.position)
        if seen[entry.stream][0] != 1:
            raise Altered("a stream does not begin with its first event", entry.position)
    about = bundle.facts["about"]
    if "/" in about and about.encode() not in seen:
        raise Altered(f"it is of {about}, and has no event of that")
    report.checked.append(
        f"{many} events, what is stored for each, and that the checkpoint has them"
    )
    if checkpoint.streams is None:
        report.not_checked.append("whether these are all: the checkpoint does not say the streams")
    else:
        names += check_streams(bundle, checkpoint.streams, seen)
        report.checked.append(f"these are all events of these {len(seen)} streams up to then")
    report.not_checked.append(f"the other {checkpoint.size - many} events, which it does not hold")
    earlier = {each.size: each for each in bundle.checkpoints[:-1]}
    names += [
        f"consistency/{size:012}" for size in earlier if f"checkpoints/{size:012}" in bundle.files
    ]
    bundle.require_all(names)
    for each in bundle.checkpoints[:-1]:
        check_earlier(bundle, each)


def check_earlier(bundle: Bundle, earlier: Checkpoint) -> None:
    name = f"consistency/{earlier.size:012}"
    if earlier.size == bundle.checkpoint.size:
        proof = []
    elif name in bundle.files:
        proof = [decoded(line) for line in bundle.lines(name)[:-1]]
    else:
        raise Unusable(
            f"this bundle holds no proof from the checkpoint of {earlier.size}: ask for one made with"
            " --against that checkpoint"
        )
    if not is_consistent(earlier, bundle.checkpoint, proof):
        said = f"the checkpoint of {earlier.size} is not the beginning of this ledger"
        raise Altered(said, 1)


def proof_in(data: bytes, position: int, checkpoint: bytes) -> list[bytes]:
    head, _, signed = data.decode(errors="replace").partition("\n\n")
    form, index, *proof = (*head.split("\n"), "", "")[: max(2, head.count("\n") + 1)]
    if (form, index, signed.encode()) != (PROOF, f"index {position - 1}", checkpoint):
        raise Altered("its proof is of another form", position)
    try:
        return [decoded(line) for line in proof]
    except Altered as wrong:
        raise Altered(wrong.said, position) from None


def check_streams(bundle: Bundle, root: bytes, seen: Seen) -> list[str]:
    names: dict[str, dict[bytes, bytes]] = {}
    for stream, (_, position, last) in seen.items():
        digest = hashlib.sha256(stream).digest()
        name = f"streams/{digest[:2].hex()}"
        if name not in names:
            names[name] = bucket_in(bundle, name, root, position)
        if names[name].get(digest) != last.to_bytes(8, "big"):
            raise Altered("a stream of the bundle ends where the ledger's does not", position)
    return sorted(names)


def bucket_in(bundle: Bundle, name: str, root: bytes, position: int) -> dict[bytes, bytes]:
    """The streams of a bucket, each with its last version."""
    data = bundle.read(name)
    proof = [data[at : at + HASH] for at in range(0, 16 * HASH, HASH)]
    told = data[16 * HASH :]
    rows = [told[at : at + BUCKET_ROW] for at in range(0, len(told), BUCKET_ROW)]
    index = int(name[-4:], 16)
    if root_by_inclusion(leaf_hash(told), index, BUCKETS, proof) != root:
        raise Altered(f"{name} does not lead to the checkpoint", position)
    if any(one[:HASH] >= other[:HASH] for one, other in pairwise(rows)):
        raise Altered(f"{name} is out of order", position)
    return {row[:HASH]: row[HASH:] for row in rows}


def check(
    path: Path,
    keys: Sequence[str] = (),
    checkpoints: Sequence[Path] = (),
    workers: int | None = None,
) -> Report:
    """Check a bundle. Raises `Altered` with the first bad position, and `Unusable`."""
    report = Report()
    given = [Key.of(key) for key in keys]
    bundle = opened(path)
    check_signed(bundle, given, report)
    report.about = (
        f"{bundle.checkpoint.origin}: {bundle.facts['about']}, {bundle.facts['events']} events,"
        f" as of {bundle.facts['made']}, checkpoint of {bundle.checkpoint.size}"
    )
    for name in [each for each in bundle.listed if each.startswith("checkpoints/")]:
        take_checkpoint(bundle, bundle.read(name), name)
    inside = len(bundle.checkpoints) - 1
    for outside in checkpoints:
        try:
            data = outside.read_bytes()
        except OSError as error:
            raise Unusable(f"{outside} cannot be read: {error.strerror}") from None
        try:
            bundle.outside.append(take_checkpoint(bundle, data, str(outside)))
        except Altered as wrong:
            raise Unusable(f"{outside}: {wrong}") from None
    require_witnesses(bundle, given, report)
    if bundle.facts["holds"] == "all":
        check_whole(bundle, report, workers or os.cpu_count() or 1)
    else:
        check_part(bundle, report)
    report.checked.append("every byte of the bundle: none is there that was not checked")
    if inside:
        report.checked.append(f"{inside} earlier checkpoints of the bundle are its beginnings")
    if checkpoints:
        report.checked.append(f"it goes on from what you kept: {', '.join(map(str, checkpoints))}")
    else:
        report.not_checked.append(
            "whether the house wrote its ledger anew and signed that: give an earlier checkpoint,"
            " kept elsewhere, by --checkpoint"
        )
    report.not_checked.append(
        "what the words say: they are encrypted, and the keys stay in the house"
    )
    return report


def said(report: Report) -> str:
    checked = "".join(f"\n  - {each}" for each in report.checked)
    not_checked = "".join(f"\n  - {each}" for each in report.not_checked)
    return (
        f"{report.about}\n\nChecked, and it holds:{checked}\n\nNot checked:{not_checked}\n\n"
        "Nothing that was checked is altered."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--key", action="append", default=[], metavar="VKEY")
    parser.add_argument("--checkpoint", action="append", default=[], type=Path, metavar="FILE")
    asked = parser.parse_args(arguments)
    try:
        report = check(asked.bundle, asked.key, asked.checkpoint)
    except Altered as wrong:
        print(f"ALTERED: {wrong}")
        return 1
    except (Unusable, ImportError) as wrong:
        print(f"NOT CHECKED: {wrong}")
        return 2
    print(said(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
