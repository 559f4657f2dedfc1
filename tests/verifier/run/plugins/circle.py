"""**Circle**: two claims that use each other, and names of claims that are not there."""

from tests.verifier.run.plugins import sides
from verifier import Claim, Paper, eq, real

PAPER = Paper("circle", "A paper", "N. One", 2020, "Journal 4")
x = real("x")


def _claim(name: str, *, uses: list[str], repairs: str = "") -> Claim:
    return Claim(
        id=f"circle/{name}",
        title=f"Claim {name}",
        source=PAPER.at("Lemma 1", section="1"),
        then={"same": eq(x, x)},
        uses=uses,
        repairs=repairs,
    )


CLAIMS = [
    _claim("a", uses=["circle/b"]),
    _claim("b", uses=["circle/a"]),
    _claim("c", uses=["circle/gone"], repairs="circle/lost"),
]
sides.put_in()
