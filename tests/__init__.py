"""**Tests**: the engine, its soundness, the library of claims, and the repository itself."""
