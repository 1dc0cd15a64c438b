"""The agreement: a territory, terms that amendments change, places, and where the money stands.

Never, whatever happens at once, may what is committed pass the envelope, nor those
approved pass the places: approvals write this stream in the same transaction.
"""
