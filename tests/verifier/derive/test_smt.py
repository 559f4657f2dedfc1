"""**smt**: two solvers that agree, disagree, do not know, or are not there."""

from __future__ import annotations

import shutil
import sys
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from tests.soundness.statements import trial
from verifier import by, eq, exp, function, ge, gt, le, lt, maximum, ne, reals, sqrt, tends
from verifier.by import Justification
from verifier.check import check
from verifier.derive.context import Context, Discharge
from verifier.derive.rules import smt
from verifier.derive.side import derive_claim, rule_named
from verifier.errors import ResourceError, SolverDisagreement, UnsupportedError, VerifierError
from verifier.judgement import judge
from verifier.solvers import qepcad
from verifier.solvers.confirm import confirmed
from verifier.solvers.script import (
    Function,
    Script,
    call,
    compared,
    number,
    polynomial,
    quoted,
)
from verifier.solvers.solver import (
    Answer,
    Solver,
    SolverMissingError,
    all_solvers,
    solver_named,
)
from verifier.verdict import Rest, Verdict

x, y = reals("x y")
f = function("f")
RING = fmpq_mpoly_ctx.get(("x", "y"), Ordering.degrevlex)
X, Y = RING.gens()
SMT = ("cvc5", "z3")
QEPCAD = shutil.which("qepcad") is not None


def tried(statement: Any, *given: Any, by: Justification = by.smt) -> Discharge:
    return rule_named("smt").discharge(statement, Context(given, by, rule_named))


def fake(name: str, answer: Answer) -> Solver:
    return Solver(name, lambda script, work: answer)


