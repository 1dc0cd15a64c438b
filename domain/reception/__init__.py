"""Reception: somebody came to a centre and has no case. It is counted, and nobody is named.

Each is a stream of its own, of one event, or of two where it was entered by mistake.
"""
