"""**Claims**: the library, one package a paper, found like any other plugin."""
