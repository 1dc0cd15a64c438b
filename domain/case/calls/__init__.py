"""Who called: a contact that the person made, or a relative of theirs, and that nobody could take.

It is no attempt of the centre's, and proves no lost contact. It asks to be called back until the
person is reached.
"""
