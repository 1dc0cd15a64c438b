"""The beneficiary: who the person is, apart from the case, under a key of their own.

The stream also knows the person's open case, so that there is never a second one.
"""
