"""**Wrong**: a claim that the real falsifier refutes."""

from verifier import Claim, Paper, gt, le, real

PAPER = Paper("wrong", "A paper that is wrong", "N. One", 2020, "Journal 6")
x = real("x")
CLAIMS = [
    Claim(
        id="wrong/lem-1",
        title="A square is at most its root",
        source=PAPER.at("Lemma 1", section="1"),
        given={"positive": gt(x, 0)},
        then={"bound": le(x**2, x)},
    )
]
