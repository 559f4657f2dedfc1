"""**Linear algebra** in balls."""
