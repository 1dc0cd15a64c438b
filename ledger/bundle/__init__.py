"""A bundle: what leaves the house so that somebody else can check it, without Jisr and its keys.

`verify.py` comes first: it goes into every bundle, says what is in one, and is the only reader. It
is one long file because an auditor has to read it whole, and it shares no code with the rest.
`file.py` writes the tar and the manifest that covers it, `whole.py` and `part.py` what it holds: the
whole ledger, or some of its streams with their proofs. `readme.py` is the page for who opens it.
"""
