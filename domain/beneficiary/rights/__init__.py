"""What people ask of us about their own data: to see it, to have it corrected or erased, to object,
to withdraw a consent; by when it is to be answered, and how it was.

The request is recorded here, and its answer; what is done about it is a step of its own
(`domain/erasure`, a correction, `domain/case/consents`), or a paper that is handed over.
"""
