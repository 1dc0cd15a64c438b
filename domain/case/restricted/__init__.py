"""The case of somebody who had the use of their data restricted: it is kept, and rests.

Nothing falls due in it meanwhile and nothing more is recorded of it, but what `domain/erasure/on_request`
leaves open. That it is so is told here by steps on the person, for a case knows nothing else of them.
"""
