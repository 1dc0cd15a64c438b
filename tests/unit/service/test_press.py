"""The press prints one at a time, beside what answers requests, and says when it is too much."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from domain.errors import JisrError
from service.printing.press import MOST_WAITING, Press
from tests.support.sheets import printout, slip


@pytest.fixture
def press() -> Iterator[Press]:
    opened = Press("https://jisr.example")
    yield opened
    opened.close()


async def test_a_whole_ceremonys_slips_stop_no_other_request(press: Press) -> None:
    longest, last = 0.0, time.perf_counter()

    async def others() -> None:
        nonlocal longest, last
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    asked = asyncio.create_task(others())
    began = time.perf_counter()
    pdf = await press.printed(printout(*(slip() for _ in range(46))))
    took = time.perf_counter() - began
    asked.cancel()
    assert pdf.startswith(b"%PDF")
    assert longest < max(took / 2, 0.1), f"of {took:.2f} s others waited {longest:.2f}"


async def test_who_comes_when_many_wait_is_told_to_come_back(press: Press) -> None:
    asked = [press.printed(printout(slip())) for _ in range(MOST_WAITING + 1)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    refused = [each for each in found if isinstance(each, JisrError)]
    assert [each.code for each in refused] == ["printing_busy"]
    assert (await press.printed(printout(slip()))).startswith(b"%PDF")
