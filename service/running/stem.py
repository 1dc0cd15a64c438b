"""The stem: the process that `jisr up` is. It loads once what all parts need, and forks them off.

Loading is most of what a start costs; who is forked need not load again, also when it was killed
and starts anew. So the stem opens nothing, reads no key, has no thread and no event loop:
whatever it had, every part would have. It forks the supervisor first, then does what that one
asks through a pipe (`offshoots.py`), and says who ended. All are its children and end when it
does, however that is; when the supervisor ends, the stem ends what is left, and then itself.
"""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from typing import Never

from service.running.forking import PASSED_ON, fork
from service.running.logs import log_to
from service.running.offshoots import Ended, Send, Start, Started
from workflows.server.log_lines import open_log

SUPERVISOR = "supervisor"


class Stem:
    """Forks processes off itself; see the module."""

    def __init__(self, parts: Mapping[str, Callable[[], Never]], where: str) -> None:
        """`parts` are what it can fork off, by name; `where` stands in their titles, for `ps`."""
        self._parts = parts
        self._where = where
        self._alive: dict[str, int] = {}
        self._told: list[int] = []
        self._outs = {name: os.pipe() for name in parts}
        """What a part says past its log, such as the last words of a library, ends here."""
        self._asked, self._asks = Pipe()
        self._awake, wake = os.pipe()
        for end in (self._awake, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake)
        for sign in (signal.SIGCHLD, *PASSED_ON):
            signal.signal(sign, lambda number, _: self._told.append(number))

    def run(self, supervise: Callable[[Connection, Mapping[str, int]], Never]) -> int:
        """Go on until the supervisor ends; its status, as a shell would say it.

        The supervisor is given a pipe of each part's to read from, as long as it lives.
        """
        outs = {name: out for name, (out, _) in self._outs.items()}
        self._fork(
            SUPERVISOR, lambda: supervise(self._asks, outs), self._asks.fileno(), *outs.values()
        )
        self._asks.close()
        for out in outs.values():
            os.close(out)
        status = self._serve()
        for pid in self._alive.values():
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        return status if status >= 0 else 128 - status

    def _serve(self) -> int:
        """Do what is asked and told until the supervisor ends; its status."""
        heard: list[Connection | int] = [self._asked, self._awake]
        while True:
            ready = wait(heard)
            if self._asked in ready:
                try:
                    self._do(self._asked.recv())
                except EOFError:  # the supervisor is about to end
                    heard.remove(self._asked)
            if self._awake in ready:
                os.read(self._awake, 4096)
                self._pass_on()
                for name, status in self._buried():
                    if name == SUPERVISOR:
                        return status
                    self._say(Ended(name, status))

    def _do(self, asked: Start | Send) -> None:
        if isinstance(asked, Start):
            try:
                _, into = self._outs[asked.name]
                pid = self._fork(asked.name, lambda: self._become(asked, into), into)
                self._say(Started(asked.name, pid))
            except OSError:  # too little memory, or too many processes
                self._say(Ended(asked.name, os.EX_OSERR))
        elif asked.name in self._alive:
            os.kill(self._alive[asked.name], asked.sign)

    def _fork(self, name: str, act: Callable[[], Never], *kept: int) -> int:
        self._alive[name] = fork(act, f"jisr {name} --data {self._where}", *kept)
        return self._alive[name]

    def _become(self, asked: Start, into: int) -> Never:
        for standard in (1, 2):
            os.dup2(into, standard)
        os.close(into)
        log_to(open_log(asked.log), asked.name)
        os.environ.update(asked.environment)
        self._parts[asked.name]()

    def _pass_on(self) -> None:
        for sign in PASSED_ON:
            if sign in self._told:
                os.kill(self._alive[SUPERVISOR], sign)
        self._told.clear()

    def _buried(self) -> Iterator[tuple[str, int]]:
        """Those who have ended, and with what status: negative where a signal did it."""
        for name, pid in list(self._alive.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._alive[name]
                yield name, os.waitstatus_to_exitcode(status)

    def _say(self, said: Started | Ended) -> None:
        with suppress(OSError):  # the supervisor has ended, which is seen next
            self._asked.send(said)
