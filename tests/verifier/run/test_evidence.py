"""**Evidence as JSON**: it comes back as it was, and what JSON does not have is refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.verifier.run.plugins import sides
from tests.verifier.run.plugins.vices import CLAIMS
from verifier.budget import BUDGETS
from verifier.errors import ReportError
from verifier.run.certificates import certificate_names
from verifier.run.evidence import evidence_from_json, evidence_to_json, sides_to_json
from verifier.verdict import Evidence

REFUTED = next(claim for claim in CLAIMS if claim.id.endswith("refuted"))
QUICK = BUDGETS["quick"]
EVIDENCE = Evidence(
    REFUTED.id,
    sides.derive(REFUTED, QUICK, 0),
    sides.enclose(REFUTED, QUICK, 0),
    replace(sides.falsify(REFUTED, QUICK, 0), margins=(1.5,)),
    sides.mutate(REFUTED, QUICK, 0),
    seconds={"derive": 0.25},
)


def test_evidence_comes_back_as_it_was() -> None:
    text = json.dumps(evidence_to_json(EVIDENCE), allow_nan=False)
    assert EVIDENCE == evidence_from_json(json.loads(text))


def test_the_run_names_the_files_of_certificates_and_not_their_text() -> None:
    (step,) = sides_to_json(EVIDENCE)["derive"]["chain"]
    (sent,) = evidence_to_json(EVIDENCE)["sides"]["derive"]["chain"]
    assert ["vices-refuted/square-1.json"] == step["certificates"]
    assert list(EVIDENCE.derive.steps[0].certificates) == sent["certificates"]


@pytest.mark.parametrize("name", ["a/b", "../..", "Sum", "sum of 2", "", "é", "x" * 300])
def test_the_file_of_a_certificate_has_a_safe_name(name: str) -> None:
    step = replace(EVIDENCE.derive.steps[0], name=name, certificates=("{}", "{}"))
    first, second = certificate_names("p/Prop-1+", step)
    assert re.fullmatch(r"p-prop-1-[0-9a-f]{8}/[a-z0-9-]{1,80}-1[.]json", first)
    assert first.removesuffix("1.json") == second.removesuffix("2.json")


def test_steps_that_differ_have_certificates_in_different_files() -> None:
    names = ["sum", "Sum", "su m", "su-m", "su/m", "x" * 100, "x" * 101]
    steps = [replace(EVIDENCE.derive.steps[0], name=name) for name in names]
    assert len(names) == len({certificate_names("p/a", step)[0] for step in steps})


def test_an_error_without_evidence_comes_back_as_it_was() -> None:
    evidence = Evidence("p/a", error="side `derive`: KeyError: 'x'")
    assert evidence == evidence_from_json(evidence_to_json(evidence))


def test_a_margin_of_zero_has_no_logarithm_and_is_left_out() -> None:
    data = evidence_to_json(Evidence("p/a", falsify=sides.falsify(REFUTED, QUICK, 0)))
    assert [1.5] == data["sides"]["falsify"]["margins"]


@pytest.mark.parametrize("value", [{1, 2}, 1j, float("nan")])
def test_a_value_that_json_does_not_have_is_refused(value: object) -> None:
    found = replace(sides.falsify(REFUTED, QUICK, 0), witness={"x": value})
    with pytest.raises(ReportError, match="which JSON does not have: write exact values as text"):
        evidence_to_json(Evidence("p/a", falsify=found))
