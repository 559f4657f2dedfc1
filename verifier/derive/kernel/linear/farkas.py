"""**Farkas**: an affine inequality from affine facts by exact multipliers, or a point against it.

Polynomials are affine forms in their monomials, and monomials count as independent. By Motzkin's
theorem (Schrijver, Theory of Linear and Integer Programming, 7.8) exactly one of these exists:

- multipliers l_i, of any sign for f_i = 0 and >= 0 for f_i >= 0 and f_i > 0, and c >= 0, t >= 0:
      t * goal = sum_i l_i f_i + c,
  where c + sum of the l_i of facts f_i > 0 is positive if t = 0 or the goal is strict;
- values of the monomials where every fact holds and the goal does not.

With t > 0 this is a proof of the goal; with t = 0 it shows that no point satisfies the facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flint import fmpq, fmpq_mpoly

from verifier.derive.kernel.linear.simplex import Separation, nonnegative_solution
from verifier.errors import VerifierError

Poly = fmpq_mpoly
Monomial = tuple[int, ...]
Form = dict[Monomial, fmpq]
Sign = Literal["==", ">", ">="]


@dataclass(frozen=True)
class Fact:
    """poly `op` 0, a hypothesis or, where `because` or `definition` says so, what follows."""

    name: str
    poly: Poly
    op: Sign
    definition: bool = False
    because: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """goal = sum of multiplier * fact + constant, or 0 = the same if `contradiction`.

    Only facts whose multiplier is not zero are listed. `op` is that of the goal, `>` or `>=`.
    """

    goal: Poly
    op: Sign
    facts: tuple[tuple[fmpq, Fact], ...]
    constant: fmpq
    contradiction: bool = False

    def holds(self) -> bool:
        """Whether the identity holds over Q and its signs give the goal, or a contradiction."""
        total = self.goal.context().constant(self.constant)
        for multiplier, fact in self.facts:
            if multiplier < 0 and fact.op != "==":
                return False
            if not all(lemma.holds() for lemma in fact.because):
                return False
            total = total + fact.poly * multiplier
        positive = self.constant > 0 or any(m > 0 and f.op == ">" for m, f in self.facts)
        if self.constant < 0 or self.op not in (">", ">="):
            return False
        if self.contradiction:
            return positive and bool(total.is_zero())
        return bool(total == self.goal) and (positive or self.op == ">=")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON: polynomials and rationals are strings, such as `3/2*x^2*y`."""
        return {
            "goal": str(self.goal),
            "op": self.op,
            "contradiction": self.contradiction,
            "constant": str(self.constant),
            "multipliers": [
                {
                    "fact": fact.name,
                    "poly": str(fact.poly),
                    "op": fact.op,
                    "definition": fact.definition,
                    "because": [lemma.to_json() for lemma in fact.because],
                    "multiplier": str(multiplier),
                }
                for multiplier, fact in self.facts
            ],
        }

    def __str__(self) -> str:
        terms = [f"{m}*({f.poly})" if m != 1 else f"({f.poly})" for m, f in self.facts]
        if self.constant != 0 or not terms:
            terms.append(str(self.constant))
        left = "0" if self.contradiction else str(self.goal)
        return f"{left} = {' + '.join(terms)}"


@dataclass(frozen=True)
class Counterpoint:
    """Values of the monomials where every fact holds and the goal fails, with the goal there."""

    values: tuple[tuple[Monomial, fmpq], ...]
    goal: fmpq


def consequence(goal: Poly, op: Sign, facts: Sequence[Fact]) -> Certificate | Counterpoint:
    """Whether goal `op` 0 (`>` or `>=`) follows from the facts, decided exactly.

    Raises `UnsupportedError` if the system is too large.
    """
    forms = [_form(fact.poly) for fact in facts]
    aim = _form(goal)
    one = (0,) * goal.context().nvars()
    monomials = sorted({m for form in (aim, *forms) for m in form} - {one}, reverse=True)
    rows = [*monomials, one]

    def column(form: Form, scale: int, weight: bool) -> list[fmpq]:
        return [form.get(m, fmpq(0)) * scale for m in rows] + [fmpq(int(weight))]

    # sum_i l_i f_i + c - t goal = 0 and (t if the goal is not strict) + c + sum strict l_i = 1
    columns = [column(aim, -1, op == ">="), column({one: fmpq(1)}, 1, True)]
    columns += [column(form, 1, fact.op == ">") for fact, form in zip(facts, forms, strict=True)]
    free = [i for i, fact in enumerate(facts) if fact.op == "=="]
    columns += [column(forms[i], -1, False) for i in free]
    found = nonnegative_solution(columns, [fmpq(0)] * len(rows) + [fmpq(1)])
    if isinstance(found, Separation):
        values = {m: y / found.y[-2] for m, y in zip(monomials, found.y, strict=False)}
        return _checked_point(goal, op, facts, values)
    t, constant, *multipliers = found.x
    for i, negative in zip(free, multipliers[len(facts) :], strict=True):
        multipliers[i] -= negative
    scale = 1 / t if t > 0 else fmpq(1)
    certificate = Certificate(
        goal,
        op,
        tuple((m * scale, f) for m, f in zip(multipliers, facts, strict=False) if m != 0),
        constant * scale,
        contradiction=t == 0,
    )
    if not certificate.holds():
        raise VerifierError(f"The multipliers do not prove {goal} {op} 0: {certificate}.")
    return certificate


def _form(poly: Poly) -> Form:
    return {tuple(map(int, monomial)): fmpq(c) for monomial, c in poly.to_dict().items()}


def _value(poly: Poly, values: Mapping[Monomial, fmpq]) -> fmpq:
    terms = _form(poly).items()
    return sum((c * values[m] if any(m) else c for m, c in terms), fmpq(0))


def _checked_point(
    goal: Poly, op: Sign, facts: Sequence[Fact], values: Mapping[Monomial, fmpq]
) -> Counterpoint:
    at_goal = _value(goal, values)
    holding = all(_satisfies(_value(fact.poly, values), fact.op) for fact in facts)
    if not holding or _satisfies(at_goal, op):
        raise VerifierError(f"The point {dict(values)} does not refute {goal} {op} 0.")
    return Counterpoint(tuple(values.items()), at_goal)


def _satisfies(value: fmpq, op: Sign) -> bool:
    return bool(value == 0 if op == "==" else value > 0 if op == ">" else value >= 0)
