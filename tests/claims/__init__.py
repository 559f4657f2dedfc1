"""**The library**: its claims against arithmetic that knows nothing of the engine."""
