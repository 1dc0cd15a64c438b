"""What the standards of exported histories ask for, as checks of our own, and what others make of the same files.

No published schema of XES or OCEL 2.0 comes in a package that may be used here, and the repository
ships no text that others wrote. So `xes.py` and `ocel.py` say the rules of the schemas anew, each
beside the section it is from, and `elsewhere.py` has a reader that is not ours (`r4pm`) read the
files. The schema of PROV-JSON comes with `prov`; `prov.py` asks it, and has `prov` read the document.
"""

from tests.support.standards import elsewhere, ocel, prov, xes

__all__ = ["elsewhere", "ocel", "prov", "xes"]
