"""**Statements at an instance**: what they say there, as relations of numbers."""
