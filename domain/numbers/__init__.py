"""Which numbers are whose: what keeps one card from being registered twice.

A number (a card's, a passport's) is known by its *mark*, a hash keyed by the installation's own
secret. Marks are kept in streams of their own (`numbers/<begin of the mark>`), so that it is
decided under the ledger's lock whether one is known. In an event a mark is encrypted under its
person's key: when the person is erased, nothing is left of it but the three signs of the stream's
name, which it has in common with thousands of numbers.
"""
