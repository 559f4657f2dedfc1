"""**Functions**, one family a file, each exporting `FAMILY`. A new file here is a new family."""
