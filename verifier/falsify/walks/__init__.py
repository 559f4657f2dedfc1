"""**Walks**: downhill on a margin, to a model of the negation, and from a hit to a smaller one."""
