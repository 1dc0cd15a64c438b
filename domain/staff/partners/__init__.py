"""Partners whose systems are told by webhook of what happens: where, of what, and until when.

They stand in the directory beside staff and keys, which administrators and auditors alone read: where
a system listens is nobody else's to know. What it is told carries no person: of which kind something
was, an id that means nothing outside, and its position (`service/notify/partners/`). The secret that it
checks signatures by is not recorded at all: it follows from the installation's own and `secret_id`.
"""
