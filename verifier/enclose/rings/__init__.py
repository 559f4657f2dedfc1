"""**Rings**: the arithmetics that a program runs over."""
