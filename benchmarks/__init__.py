"""**Benchmarks**: races against peers, the same work in one run, ratios reported."""
