"""**Healthy**: three claims, one of which uses another."""

from verifier import Claim, Mutant, Paper, eq, gt, real

PAPER = Paper("healthy", "A healthy paper", "N. One", 2020, "Journal 1")
x = real("x")


def _claim(name: str, **more: object) -> Claim:
    return Claim(
        id=f"healthy/{name}",
        title=f"Claim {name}",
        source=PAPER.at(f"Lemma {name}", section="1"),
        given={"positive": gt(x, 0)},
        then={"square": eq((x + 1) ** 2, x**2 + 2 * x + 1)},
        mutants=[Mutant("constant", then={"square": eq((x + 1) ** 2, x**2 + 2 * x + 2)})],
        **more,
    )


CLAIMS = [_claim("lem-2", uses=["healthy/lem-1"]), _claim("lem-1"), _claim("lem-3")]
