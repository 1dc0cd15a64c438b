"""The steps towards the goals of the plan, moved on between two agreements of it."""
