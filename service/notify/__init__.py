"""What Jisr tells people by itself, and whether it reached them.

A message follows from an event of the ledger and never changes it: `filling.py` follows the ledger
and puts into the outbox what an event gives to tell, `outbox/` keeps the messages and how far each
has come, `sending.py` hands them to the channel they go by, `channels/` are the channels. What
stands in the outbox is no event: it can be made again from the ledger, but for what became of it.
"""
