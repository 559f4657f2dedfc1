"""**Mutants**: false variants of a claim, and who notices them."""
