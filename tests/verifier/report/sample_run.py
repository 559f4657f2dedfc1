"""**Sample run**: run JSON of version 1, realistic, for the tests of the report"""

from __future__ import annotations

import random
from typing import Any

VERDICTS = (
    "PROVED",
    "CONDITIONAL",
    "CERTIFIED",
    "SUPPORTED",
    "UNDECIDED",
    "VACUOUS",
    "REFUTED",
    "ERROR",
)
ENGINE = {
    "version": "0.1.0",
    "python": "3.11.2",
    "sympy": "1.14.0",
    "flint": "0.9.0",
    "hypothesis": "6.140.0",
    "budget": "standard",
    "seed": 0,
}
Q_K = (
    r"q_{k} = \frac{\sqrt{k}}{4} \left(1 - \sqrt{1 + \frac{4 x^{2}}{k}} + \frac{2 x}{\sqrt{k}} "
    r"\operatorname{asinh}{\left(\frac{2 x}{\sqrt{k}} \right)}\right)"
)
LIMIT = (
    r"\lim_{x \to 0^{+}} \frac{\sqrt{x^{2} + \frac{\delta^{2}}{4}} - \frac{\delta}{2}}{x^{2}} "
    r"= \frac{1}{\delta}"
)
FIELD = (
    r"\partial_k H_{ij} = \partial_j H_{ik} \quad\text{for}\quad H_{ij} = \delta_{ij} "
    r"\left(\frac{1}{\sqrt{\frac{\delta^{2}}{4} + \|\mathbf{w}\|^{2}} + \frac{\delta}{2}}\right) "
    r"- \frac{w_{i} w_{j}}{2 \sqrt{\frac{\delta^{2}}{4} + \|\mathbf{w}\|^{2}} "
    r"\left(\sqrt{\frac{\delta^{2}}{4} + \|\mathbf{w}\|^{2}} + \frac{\delta}{2}\right)^{2}}"
)
INNER = (
    r"\frac{d}{dt} \left(a^{2} - \|\mathbf{w}\|^2\right) = 0 \quad\text{for}\quad \dot{a} = "
    r"\langle \mathbf{g}, \mathbf{w} \rangle,\; \dot{w} = \left(a\right) \mathbf{g}"
)


def named(name: str, text: str, latex: str) -> dict[str, str]:
    return {"name": name, "text": text, "latex": latex}


def step(name: str, latex: str, rule: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "text": latex,
        "latex": latex,
        "rule": rule,
        "uses": [],
        "discharged": True,
        "rests_on": "engine",
        "reason": "",
        "conditions": [],
        "trust": "",
        "concludes": False,
        "certificates": [],
        **more,
    }


def mutant(name: str, origin: str, outcome: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "origin": origin,
        "change": "the sign of `delta/2` is flipped",
        "expected": "refuted",
        "outcome": outcome,
        "noticed_by": "falsify" if outcome == "refuted" else "",
        "detail": "alpha = 1, s = 1/2",
        "statement": "S + delta/2 == alpha*(1 - s)/(1 + s)",
        "kind": "sign" if origin == "derived" else "",
        **more,
    }


def claim(key: str, verdict: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "paper": key.split("/")[0],
        "kind": "lemma",
        "title": "Scale, shape and balancedness",
        "verdict": verdict,
        "effective": verdict,
        "limited_by": "",
        "weak": False,
        "scope": "",
        "reason": "",
        "given": [],
        "repairs": None,
        "uses": [],
        "seconds": 0.25,
        "note": "",
        "source": {"label": key.split("/")[1].replace("-", " ").capitalize(), "section": "H"},
        "hash": "3f" * 32,
        "statement": {
            "every": [named("", "real alpha, s", r"\alpha, s \in \mathbb{R}")],
            "given": [
                named("scale", "alpha > 0", r"\alpha > 0"),
                named("shape", "s >= 0", r"s \geq 0"),
                named("shape", "s < 1", "s < 1"),
            ],
            "where": [named("delta", "delta", r"\delta = \frac{4 \alpha s}{1 - s^{2}}")],
            "then": [named("potential", "q_k", Q_K), named("slope", "limit", LIMIT)],
            "remarks": ["Bound in `slope`: x.", "Open sizes: d."],
            "read_back": "For every\n  real alpha, s\nOpen sizes: d.",
        },
        "sides": {"derive": None, "enclose": None, "falsify": None, "mutate": None},
        **more,
    }


def derived(*chain: dict[str, Any], **more: Any) -> dict[str, Any]:
    grounds = {"checked": 0, "engine": 0, "solver": 0, "claim": 0, "trust": 0}
    for row in chain:
        grounds[row["rests_on"]] += row["discharged"]
    return {
        "steps": len(chain),
        "discharged": sum(row["discharged"] for row in chain),
        "assumed": grounds["trust"],
        "rests_on": grounds,
        "scope": "for all d and n",
        "missing": [],
        "disproof": "",
        "limits": [],
        "chain": list(chain),
        **more,
    }


