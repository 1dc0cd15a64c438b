"""The project: what is to be bought, for whom, and what became of each item.

A stream of its own, because several people can hold one. Its steps are taken from a case
(`domain/tracks/`), so there is nothing here to ask, only what is recorded.
"""
