"""A centre asks to have somebody's case referred to it, whom it knows by a number alone.

Whoever registers a number that another centre knows is told that centre's name and nothing more. By
the same number they may ask for the case: the request stands in the case, which stays unknown to who
asked. That somebody asked is an entry of the directory of staff, so an auditor sees who asks by number.
"""
