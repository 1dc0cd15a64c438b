"""Who opened another centre's case in an emergency: an entry of the directory, for three hours.

It opens the case to be read and to nothing else, by them and nobody else of their centre, and ends by
itself. Why they did stands in the case, and is erased with its person.
"""
