"""Who works here: staff, their roles and centres, and the keys and passwords they sign in with.

One stream for all of them (`staff/directory`): there are hundreds at most, and a key must
be found without knowing whose it is. Only a key's SHA-256 is kept, and of a password no more than
that it was set: its hash stands apart (`service/identity/passwords/`). Each member of staff has a
key of their own under which the label of their post and what they sign in under are encrypted.

Read `roles.py` (what a role stands for), `keys.py` (how long a key opens anything), `passwords.py`
(from the invitation to the end), `notices.py` (who must come to know of either), `second.py` (who
may confirm what another has asked), then `state.py` and `decide.py`. No administrator is two
people: whom they give a key or an invitation is announced, and whom they make staff afterwards
confirms nothing.
"""
