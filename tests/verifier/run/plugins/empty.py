"""**Empty**: a paper without claims."""

from verifier import Paper

PAPER = Paper("empty", "An empty paper", "N. One", 2020, "Journal 2")
CLAIMS: list[object] = []
