"""What the supervisor hears of the stem."""

import asyncio
from multiprocessing import Pipe
from typing import Any

from service.running.offshoots import Offshoots


async def test_a_stem_that_was_killed_is_no_fault_of_who_listens() -> None:
    """The kernel ends who listens, but closes the pipe a little earlier."""
    faults: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
    here, there = Pipe()
    with Offshoots(here).heard():
        there.close()
        await asyncio.sleep(0.05)
    assert faults == []
    here.close()
