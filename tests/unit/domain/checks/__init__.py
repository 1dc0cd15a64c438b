"""The standing checks, rule by rule, and what keeps them."""
