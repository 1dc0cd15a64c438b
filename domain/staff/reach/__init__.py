"""How a member of staff is reached: in which language, where, and by which channels besides the inbox.

Each says so of themselves, and as a whole: what is not said again holds no more. Who never said
anything is told in the inbox alone, where everything stands; a message by another channel only says
that something stands there. An address that nobody answers at any more is ended by its owner or by an
administrator, who cannot give anybody one. It ends by itself when somebody leaves, and where their key
is destroyed nothing of it can be read.

Read `vocabulary.py` (channels, languages), `addresses.py` (what is an address and what a number), then
`steps.py`, `decide.py` and `state.py`, whose `HowReached` is what a sender asks.
"""
