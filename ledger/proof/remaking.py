"""The tree made anew from what is recorded, where that is what the key store remembers was sealed.

For who brought a ledger back without its tree, or with an older one: a person's act, and recorded as
one, because checkpoints and witnesses' signatures that stood beside the tree are gone with it.
"""

from ledger.faults import translated
from ledger.proof.entry import entry_of
from ledger.proof.log import TOGETHER, Log, LogDiffers
from ledger.proof.remembered import TreeForgotten
from ledger.proof.tiles import Tiles
from ledger.proof.tree import leaf_hash


def remade(log: Log) -> int | None:
    """The size of the tree that was made; None where there was nothing to make.

    Raises `LogDiffers` where something else is recorded than was sealed: then nothing is made.
    """
    try:
        log.require_remembered()
    except TreeForgotten:
        known = log.remembered
        if known is None:
            raise
    else:
        return None
    with translated("proof"), translated("ledger"), log.room.writing() as statements:
        tiles, size = Tiles(statements, log.name), 0
        while size < known.size:
            rows = log.store.select_notifications(
                size, TOGETHER, stop=known.size, inclusive_of_start=False
            )
            if [each.id for each in rows] != list(
                range(size + 1, size + len(rows) + 1)
            ) or not rows:
                raise LogDiffers(size + 1)
            tiles.append(size, [leaf_hash(entry_of(each)) for each in rows])
            size += len(rows)
        if tiles.root(size) != known.root:
            raise LogDiffers(1)
        log.sign_head(statements, tiles, size)
    log.checkpoint()
    return known.size