@pytest.fixture
def solvers(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two small solvers that say what they are told to say."""

    def install(one: Answer, two: Answer) -> None:
        named = {"z3": fake("z3", one), "cvc5": fake("cvc5", two)}
        monkeypatch.setattr(smt, "solver_named", lambda name: named[name])

    return install


def script(*atoms: Any, logic: str = "QF_NRA") -> Script:
    terms = (quoted("x"), quoted("y"))
    formulas = tuple(compared(polynomial(p, terms), op, "0.0") for p, op in atoms)
    return Script(logic, (Function("x"), Function("y")), formulas, polynomials=atoms)


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (ge(x**4 * y**2 + x**2 * y**4 + 1, 3 * x**2 * y**2), ()),
        (eq(x, y), (le(x, y), le(y, x))),
        (ne(x, y), (eq(x * y, -1),)),
        (gt(1 / (x**2 - x * y + y**2 + 1), 0), ()),
        (le(sqrt(x * y), (x + y) / 2), (ge(x, 0), ge(y, 0))),
        (ge(exp(x) + exp(-x), 2), ()),
        (eq(f(x), f(y)), (le(x, y), le(y, x))),
        (eq(f(x / y), f(1)), (eq(x**2, y**2), gt(x, 0), gt(y, 0))),
        (ge(maximum(x, y) * 2, x + y), ()),
        (ge(x, 5), (gt(x, 3), lt(x, 2))),
    ],
)
def test_it_proves_by_the_word_of_two_solvers(statement: Any, given: Any) -> None:
    answer = tried(statement, *given)
    assert answer.holds, answer.reason
    assert ("z3 and cvc5", (), False) == (answer.solver, answer.certificates, answer.certified)


@pytest.mark.parametrize(
    ("statement", "given", "text"),
    [
        (ge(x**2 + y**2, 1), (), "it is false"),
        (lt(x, 1), (le(x, 1),), "is 0 at x = 1"),
        (ne(x**2, 2), (), "no rationals"),
        (ge(exp(x), 1), (ge(x, 0),), "only in part"),
        (eq(f(x), f(y)), (le(x, y),), "only in part"),
        (ge(1 / x**2, 0), (), "may have no value: it needs\n    x^2 != 0"),
        (ge(sqrt(x), 0), (), "may have no value"),
        (tends(x, x, 0, 0), (), "relations between scalars"),
    ],
)
def test_what_is_false_or_has_no_value_is_refused(statement: Any, given: Any, text: str) -> None:
    answer = tried(statement, *given)
    assert (False, "") == (answer.holds, answer.solver)
    assert text in answer.reason


def test_a_step_by_solvers_rests_on_them() -> None:
    claim = trial("two-squares", "", ge(x**2 + y**2, 2 * x * y), by.smt).claim
    evidence = check(claim)
    assert evidence.derive is not None
    assert [Rest.SOLVER] == [step.rests_on for step in evidence.derive.steps]
    assert Verdict.PROVED is judge(evidence).verdict


def test_a_case_by_solvers_rests_on_them_too() -> None:
    statement = ge(x * y, 0)
    claim = trial("cases", "", statement, by.cases(x, 0, by.smt), ge(x, 0), ge(y, 0)).claim
    assert [Rest.SOLVER] == [step.rests_on for step in derive_claim(claim).steps]


# -- solvers that do not agree -----------------------------------------------------------------


@pytest.mark.parametrize("first", ["sat", "unsat"])
def test_solvers_that_disagree_are_an_error_that_shows_both(first: str, solvers: Any) -> None:
    model = Answer("sat", model=(("x", "3"),), values={"x": Fraction(3)})
    answers = [model, Answer("unsat")]
    solvers(*(answers if first == "sat" else reversed(answers)))
    with pytest.raises(SolverDisagreement, match=r"(?s)sat at x = 3.*unsat|unsat.*sat at x = 3"):
        tried(ge(x**2, 0))


def test_a_disagreement_is_the_error_of_the_claim(solvers: Any) -> None:
    solvers(Answer("unsat"), Answer("sat", model=(("x", "3"),)))
    claim = trial("quarrel", "", ge(x**2, 0), by.smt).claim
    evidence = check(claim, sides=("derive",), library=MappingProxyType({}))
    assert "SolverDisagreement" in evidence.error
    assert "sat at x = 3" in evidence.error
    assert Verdict.ERROR is judge(evidence).verdict


@pytest.mark.parametrize(
    ("one", "two", "text"),
    [
        (Answer("unknown", "resource limit"), Answer("unsat"), "unknown: `z3`: resource limit"),
        (Answer("unsat"), Answer("unknown", "incomplete"), "`cvc5` does not know: incomplete"),
    ],
)
def test_who_does_not_know_confirms_nothing(
    one: Answer, two: Answer, text: str, solvers: Any
) -> None:
    solvers(one, two)
    answer = tried(ge(x**2, 0))
    assert not answer.holds
    assert text in answer.reason


@pytest.mark.parametrize("values", [{"x": Fraction(1)}, {}, {"x": Fraction(1), "y": Fraction(5)}])
def test_a_model_that_is_none_is_no_counterexample(
    values: dict[str, Fraction], solvers: Any
) -> None:
    lie = Answer("sat", model=(("x", "1"),), values=values)
    solvers(lie, lie)
    answer = tried(ge(x**2 + y**2, 0))
    assert not answer.holds
    assert "it is false" not in answer.reason


def test_a_rational_close_to_a_model_counts_if_it_is_one() -> None:
    near = Answer("sat", model=(("x", "1.41?"),), near={"x": Fraction(7, 5)})
    first, second = fake("z3", near), fake("cvc5", near)
    found = confirmed(script((X, ">")), first, second, work=1)
    assert "sat" == found.answer.status
    answer = smt._model(_region(ge(x, 2)), found, ">=")
    assert "it is false: x - 2 is -3/5 at x = 7/5." == answer
    assert "no rationals" in smt._model(_region(ge(x, 1)), found, ">=")


def _region(statement: Any) -> Any:
    reader = Context((), by.smt, rule_named).reader()
    return smt._region(reader, reader.read(statement.lhs - statement.rhs))


def test_one_solver_does_not_confirm_itself() -> None:
    assert "cannot confirm itself" in tried(ge(x**2, 0), by=by.smt(second="z3")).reason


# -- options and installations ------------------------------------------------------------------


@pytest.mark.parametrize("missing", SMT)
def test_a_solver_that_is_not_installed_is_named_with_its_cure(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    answer = tried(ge(x**2, 0))
    assert not answer.holds
    assert f"`{missing}` is not installed" in answer.reason
    assert 'pip install "theorem-verifier[solvers]"' in answer.reason


def test_qepcad_confirms_or_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = tried(ge(x**2 + y**2, 2 * x * y), by=by.smt(second="qepcad"))
    assert (QEPCAD, "z3 and qepcad" if QEPCAD else "") == (answer.holds, answer.solver)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    without = tried(ge(x**2 + y**2, 2 * x * y), by=by.smt(second="qepcad"))
    assert "`qepcad` is not installed" in without.reason
    assert "apt install qepcad" in without.reason


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"solver": "z4"}, "There is no solver `z4`; there are cvc5, qepcad, z3."),
        ({"second": None}, "There is no solver `None`"),
    ],
)
def test_a_solver_of_no_such_name_is_an_error(options: Any, text: str) -> None:
    with pytest.raises(VerifierError, match=text.replace(".", r"\.")):
        tried(ge(x**2, 0), by=by.smt(**options))


@pytest.mark.parametrize(
    ("options", "text"), [({"worker": 1}, "no option `worker`"), ({"work": 0}, "at least 1")]
)
def test_options_that_mean_nothing_are_refused(options: Any, text: str) -> None:
    assert text in tried(ge(x**2, 0), by=by.smt(**options)).reason


# -- adapters -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SMT)
@pytest.mark.parametrize(
    ("atoms", "status", "values"),
    [
        (((X - fmpq(3, 2), "=="), (Y, "==")), "sat", {"x": Fraction(3, 2), "y": Fraction(0)}),
        (((X**2 + 1, "=="),), "unsat", {}),
        (((X**2 - 2, "=="), (Y + fmpq(1, 3), "==")), "sat", {"y": Fraction(-1, 3)}),
        (((X, "!="), (X**2, "<=")), "unsat", {}),
        (((X * Y - 1, ">"), (X**2 + Y**2 - 2, "<=")), "unsat", {}),
    ],
)
def test_solvers_answer_scripts(name: str, atoms: Any, status: str, values: Any) -> None:
    answer = solver_named(name).decide(script(*atoms), 10)
    assert (status, values) == (answer.status, dict(answer.values))


@pytest.mark.parametrize("name", SMT)
def test_what_takes_too_much_work_is_unknown(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"verifier.solvers.{name}.UNITS", 1)
    hard = script((X**6 + Y**6 - 3 * X**2 * Y**2 * (X - Y) + 1, "<"), (X * Y - X + 1, ">"))
    answer = solver_named(name).decide(hard, 1)
    assert "unknown" == answer.status
    assert answer.reason


@pytest.mark.parametrize("name", SMT)
def test_a_script_that_cannot_be_read_is_unsupported(name: str) -> None:
    broken = Script("QF_NRA", (Function("x"),), ("(> |x| |z|)",))
    with pytest.raises(UnsupportedError, match=f"`{name}` does not read"):
        solver_named(name).decide(broken, 1)


@pytest.mark.parametrize("name", SMT)
def test_functions_and_sorts_are_read(name: str) -> None:
    sorted_script = Script(
        "UF",
        (Function("a", (), "S"), Function("p", ("S",), "Bool")),
        (call("p", quoted("a")).replace("p", "|p|"), "(not (|p| |a|))"),
        ("S",),
    )
    assert "unsat" == solver_named(name).decide(sorted_script, 1).status


def test_names_are_quoted_and_numbers_exact() -> None:
    assert "|sqrt(x) <u, v>|" == quoted("sqrt(x) <u, v>")
    assert "(- (/ 3.0 2.0))" == number(Fraction(-3, 2))
    assert "(+ (* 1.0 |x| |x|) (* (- (/ 1.0 2.0)) |y|))" == polynomial(
        X**2 - Y / 2, (quoted("x"), quoted("y"))
    )
    with pytest.raises(UnsupportedError, match="no name for a solver"):
        quoted("a|b")


@pytest.mark.parametrize(
    ("atoms", "status"),
    [
        (((X * Y - 1, ">"), (X**2 + Y**2 - 2, "<=")), "unsat"),
        (((X**2 - fmpq(1, 2), "=="), (Y - X, ">")), "sat"),
        (((0 * X + 1, ">"),), "sat"),
        (((0 * X, "!="),), "unsat"),
    ],
)
def test_qepcad_answers_where_it_is_installed_and_is_missing_elsewhere(
    atoms: Any, status: str
) -> None:
    try:
        found: str = all_solvers()["qepcad"].decide(script(*atoms), 1).status
    except SolverMissingError:
        found = "missing"
    assert (status if QEPCAD else "missing") == found


def test_qepcad_gets_whole_coefficients_and_short_names() -> None:
    text = qepcad._input(script((X**2 / 2 - Y, "<"), (Y, "!=")), [0, 1])
    assert text.splitlines() == [
        "[script]",
        "(va,vb)",
        "0",
        "(E va)(E vb)[[1 va^2 - 2 vb^1 < 0] /\\ [1 vb^1 /= 0]].",
        "finish",
    ]


def test_qepcad_reads_conjunctions_of_polynomials_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "qepcad")
    with pytest.raises(UnsupportedError, match="conjunctions of polynomial relations"):
        qepcad.decide(Script("QF_UFNRA", (), ()), 1)


def test_a_qepcad_that_dies_knows_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    dying = tmp_path / "qepcad"
    dying.write_text("#!/bin/sh\necho out of cells\n")
    dying.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(dying))
    answer = qepcad.decide(script((X, ">")), 1)
    assert ("unknown", True) == (answer.status, "out of cells" in answer.reason)


def test_a_qepcad_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    hanging = tmp_path / "qepcad"
    hanging.write_text("#!/bin/sh\nexec sleep 30\n")
    hanging.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(hanging))
    monkeypatch.setattr(qepcad, "SECONDS", 0.2)
    with pytest.raises(ResourceError, match="did not end"):
        qepcad.decide(script((X, ">")), 1)
