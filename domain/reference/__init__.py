"""Short references of cases, for titles, the phone and paper: `FES-24-0173`.

A stream for each centre and year (`reference/<centre>-<year>`) keeps the last number given.
A case takes the next one in the commit that opens it, so numbers have no gap and none is
given twice. Complaints and attestations have series of their own, kept and given alike;
and a series by case keeps which complaints are about it, where nobody reads it with the case.
"""
