"""**Solving**: roots and optima with existence and uniqueness."""
