"""The command `jisr`, for whoever operates an installation, at the machine itself.

`entry.py` gathers the commands, `ending.py` turns errors into a line and an exit status. `options.py`
is what they share, `parts.py` runs things, `keeping.py` keeps what is stored in order, `keys.py`
makes and replaces keys, `backups.py` copies all of it and brings it back, `passwords.py` invites people to set one, `pages.py` prints what is made from the code. Each command loads its own
parts, because some take half a second.
"""

import os
from typing import Never

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended."""


def main() -> Never:
    """Run the command that was asked for. What it makes is for its owner's eyes only."""
    os.umask(0o077)
    try:
        from service.cli.entry import run  # noqa: PLC0415 - Ctrl-C is silent from here on
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    run()
