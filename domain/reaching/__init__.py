"""Whether a person who is accompanied may be told of a review, and how.

Nothing reaches anybody who did not agree to messages. What is told names no place, no house and nobody
else; it is left only where a message may be left, and written only to who reads it and in a language
that the texts are in. Whoever is told otherwise is called, by somebody of the centre. Who is in
detention, was erased, whose data is restricted, or whose case rests is told nothing.

`telling.py` says how somebody is told, `calls.py` whom the centre has to call and about which review.
"""
