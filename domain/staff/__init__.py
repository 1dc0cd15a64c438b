"""Who works here: staff, their roles and centres, and the keys they sign in with.

One stream for all of them (`staff/directory`): there are hundreds at most, and a key must
be found without knowing whose it is. Only a key's SHA-256 is kept. Each member of staff has a key
of their own under which the label of their post is encrypted.
"""
