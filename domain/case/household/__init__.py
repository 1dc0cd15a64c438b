"""Who lives with the person, as far as they are served too.

A member is no beneficiary of their own: they stand in the person's case, under the person's key, and
go when the person is erased. Contacts with them, and support for them, are told of them and counted
apart: meeting a mother is not meeting her son.
"""
