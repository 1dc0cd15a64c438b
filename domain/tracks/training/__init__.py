"""Training outside, whichever track it is a part of: alone, or in a cohort with others."""
