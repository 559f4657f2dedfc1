"""**Words: what each verdict, ground and outcome means, and what it does not mean**"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from verifier.verdict import Rest, Verdict


@dataclass(frozen=True)
class Meaning:
    """A verdict in words. `sign` is shown in its badge, so that colour is never alone."""

    sign: str
    brief: str
    means: str
    not_means: str


MEANINGS: Mapping[Verdict, Meaning] = MappingProxyType(
    {
        Verdict.PROVED: Meaning(
            "✓",
            "Every step of the derivation is discharged, for the printed scope.",
            "Each conclusion follows from the hypotheses by steps that exact arithmetic and "
            "the engine's rules discharged, side conditions included, and an exact instance "
            "shows that the hypotheses can be met. The scope says for which sizes.",
            "It is not a proof checked by the kernel of a proof assistant: a step marked "
            "“engine” trusts the code of its rule. Whether the encoded statement is the printed "
            "one is for a reader to judge; it is typeset for that purpose. The claims it "
            "uses count in the effective verdict, not in this one.",
        ),
        Verdict.CONDITIONAL: Meaning(
            "◐",
            "Every step is discharged except for named ones that are trusted.",
            "The derivation is complete once the trusted steps are granted: theorems of other "
            "papers, or steps that the paper asserts and that are not formalised here. Each is "
            "named.",
            "It does not say that the trusted steps are right. If one of them is wrong, the "
            "claim is open again.",
        ),
        Verdict.CERTIFIED: Meaning(
            "▣",
            "Rigorous on the whole of the stated regions or for the stated sizes.",
            "On every point of the printed regions where the hypotheses hold, the conclusions "
            "hold: rounding errors are enclosed, and the boxes cover the region. Where sizes are "
            "printed, every structure of these sizes was ruled out as a counterexample.",
            "It says nothing outside of the regions, neither of other sizes nor of the limit at "
            "their edges when these are left out.",
        ),
        Verdict.SUPPORTED: Meaning(
            "≈",
            "The search for a counterexample spent its budget and found none.",
            "Exact instances that meet every hypothesis were tried, boundaries and degenerate "
            "cases among them, and none breaks a conclusion.",
            "It is no proof. A counterexample may lie where the search did not look.",
        ),
        Verdict.UNDECIDED: Meaning(
            "?",
            "Nothing conclusive: a step is not discharged, or an enclosure is too wide.",
            "The engine could not establish the claim and could not refute it with the budget "
            "that it was given. The reason names what is missing.",
            "It does not say that the claim is false, and it never counts as a pass.",
        ),
        Verdict.VACUOUS: Meaning(
            "∅",
            "No exact instance that meets the hypotheses was found.",
            "Without a witness there is nothing that the claim is known to be about, so "
            "whatever else was found does not count.",
            "It does not show that the hypotheses contradict each other: the search may have "
            "missed their instances.",
        ),
        Verdict.REFUTED: Meaning(
            "✗",
            "False as encoded: every hypothesis certainly holds and a conclusion certainly fails.",
            "There is an exact counterexample, a box of positive volume on which a conclusion "
            "fails, or an exact disproof. The statement is taken as printed, with "
            "the widest reading that its hypotheses allow.",
            "It does not say that the idea behind the statement is wrong: a missing hypothesis "
            "or a misprinted sign is enough. Where a repaired statement is encoded, it is linked.",
        ),
        Verdict.ERROR: Meaning(
            "!",
            "The claim could not be evaluated.",
            "An exception, a time limit or a memory limit ended the work on this claim. The "
            "reason is printed.",
            "It says nothing about the claim, neither for it nor against it.",
        ),
    }
)

GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        Rest.CHECKED.value: "its certificate was replayed by the independent checker",
        Rest.ENGINE.value: "the code of a rule of the engine, in exact arithmetic",
        Rest.SOLVER.value: "the answer of a solver, without a certificate",
        Rest.CLAIM.value: "the verdict of another claim",
        Rest.TRUST.value: "trust: a cited theorem, or a step asserted by the paper",
    }
)

TILES: Mapping[str, str] = MappingProxyType(
    {
        "certified": "certified",
        "undecided": "undecided",
        "refuted": "refuted",
    }
)
