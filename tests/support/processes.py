"""Other processes that are functions of a test, each as much on its own as if it were started.

They are forked off a process that was started without anything open, and has loaded what they
need: to load it takes a second, and there are many of them.
"""

import multiprocessing

OTHERS = multiprocessing.get_context("forkserver")
OTHERS.set_forkserver_preload(
    [
        "pytest",
        "ledger.postgres.keys",
        "ledger.postgres.store",
        "projections.postgres.store",
        "projections.projector",
        "projections.sqlite.store",
        "tests.faults.rivals",
        "tests.integration.ledger.place",
    ]
)
