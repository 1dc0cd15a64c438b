"""The process that owns a private PostgreSQL: `postgres_guard.py <bin folder> <fsync>`.

Orders come one a line on standard input, answers go out as one line of JSON each. The end
of the input, which is also what the death of the tests looks like from here, ends it all.
A process of its own because PR_SET_PDEATHSIG counts the death of the *thread* that
started the server, and a test may restart it from a thread that ends.
"""

import ctypes
import json
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

START_SECONDS = 60
LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
IPC_RMID = 0


class Server:
    """The server in `folder`. Its data, log and, if need be, binaries are all in there."""

    def __init__(self, folder: Path, binaries: Path, fsync: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.fsync = fsync
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        self.binaries = self.within_reach(binaries)

    def within_reach(self, binaries: Path) -> Path:
        """Return a folder of binaries its user can run: a copy when a parent is closed to it."""
        try:
            reachable = self.run([binaries / "postgres", "--version"]).wait() == 0
        except PermissionError:
            reachable = False
        if reachable:
            return binaries
        release, package = binaries.parent, binaries.parent.parent
        copy = self.folder / package.name / release.name
        for part in ("bin", "lib", "share"):
            shutil.copytree(release / part, copy / part)
        # The binaries find their libraries relative to themselves.
        libraries = f"{package.name}.libs"
        shutil.copytree(package.parent / libraries, self.folder / libraries)
        return copy / "bin"

    def run(self, command: list[Any]) -> subprocess.Popen[bytes]:
        identity: dict[str, Any] = {}
        if self.user:
            identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        with self.log.open("ab") as log:
            # Set after the change of user, which would clear it; safe, there is one thread.
            return subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509
                **identity,
            )

    def restart(self) -> None:
        self.shut_down()
        if not self.data.exists():
            self.initialise()
        ports = [self.port] if self.port else [free_port() for _ in range(5)]
        for port in ports:
            if self.start(port):
                self.port = port
                return
        raise RuntimeError(self.log.read_text(errors="replace")[-2000:])

    def initialise(self) -> None:
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"]
        initdb = self.run([self.binaries / "initdb", "--no-sync", *options, "-D", self.data])
        if initdb.wait():
            raise RuntimeError(self.log.read_text(errors="replace")[-2000:])

    def start(self, port: int) -> bool:
        """Start it and wait until it takes connections; false if it ended instead."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "fsync": self.fsync,
            "timezone": "UTC",
            # Files in the data folder: nothing stays in /dev/shm after a kill.
            "dynamic_shared_memory_type": "mmap",
            "shared_buffers": "32MB",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        self.process = self.run([self.binaries / "postgres", "-D", self.data, *options])
        give_up = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < give_up:
            if self.is_ready(self.process.pid):
                return True
            time.sleep(0.01)
        self.kill()
        return False

    def is_ready(self, pid: int) -> bool:
        """Read once: a killed server's file says that it is ready too, until the next one writes."""
        report = self.report()
        return len(report) > 7 and (report[0], report[7].strip()) == (str(pid), "ready")

    def report(self) -> list[str]:
        """Read the lines of the file in which PostgreSQL keeps its state for pg_ctl."""
        with suppress(FileNotFoundError):
            return (self.data / "postmaster.pid").read_text().splitlines()
        return []

    def shut_down(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=20)
        self.kill()

    def kill(self) -> None:
        """Kill every process and wait until none is left.

        The backends are in sessions of their own, so no signal to a group finds them all.
        The server is stopped first and can start no more of them. Their parent gone, they
        become the guard's children, for it is their subreaper.
        """
        if self.process is None:
            return
        with suppress(psutil.NoSuchProcess):
            server = psutil.Process(self.process.pid)
            server.suspend()
            for each in [*server.children(recursive=True), server]:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        self.process = None
        self.release_memory()

    def release_memory(self) -> None:
        """Remove the System V segment that a killed server leaves to the machine."""
        with suppress(ValueError, IndexError):
            LIBC.shmctl(int(self.report()[6].split()[1]), IPC_RMID, None)


def die_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port() -> int:
    """Pick a free port below those the system gives to outgoing connections.

    A client that tries again and again to reach a dead server on one of those may be given
    it as its own, and then talks to itself.
    """
    while True:
        port = random.randrange(12000, 32000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def serve(server: Server) -> None:
    for line in sys.stdin:
        try:
            if line.strip() == "restart":
                server.restart()
            elif line.strip() == "kill":
                server.kill()
            answer: dict[str, Any] = {"folder": str(server.folder), "port": server.port}
        except (OSError, RuntimeError) as error:
            answer = {"failed": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
    folder = Path(tempfile.mkdtemp(prefix="jisr-pg-"))
    try:
        server = Server(folder, Path(sys.argv[1]), sys.argv[2])
        try:
            serve(server)
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
