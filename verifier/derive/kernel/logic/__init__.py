"""**Logic**: first-order and propositional statements."""
