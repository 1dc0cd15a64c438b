"""In an emergency somebody opens another centre's case, found by a number alone, with a reason.

They read it for three hours, or as many as the case's rules say, and take no step on it. Both centres' coordinators see that at once; it
stands in the case with its reason, and in the directory (`domain/staff/emergencies/`), which is what
opens it.
"""
