"""**Raises**: a plugin that breaks when it is imported."""

raise RuntimeError("the notation file is gone")
