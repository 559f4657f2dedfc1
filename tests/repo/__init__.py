"""**Tests about the repository**: each step of CONTRIBUTING.md fails here when it is skipped."""
