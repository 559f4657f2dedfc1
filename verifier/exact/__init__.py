"""Exact statements: scalars, vectors, fields, and the relations between them."""
