"""**Large run**: run JSON of version 1 with hundreds of full claims, for the tests of the report"""

from __future__ import annotations

import random
from typing import Any

from tests.verifier.report.sample_run import VERDICTS, full_claim, run_of


def large_run(*, claims: int = 300, edges: int = 600, seed: int = 3) -> dict[str, Any]:
    """Three papers with `claims` claims and `edges` edges between them, every claim full."""
    chance = random.Random(seed)
    keys = [f"{('deep', 'wide', 'flow')[3 * n // claims]}/lem-{n}" for n in range(claims)]
    uses: dict[str, list[str]] = {key: [] for key in keys}
    left = edges
    while left:
        user = chance.randrange(1, claims)
        used = chance.randrange(max(0, user - 40), user)
        if keys[used] not in uses[keys[user]]:
            uses[keys[user]].append(keys[used])
            left -= 1
    rows = [
        full_claim(
            key,
            VERDICTS[min(int(chance.expovariate(0.5)), 7)],
            title=f"Lemma {n} on the Hessian of the potential",
            uses=uses[key],
        )
        for n, key in enumerate(keys)
    ]
    for n, row in enumerate(rows):
        for part in (*row["statement"]["then"], *row["sides"]["derive"]["chain"]):
            if part["name"] != "field":
                part["latex"] = part["latex"].replace("{4}", f"{{{n + 4}}}")
    return run_of(rows)
