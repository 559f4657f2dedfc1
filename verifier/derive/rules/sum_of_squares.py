"""**sum_of_squares**: a polynomial inequality from an exact sum of squares.

Options: `multiplier`, a polynomial m, and `degree`, that of the identity. The rule shows

    m * p = s_0 + sum_i s_i * g_i + sum_j c_j * h_j,

with sums of squares s, hypotheses g_i >= 0 and h_j = 0. What it rests on:

- m > 0 wherever the hypotheses hold: p >= 0 at each such point, by division.
- m >= 0 everywhere, and no g or h is used: p >= 0 where m > 0. A polynomial that is not zero
  vanishes on no open set, so these points are dense, and p is continuous: p >= 0 everywhere.
  The reader knows <v, v> >= 0: the argument is the same on an orthant, which its interior closes.
- p > 0 is read off p - e >= 0, where e is a positive constant, or a positive multiple of a
  hypothesis g_i > 0, and comes out of the same identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Expr

from verifier.derive.certify import Data, Term, combination, transported
from verifier.derive.context import (
    Context,
    Discharge,
    Rule,
    is_scalar,
    refuse,
    with_certificate,
)
from verifier.derive.kernel.field.reader import ATOMS, Reader
from verifier.derive.kernel.field.tower import NONNEGATIVE, POSITIVE
from verifier.derive.kernel.signs.counterpoint import negative_point
from verifier.derive.kernel.squares.certificate import Certificate, Poly
from verifier.derive.kernel.squares.gram import Failure, certify
from verifier.errors import UnsupportedError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement

OPTIONS = ("degree", "multiplier")


@dataclass(frozen=True)
class Setting:
    """A statement in one polynomial ring: target > 0 or >= 0, and what may be used for it."""

    atoms: tuple[Expr, ...]
    target: Poly
    strict: bool
    multiplier: Poly
    nonnegative: tuple[tuple[Poly, bool], ...]
    equations: tuple[Poly, ...]
    nonzero: tuple[Poly, ...]

    def allows(self, point: tuple[fmpq, ...]) -> bool:
        """Whether the polynomial hypotheses hold at `point`."""
        return (
            all(g(*point) > 0 or (g(*point) == 0 and not strict) for g, strict in self.nonnegative)
            and all(h(*point) == 0 for h in self.equations)
            and all(h(*point) != 0 for h in self.nonzero)
        )

    @property
    def given(self) -> tuple[Poly, ...]:
        return tuple(poly for poly, _ in self.nonnegative)


def discharge(statement: Statement, context: Context) -> Discharge:
    if (
        not isinstance(statement, Relation)
        or statement.op in ("==", "!=")
        or not is_scalar(statement.lhs)
    ):
        return refuse("`sum_of_squares` reads inequalities between scalars only.")
    unknown = sorted({name for name, _ in context.by.options} - set(OPTIONS))
    if unknown:
        return refuse(f"`sum_of_squares` has no option `{unknown[0]}`; it has degree, multiplier.")
    degree = context.by.get("degree")
    if degree is not None and (isinstance(degree, bool) or not isinstance(degree, int)):
        return refuse(f"`degree` is a whole number, got {degree!r}.")
    multiplier = exact(context.by.get("multiplier", 1))
    setting = setting_of(statement, multiplier, context.hypotheses)
    point = negative_point(setting.target, setting.allows, strict=setting.strict)
    if point is not None:
        return refuse(_witness(setting, point))
    local = _local(context, multiplier)
    if not local and not _nowhere_negative(setting.multiplier, multiplier):
        return refuse(
            f"the multiplier {multiplier} may be negative, or may be zero where hypotheses hold:\n"
            "  choose one that is positive, such as 1 plus a sum of squares."
        )
    found = _first(_attempts(setting, degree, local=local))
    if isinstance(found, Failure):
        return refuse(f"no sum of squares was found for\n    {setting.target}\n  {found.reason}")
    answer = Discharge(True, f"{found}")
    return with_certificate(answer, lambda: _certificate(statement, context, setting, found))


def _certificate(
    statement: Relation, context: Context, setting: Setting, found: Certificate
) -> Data:
    reader = context.reader()

    def terms(certificate: Certificate) -> list[Term]:
        place = lambda poly: transported(reader, poly, setting.atoms)  # noqa: E731
        squares: list[Term] = [
            (weight, [(place(part.factor), 1), (place(square), 2)])
            for part in certificate.parts
            for weight, square in part.squares
        ]
        zeros = [(place(cofactor), place(zero)) for cofactor, zero in certificate.equations]
        return squares + [(fmpq(1), [(one, 1), (zero, 1)]) for one, zero in zeros]

    factor = transported(reader, setting.multiplier, setting.atoms)
    squares = None if reader.sign(factor) <= NONNEGATIVE else certify(setting.multiplier)
    multiplier = terms(squares) if isinstance(squares, Certificate) else factor
    sides = (statement.lhs, statement.rhs)
    gap = statement.rhs - statement.lhs if "<" in statement.op else statement.lhs - statement.rhs
    op = ">" if setting.strict else ">="
    return combination(reader, gap, op, multiplier, terms(found), sides)


def setting_of(statement: Relation, multiplier: Expr, hypotheses: Iterable[Relation]) -> Setting:
    """Raises `UnsupportedError` if a side or the multiplier is no polynomial over Q."""
    large, small = statement.lhs, statement.rhs
    if statement.op in ("<", "<="):
        large, small = small, large
    own = _atoms(large) | _atoms(small) | _atoms(multiplier)
    usable, met = _connected(own, hypotheses)
    atoms = sorted(met, key=str)
    names = [str(atom) for atom in atoms]
    for name in names:
        if names.count(name) > 1:
            raise UnsupportedError(f"Two symbols are called `{name}`: rename one of them.")
    ring = fmpq_mpoly_ctx.get(tuple(names), Ordering.degrevlex)
    values = dict(zip(atoms, ring.gens(), strict=True))
    read = lambda expr: _read(expr, ring, values)  # noqa: E731
    nonnegative, equations, nonzero = [], [], []
    for r in usable:
        gap = read(r.lhs) - read(r.rhs)
        if r.op == "==":
            equations.append(gap)
        elif r.op == "!=":
            nonzero.append(gap)
        else:
            nonnegative.append((gap if r.op in (">", ">=") else -gap, r.op in (">", "<")))
    return Setting(
        tuple(atoms),
        read(large) - read(small),
        statement.op in (">", "<"),
        read(multiplier),
        tuple((poly, strict) for poly, strict in nonnegative if not poly.is_constant()),
        tuple(poly for poly in equations if not poly.is_constant()),
        tuple(nonzero),
    )


def _atoms(expr: Expr) -> set[Expr]:
    """Symbols and inner products in a polynomial over Q."""
    if expr.is_Rational:
        return set()
    if isinstance(expr, ATOMS):
        if not expr.is_real:
            raise UnsupportedError(f"`{expr}` is not a real symbol.")
        return {expr}
    if expr.is_Add or expr.is_Mul:
        return set().union(*(_atoms(arg) for arg in expr.args))
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return _atoms(expr.base)
    raise UnsupportedError(f"`sum_of_squares` reads polynomials over Q; {expr} is none.")


def _read(expr: Expr, ring: Any, values: dict[Expr, Poly]) -> Poly:
    if expr.is_Rational:
        return ring.constant(fmpq(int(expr.p), int(expr.q)))
    if expr in values:
        return values[expr]
    parts = [_read(arg, ring, values) for arg in expr.args if not expr.is_Pow]
    total = ring.constant(0 if expr.is_Add else 1)
    if expr.is_Pow:
        return _read(expr.base, ring, values) ** int(expr.exp)
    for part in parts:
        total = total + part if expr.is_Add else total * part
    return total


def _connected(own: set[Expr], hypotheses: Iterable[Relation]) -> tuple[list[Relation], set[Expr]]:
    """Polynomial hypotheses that share symbols with the statement, also through others."""
    waiting: list[tuple[Relation, set[Expr]]] = []
    for relation in hypotheses:
        if not is_scalar(relation.lhs):
            continue
        try:
            waiting.append((relation, _atoms(relation.lhs) | _atoms(relation.rhs)))
        except UnsupportedError:
            continue
    met = set(own)
    apart = [item for item in waiting if item[0].op == "!="]
    waiting = [item for item in waiting if item[0].op != "!="]
    out: list[Relation] = []
    while near := [item for item in waiting if item[1] & met]:
        waiting = [item for item in waiting if not item[1] & met]
        for relation, atoms in near:
            out.append(relation)
            met |= atoms
    return [*out, *(relation for relation, atoms in apart if atoms <= met)], met


def _local(context: Context, multiplier: Expr) -> bool:
    """Whether the multiplier is certainly positive wherever the hypotheses hold."""
    reader = context.reader()
    return reader.sign(reader.read(multiplier)) <= POSITIVE


def _nowhere_negative(poly: Poly, multiplier: Expr) -> bool:
    """Whether the multiplier is not the zero polynomial, and >= 0 whatever the hypotheses."""
    if poly.is_zero():
        return False
    reader = Reader()
    if reader.sign(reader.read(multiplier)) <= NONNEGATIVE:
        return True
    return isinstance(certify(poly), Certificate)


def _attempts(
    setting: Setting, degree: int | None, *, local: bool
) -> list[Callable[[], Certificate | Failure]]:
    """Without the hypotheses, and with them where the multiplier is positive, up in degree."""
    one = setting.target.context().constant(1)
    bound = (one,) if setting.strict else ()
    target, multiplier = setting.target, setting.multiplier
    attempts: list[Callable[[], Certificate | Failure]] = [
        lambda: certify(target, multiplier=multiplier, positive=bound, degree=degree)
    ]
    if not local or not (setting.given or setting.equations):
        return attempts
    strict = tuple(poly for poly, is_strict in setting.nonnegative if is_strict)
    least = max(
        int(poly.total_degree())
        for poly in (multiplier * target, *setting.given, *setting.equations)
    )
    degrees = [degree] if degree is not None else [least + least % 2, least + least % 2 + 2]

    def conditional(top: int) -> Certificate | Failure:
        return certify(
            target,
            multiplier=multiplier,
            given=setting.given,
            equations=setting.equations,
            positive=(*bound, *strict) if setting.strict else (),
            degree=top,
        )

    return [*attempts, *(lambda top=top: conditional(top) for top in degrees)]


def _first(attempts: list[Callable[[], Certificate | Failure]]) -> Certificate | Failure:
    found: Certificate | Failure = Failure("")
    for attempt in attempts:
        found = attempt()
        if isinstance(found, Certificate):
            return found
    return found


def _witness(setting: Setting, point: tuple[fmpq, ...]) -> str:
    where = ", ".join(f"{a} = {v}" for a, v in zip(setting.atoms, point, strict=True))
    value = setting.target(*point)
    hypotheses = setting.nonnegative or setting.equations or setting.nonzero
    tail = ", where its polynomial hypotheses hold" if hypotheses else ""
    return f"{setting.target} is {value} at {where or 'every point'}{tail}."


RULE = Rule("sum_of_squares", "a polynomial inequality between scalars", discharge)
