"""**Second opinion**: another evaluator, held against the first."""
