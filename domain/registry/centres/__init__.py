"""Centres that close, open again, and serve other provinces: dated, and the past as it was.

Which centre serves a province on a day is answered as of that day, whatever changed since. A centre
that closes takes no case and no referral from its day on; the open cases that are still with it are
told to whoever closes it and to its coordinators, until each is referred or closed.
"""
