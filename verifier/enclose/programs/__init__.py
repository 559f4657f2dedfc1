"""**Programs**: exact expressions compiled to instructions, and what is made of those."""