def region(conclusion: str, *, refuted: float = 0.0, agrees_to: str = "") -> dict[str, Any]:
    columns, rows = 12, 8
    cover = []
    for i in range(columns):
        for j in range(rows):
            outcome = "undecided" if i + j == 3 else "certified"
            outcome = "refuted" if refuted and i > 9 and j > 5 else outcome
            low = 100.0 ** (2 * i / columns - 1)
            high = 100.0 ** (2 * (i + 1) / columns - 1)
            cover.append([[[low, high], [0.99 * j / rows, 0.99 * (j + 1) / rows]], outcome])
    return {
        "conclusion": conclusion,
        "box": [["alpha", "1/100", "100"], ["s", "0", "99/100"]],
        "certified": 0.9583 - refuted,
        "undecided": 0.0417,
        "refuted": refuted,
        "boxes": columns * rows,
        "agrees_to": agrees_to,
        "tiles": [] if agrees_to else cover,
        "reason": "The enclosure is too wide near `s = 0`.",
        "counterexample": [["alpha", "50"], ["s", "3/4"]] if refuted else [],
    }


def searched(**more: Any) -> dict[str, Any]:
    normal = random.Random(7)
    return {
        "instances": 1500,
        "undefined": 3,
        "undecided": 0,
        "witness": {"alpha": "1", "s": "1/2", "w": ["3/2", "-1", "0"], "dimension": 3},
        "counterexample": None,
        "margins": [round(normal.gauss(-1.0, 0.8), 3) for _ in range(400)],
        "reason": "",
        **more,
    }


def varied(*detail: dict[str, Any], survived: int = 0) -> dict[str, Any]:
    declared = sum(row["origin"] == "declared" for row in detail)
    derived_ones = sum(row["origin"] == "derived" for row in detail)
    return {
        "declared": declared,
        "derived": derived_ones,
        "killed": declared + derived_ones - survived,
        "survived": survived,
        "score": 1 - survived / len(detail),
        "noticed": {"derive": 1, "enclose": 0, "falsify": len(detail) - survived},
        "detail": list(detail),
    }


def full_claim(key: str, verdict: str, **more: Any) -> dict[str, Any]:
    """A claim on which every side has found something."""
    chain = (
        step("square", r"\alpha^{2} + \frac{\delta^{2}}{4} = S^{2}", "identity"),
        step(
            "sum",
            Q_K,
            "square_root(positive=shape)",
            uses=["square"],
            conditions=["`1 - s^2` is not zero", "`S > 0`"],
            rests_on="checked",
            certificates=["deep-lem-1/sum-1.json", "deep-lem-1/sum-2.json"],
        ),
        step("invariant", INNER, "conserved", uses=["square"]),
        step("field", FIELD, "hessian_map", uses=["sum", "invariant"], concludes=True),
        step(
            "slope",
            LIMIT,
            "limit",
            uses=["sum"],
            concludes=True,
            rests_on="claim",
            trust="deep/lem-1",
        ),
    )
    detail = (
        mutant("sign of delta/2", "declared", "refuted"),
        mutant("sharper constant", "declared", "refuted", noticed_by="derive"),
        mutant("`<=` becomes `<` in slope", "derived", "equivalent", noticed_by="enclose"),
        mutant("scale", "hypothesis", "undefined", detail=""),
        mutant("shape", "hypothesis", "refuted", detail="s = 2"),
        mutant("order", "hypothesis", "survives", detail=""),
    )
    return claim(
        key,
        verdict,
        **{
            "scope": "for all d and n",
            "reason": "Every step is discharged.",
            "sides": {
                "derive": derived(*chain),
                "enclose": {
                    "regions": 2,
                    "certified": 0.9583,
                    "undecided": 0.0417,
                    "refuted": 0.0,
                    "precision_bits": 128,
                    "agreeing": 6,
                    "uncompared": 0,
                    "detail": [region("slope"), region("potential", agrees_to="1e-36")],
                },
                "falsify": searched(),
                "mutate": varied(*detail),
            },
            **more,
        },
    )


