"""How much a request may be, and how long it may take: every bound of the edge on one page."""

KIB = 1024

STEP_BODY = 64 * KIB
"""Bytes. The longest step with every text full is a third of it; what needs more says so."""
LARGE_STEP_BODY = 512 * KIB
"""Bytes: for steps with long lists."""
SEARCH_BODY = 8 * KIB
FORM_BODY = 64 * KIB
"""Bytes: a form of the console, or whatever is sent where nothing is read."""

MOST_VALUES = 5_000
"""Members, entries and texts in a body of JSON, all told."""
DEEPEST = 12
"""Objects and lists inside one another."""
LONGEST_NUMBER = 40
"""Characters of a number in JSON."""

HEAD = 64 * KIB
"""Bytes of a request that are not its body: its head, its trailers, the frames of chunks."""
LONGEST_ADDRESS = 4 * KIB
"""Bytes of the path and the query, as they are sent."""

FAILED_KEYS = 10
"""So many wrong access keys in a minute, and their address is told to wait."""
FAILED_KEYS_WITHIN = 60.0
"""Seconds."""
MOST_ADDRESSES = 10_000
"""Addresses whose wrong keys are remembered; the one heard of longest ago is forgotten first."""

MOST_CONNECTIONS = 500
"""At once; a newcomer takes the place of whoever has been silent longest."""
