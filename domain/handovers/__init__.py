"""Scheduling, moving, holding and cancelling a ceremony.

The steps are taken on the ceremony (`domain/ceremony`); they stand here because they also write
into the cases of those on its list, so that each case knows at once how its line stands.
"""
