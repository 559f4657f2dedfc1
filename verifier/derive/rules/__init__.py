"""**Rules**, one a file, each exporting `RULE`. A new file here is a new rule."""