def sample_run() -> dict[str, Any]:
    """Three papers, every verdict, a refuted claim with its repair, trust and a weak claim."""
    hit = {
        "conclusion": "potential",
        "instance": {"k": "1", "x": "1/2", "w": ["1", "0"], "root": [["1", "0"], ["0", "2"]]},
        "margin": "0.0312 +/- 1e-30",
        "found_by": "hypothesis",
        "explanation": "At `k = 1`, `x = 1/2` the left side is 1/8 and the right side is 5/32.",
    }
    trust = step(
        "limit of the flow",
        r"\lim_{t \to \infty} \|\mathbf{w} - \mathbf{w}_{\infty}\| = 0",
        "citation(key=lojasiewicz, label=Theorem 1)",
        rests_on="trust",
        trust="Lojasiewicz, Theorem 1: bounded analytic gradient flows converge",
        concludes=True,
    )
    failed = step("tail", r"\frac", "sign", discharged=False, reason="`x - 1` may vanish.")
    claims = [
        full_claim("deep/lem-1", "PROVED"),
        full_claim("deep/lem-2", "PROVED", uses=["deep/lem-1"]),
        claim(
            "deep/eq-9",
            "REFUTED",
            title="The potential of a diagonal network, as printed",
            scope="one exact instance",
            reason=hit["explanation"],
            uses=["deep/lem-1"],
            sides={
                "derive": derived(failed, missing=["potential"]),
                "enclose": None,
                "falsify": searched(counterexample=hit),
                "mutate": varied(mutant("dropped factor", "declared", "refuted")),
            },
        ),
        full_claim(
            "deep/eq-9-repaired",
            "PROVED",
            repairs="deep/eq-9",
            uses=["deep/lem-1"],
            source={"label": "Eq. 9", "section": "H"},
        ),
        claim(
            "deep/thm-2",
            "CONDITIONAL",
            title="The limit of gradient flow minimises the potential on the solutions of the data",
            scope="for all d, n",
            reason="Trusts Lojasiewicz, Theorem 1",
            given=["Lojasiewicz, Theorem 1", "deep/eq-20"],
            uses=["deep/lem-2", "deep/eq-9-repaired", "deep/eq-20"],
            effective="CERTIFIED",
            limited_by="deep/eq-20",
            sides={
                "derive": derived(trust),
                "enclose": None,
                "falsify": searched(),
                "mutate": None,
            },
        ),
        full_claim(
            "deep/eq-20",
            "CERTIFIED",
            scope="alpha in [1/100, 100], s in [0, 99/100]",
            reason="Certified on the whole of each region.",
        ),
        claim(
            "wide/prop-1.1",
            "SUPPORTED",
            title="Balanced neurons stay balanced",
            scope="1500 instances",
            reason="The falsifier survived its budget.",
            weak=True,
            uses=["deep/lem-1"],
            sides={
                "derive": None,
                "enclose": None,
                "falsify": searched(),
                "mutate": varied(mutant("no square", "declared", "survives"), survived=1),
            },
        ),
        claim(
            "wide/thm-4+",
            "UNDECIDED",
            reason="Step `tail` is not discharged: `x - 1` may vanish.",
            uses=["wide/prop-1.1", "elsewhere/lem-1"],
            sides={
                "derive": derived(failed),
                "enclose": None,
                "falsify": searched(),
                "mutate": None,
            },
        ),
        claim(
            "wide/cor-5",
            "VACUOUS",
            reason="No exact witness of the hypotheses: `s < 0` and `s > 1` exclude each other.",
            uses=["wide/thm-4+"],
            sides={
                "derive": None,
                "enclose": None,
                "falsify": searched(instances=0, undefined=0, witness=None, margins=[]),
                "mutate": None,
            },
        ),
        claim("flow/index", "ERROR", reason="derive: ResourceError: over the time limit of 60 s"),
    ]
    return run_of(claims)


def run_of(claims: list[dict[str, Any]]) -> dict[str, Any]:
    """A run of these claims, papers and totals computed from them."""
    papers = []
    for key in dict.fromkeys(row["paper"] for row in claims):
        mine = [row for row in claims if row["paper"] == key]
        items = [
            {
                "id": row["id"],
                "kind": row["kind"],
                "status": "encoded",
                "claim": row["id"],
                "reason": "",
            }
            for row in mine
        ]
        items.append(
            {
                "id": f"{key}/fig-1",
                "kind": "figure",
                "status": "open",
                "claim": "",
                "reason": "its data are not printed",
            }
        )
        papers.append(
            {
                "key": key,
                "title": f"On the {key} structure of implicit bias",
                "authors": "A. Author, B. Writer",
                "year": 2021,
                "reference": "Proceedings of Machine Learning Research 139, 468-477",
                "inventory": {"total": len(items), "encoded": len(mine), "items": items},
            }
        )
    totals: dict[str, Any] = {"claims": len(claims), "weak": 0, "seconds": 12.5}
    totals.update({v: sum(row["verdict"] == v for row in claims) for v in VERDICTS})
    return {
        "schema_version": 1,
        "engine": dict(ENGINE),
        "papers": papers,
        "totals": totals,
        "claims": claims,
    }
