"""**Justifications**: how a step is discharged, as data.

Each name is a rule in `verifier/derive/rules`, or one of the three kinds of trust. A
justification is a value; call it to give options: `by.antiderivative(at=0)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Justification:
    """The name of a rule with its options."""

    rule: str
    options: tuple[tuple[str, Any], ...] = ()

    def __call__(self, **options: Any) -> Justification:
        return Justification(self.rule, tuple(sorted(options.items(), key=lambda item: item[0])))

    def get(self, name: str, default: Any = None) -> Any:
        return dict(self.options).get(name, default)

    def __str__(self) -> str:
        given = [(name, value) for name, value in self.options if value not in (None, ())]
        shown = ", ".join(f"{name}={value}" for name, value in given)
        return f"{self.rule}({shown})" if shown else self.rule


antiderivative = Justification("antiderivative")
comparison = Justification("comparison")
conserved = Justification("conserved")
convex = Justification("convex")
definite = Justification("definite")
derivative = Justification("derivative")
dimension = Justification("dimension")
entrywise = Justification("entrywise")
enumeration = Justification("enumeration")
expanded = Justification("expanded")
exponents = Justification("exponents")
feasible = Justification("feasible")
finite_models = Justification("finite_models")
generic = Justification("generic")
gram = Justification("gram")
hessian_map = Justification("hessian_map")
identity = Justification("identity")
index_cases = Justification("index_cases")
independence = Justification("independence")
induction = Justification("induction")
instance = Justification("instance")
introduction = Justification("introduction")
invariants = Justification("invariants")
kkt = Justification("kkt")
lagrange = Justification("lagrange")
limit = Justification("limit")
linear = Justification("linear")
linear_system = Justification("linear_system")
logic = Justification("logic")
margin = Justification("margin")
matrix = Justification("matrix")
moments = Justification("moments")
monotone = Justification("monotone")
morse_bott = Justification("morse_bott")
ode = Justification("ode")
operator = Justification("operator")
positivstellensatz = Justification("positivstellensatz")
potential = Justification("potential")
rank = Justification("rank")
sign = Justification("sign")
smt = Justification("smt")
square_root = Justification("square_root")
squeeze = Justification("squeeze")
substitution = Justification("substitution")
sum_of_squares = Justification("sum_of_squares")
taylor = Justification("taylor")
termwise = Justification("termwise")
warp = Justification("warp")
witness = Justification("witness")


def cases(on: Any, at: Any, then: Justification) -> Justification:
    """Split on `on` < `at`, = `at`, > `at` as far as the hypotheses allow, each by `then`."""
    return Justification("cases", (("at", at), ("on", on), ("then", then)))


def claim(key: str, conclusion: str | None = None, *, at: Any = None) -> Justification:
    """The statement is a conclusion of the claim `key`, which must be listed in `uses`.

    `at` maps symbols of that claim to what they stand for here.
    """
    moved = tuple((at or {}).items())
    return Justification("claim", (("at", moved), ("conclusion", conclusion), ("key", key)))


def citation(key: str, label: str) -> Justification:
    """The statement is a theorem of another paper: trusted."""
    return Justification("citation", (("key", key), ("label", label)))


def paper_step(reason: str) -> Justification:
    """The statement is asserted by the paper and not formalised here: trusted."""
    return Justification("paper_step", (("reason", reason),))


def rule(name: str, **options: Any) -> Justification:
    """A rule by its name, such as one from a plugin."""
    return Justification(name)(**options)
