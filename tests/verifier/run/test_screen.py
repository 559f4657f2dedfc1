"""**Screen**: a line says the verdict, and when the effective one is worse."""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console

from tests.verifier.run.plugins import sides
from tests.verifier.run.plugins.healthy import CLAIMS
from verifier.budget import BUDGETS
from verifier.judgement import Effective, Judgement
from verifier.run.model import row_to_json
from verifier.run.read_back import read_back
from verifier.run.screen import STYLES, row_text, totals_line
from verifier.run.session import Row, Session
from verifier.run.sheet import print_sheet
from verifier.verdict import Evidence, MutantEvidence, MutateEvidence, Verdict

CERTIFIED = Judgement(Verdict.CERTIFIED, "x in [0, 1]", "Certified on each region.")


def row(judged: Judgement, below: Effective) -> Row:
    return Row(CLAIMS[0], Evidence(CLAIMS[0].id, seconds={"derive": 0.5}), judged, below)


def test_a_line_has_the_verdict_the_scope_and_the_reason() -> None:
    expected = "CERTIFIED    healthy/lem-2  [x in [0, 1]]  Certified on each region.  0.50 s"
    assert expected == row_text(row(CERTIFIED, Effective(Verdict.CERTIFIED, "", ()))).plain


def test_a_worse_effective_verdict_names_the_claim_that_limits_it() -> None:
    text = row_text(row(CERTIFIED, Effective(Verdict.SUPPORTED, "healthy/lem-1", ()))).plain
    assert "healthy/lem-2  effectively SUPPORTED through healthy/lem-1;  [x in" in text


def test_a_long_reason_is_shortened_to_its_line() -> None:
    judged = Judgement(Verdict.UNDECIDED, "", "one\ntwo " + "three " * 50)
    text = row_text(row(judged, Effective(Verdict.UNDECIDED, "", ()))).plain
    assert "one two three" in text
    assert text.endswith("...  0.50 s")


def test_every_verdict_has_a_style() -> None:
    assert [str(verdict) for verdict in Verdict] == list(STYLES)


def test_the_totals_of_an_empty_session_say_that_nothing_is_done() -> None:
    assert "0 claims in 0.0 s: none done" == totals_line(Session((), (), True, 0.0))


def test_a_sheet_counts_the_samples_of_the_second_opinion() -> None:
    quick = BUDGETS["quick"]
    evidence = Evidence(CLAIMS[0].id, enclose=sides.enclose(CLAIMS[0], quick, 0))
    judged = Row(CLAIMS[0], evidence, CERTIFIED, Effective(Verdict.CERTIFIED, "", ()))
    console = Console(record=True, file=StringIO(), width=100)
    print_sheet(row_to_json(judged), console=console)
    assert "second opinion: 4 samples agree, 1 have no second" in console.export_text()


def test_a_sheet_reads_the_claim_back_and_has_a_line_for_each_hypothesis() -> None:
    dropped = ("refuted", "undefined", "survives")
    rows = [MutantEvidence(f"without {out}", "hypothesis", "", "", out) for out in dropped]
    evidence = Evidence(CLAIMS[0].id, mutate=MutateEvidence(tuple(rows)))
    judged = Row(CLAIMS[0], evidence, CERTIFIED, Effective(Verdict.CERTIFIED, "", ()))
    console = Console(record=True, file=StringIO(), width=120)
    data = row_to_json(judged)
    print_sheet(data, console=console)
    shown = console.export_text()
    assert str(read_back(CLAIMS[0])) == data["statement"]["read_back"]
    for row in (*data["statement"]["every"], *data["statement"]["then"]):
        assert row["text"] in shown
    assert data["statement"]["remarks"][-1] in shown
    for line in (
        r"without refuted +needed: otherwise there is a counterexample",
        r"without undefined +only a domain condition",
        r"without survives +not shown needed",
    ):
        assert re.search(line, shown), line
