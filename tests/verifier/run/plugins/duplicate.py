"""**Duplicate**: two claims of one id."""

from verifier import Claim, Paper, eq, real

PAPER = Paper("duplicate", "A paper", "N. One", 2020, "Journal 3")
x = real("x")
CLAIMS = [
    Claim(
        id="duplicate/lem-1",
        title=f"Claim {k}",
        source=PAPER.at("Lemma 1", section="1"),
        then={"same": eq(x + k, k + x)},
    )
    for k in (1, 2)
]
