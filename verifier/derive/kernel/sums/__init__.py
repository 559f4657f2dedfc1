"""**Sums** over an index that stays open, and members of families."""
