"""**The field**: elements over a tower of generators, and how expressions are read into it."""
