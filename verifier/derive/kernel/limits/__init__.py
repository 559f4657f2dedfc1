"""**Limits**: exact leading terms, rates and orders."""
