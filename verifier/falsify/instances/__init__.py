"""**Instances**: exact values that fit hypotheses, by construction."""
