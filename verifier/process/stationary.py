"""**Limits of moments**: whether E[p(X_t)] forgets the start, and what it tends to.

With numbers, the part of the system that p sees is decided exactly: its minimal polynomial is Schur
stable or not. With parameters, moments that are fed by others in one direction alone have their own
factors on the diagonal, and the conditions |factor| < 1 are handed back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx
import sympy
from flint import arb, arb_mat, fmpq, fmpq_mat, fmpq_poly
from sympy import Expr

from verifier.errors import UnsupportedError
from verifier.exact.chains import MarkovChain
from verifier.exact.scalars import Scalar
from verifier.precision import precision
from verifier.process.schur import is_stable, krylov
from verifier.process.system import MomentSystem, moment_system
from verifier.process.transition import Exponents

MOST_SQUARINGS = 48


@dataclass(frozen=True)
class Limit:
    """E[p(X_t)] tends to `value` from every start where each of `factors` is below 1 in modulus."""

    value: Expr
    factors: tuple[Expr, ...] = ()


def forgets(system: MomentSystem) -> bool:
    """Whether E[p(X_t)] has one limit from every start, for a system of numbers."""
    moving, _ = _moving(system)
    rows, last = krylov(_moving_form(system), moving)
    return is_stable(fmpq_poly([*(-c for c in last), 1])) if rows else True


def limit(system: MomentSystem) -> Limit:
    """The limit of E[p(X_t)].

    Raises:
        UnsupportedError: there is none, or moments with parameters feed each other.
    """
    if not system.is_numeric:
        return _by_factors(system)
    if not forgets(system):
        raise UnsupportedError("The moment keeps what it began with, or grows.")
    value = _fixed(system)
    return Limit(sympy.Rational(int(value.p), int(value.q)))


def convergence_rate(chain: MarkovChain, observable: Scalar, *, bits: int = 64) -> arb:
    """A bound on the spectral radius of the moments that move, |A^k|^(1/k) for k = 2^j.

    What E[observable(X_t)] is away from its limit falls at least like its powers. The bound comes
    down to the radius itself, up to rounding.
    """
    moving, _ = _moving(moment_system(chain, observable))
    with precision(bits + MOST_SQUARINGS):
        power, best = arb_mat(moving), arb(0)
        for squarings in range(MOST_SQUARINGS):
            size = _row_norm(power)
            if size.is_zero():
                return arb(0)
            bound = (size.log() / 2**squarings).exp()
            best = bound if squarings == 0 or bound < best else best
            power = power * power
        return best.upper()


def _fixed(system: MomentSystem) -> fmpq:
    """sum_s c A^s b, by the rows c A^s that are independent."""
    moving, source = _moving(system)
    form = _moving_form(system)
    rows, last = krylov(form, moving)
    constant = _constant(system)
    if not rows:
        return constant
    size = len(rows)
    companion = fmpq_mat(size, size)
    for j in range(size):
        for k in range(size):
            companion[j, k] = last[k] if j == size - 1 else fmpq(int(k == j + 1))
    fed = fmpq_mat([[(row * source)[0, 0]] for row in rows])
    identity = fmpq_mat(size, size, [int(j == k) for j in range(size) for k in range(size)])
    found = (identity - companion).solve(fed)
    return constant + found[0, 0]


def _by_factors(system: MomentSystem) -> Limit:
    show = system.transition.show
    values: dict[Exponents, Expr] = {_one(system): sympy.Integer(1)}
    factors = []
    for monomial in _from_the_source(system):
        row = dict(system.rows[system.place[monomial]])
        own = show(row.pop(monomial)) if monomial in row else sympy.Integer(0)
        fed = sympy.Add(*(show(c) * values[m] for m, c in row.items()))
        factors.append(own)
        values[monomial] = fed / (1 - own)
    value = sympy.Add(*(show(c) * values[m] for m, c in system.observable.items()))
    return Limit(value, tuple(dict.fromkeys(factors)))


def _from_the_source(system: MomentSystem) -> Iterator[Exponents]:
    """The monomials but 1, each after those that feed it."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(system.monomials)
    for monomial, row in zip(system.monomials, system.rows, strict=True):
        graph.add_edges_from((other, monomial) for other in row if other != monomial)
    if not networkx.is_directed_acyclic_graph(graph):
        ring = networkx.find_cycle(graph)
        one, two = (system.transition.show(system.transition.monomial(m)) for m in ring[0][:2])
        raise UnsupportedError(f"The moments of {one} and {two} feed each other: give numbers.")
    order = networkx.lexicographical_topological_sort(graph)
    yield from (monomial for monomial in order if any(monomial))


def _one(system: MomentSystem) -> Exponents:
    return (0,) * system.transition.width


def _moving(system: MomentSystem) -> tuple[fmpq_mat, fmpq_mat]:
    """The block of the monomials but 1, and the column of what 1 feeds into them."""
    kept = [n for n, m in enumerate(system.monomials) if any(m)]
    table = system.matrix.table()
    one = system.place.get(_one(system))
    block = fmpq_mat(len(kept), len(kept), [table[i][j] for i in kept for j in kept])
    source = [table[i][one] if one is not None else fmpq(0) for i in kept]
    return block, fmpq_mat(len(kept), 1, source)


def _moving_form(system: MomentSystem) -> fmpq_mat:
    kept = [n for n, m in enumerate(system.monomials) if any(m)]
    return fmpq_mat(1, len(kept), [system.form[0, n] for n in kept])


def _constant(system: MomentSystem) -> fmpq:
    one = system.place.get(_one(system))
    return fmpq(0) if one is None else system.form[0, one]


def _row_norm(matrix: arb_mat) -> arb:
    size = arb(0)
    for row in matrix.table():
        size = size.max(sum((abs(entry) for entry in row), arb(0)))
    return size
