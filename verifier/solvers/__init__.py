"""**Solvers** whose answers have no certificate, one adapter a file; see `solver` and `confirm`."""
