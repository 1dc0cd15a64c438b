"""That somebody's data is kept and not used, because they ask for it: while something is cleared up
about it, or for their own claims.

The steps stand in `domain/erasure/on_request`, for they write into the person's cases.
"""
