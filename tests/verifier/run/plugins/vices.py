"""**Vices**: claims of which each is named after what happens when it is checked."""

from tests.verifier.run.plugins import sides
from verifier import Claim, Paper, eq, gt, real

PAPER = Paper("vices", "A paper of vices", "N. One", 2020, "Journal 5")
NAMES = (
    "good",
    "hangs",
    "eats",
    "exits",
    "killed",
    "raises",
    "refuted",
    "weak",
    "trusting",
    "undischarged",
    "user",
    "prints",
    "slow",
    "late",
    "hidden",
    "unshrinkable",
)
USES = {"user": ["vices/undischarged", "vices/good"], "late": ["vices/slow"]}
x, y = real("x"), real("y")
CLAIMS = [
    Claim(
        id=f"vices/{name}",
        title=f"A claim that is {name}",
        source=PAPER.at("Lemma 1", section="1"),
        given={"positive": gt(x, 0)},
        where={y: x**2},
        then={"square": eq(y, x * x)},
        uses=USES.get(name, []),
    )
    for name in NAMES
]
sides.put_in()
