"""Erasing a person: two people agree, and what the person's cases are counted by is kept.

The steps are taken on the person (`domain/beneficiary`); they stand here because they also write
into the person's cases.
"""
