"""Other processes that are functions of a test, each as much on its own as if it were started.

They are forked off a process that was started without anything open, and has loaded what they
need: to load it takes two seconds, and there are many of them.
"""

import multiprocessing

from service.running.loading import ON_POSTGRES, ON_SQLITE, PARTS

OTHERS = multiprocessing.get_context("forkserver")
OTHERS.set_forkserver_preload(
    [
        "pytest",
        *PARTS,
        *ON_SQLITE,
        *ON_POSTGRES,
        "projections.rebuilding.rebuild",
        "rich.progress",
        "service.running.doctor.examine",
        "service.running.founding",
        "service.running.rebuilding",
        "service.running.rotation",
        "tests.faults.rivals",
        "tests.integration.ledger.place",
        "typer.rich_utils",
        "tests.support.frozen",  # the last of them
    ]
)
