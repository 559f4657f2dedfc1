"""**Examination**: a claim at one instance, its hypotheses first, then each conclusion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import sympy

from verifier.claim import Claim
from verifier.errors import CounterexampleError, DomainError, UnsupportedError
from verifier.exact.statements import GradientIs, HessianIs, HessianMap, Not, Relation, Statement
from verifier.exact.statements.bias import ImplicitBias
from verifier.exact.statements.growth import Growth
from verifier.exact.statements.limit import Tends
from verifier.exact.statements.paths import TendsAlong, TendsJointly, TendsUniformly
from verifier.exact.structures import Table, Vocabulary
from verifier.exact.substitution import scalars_in
from verifier.falsify import bias
from verifier.falsify.instances.bounds import Interval, intervals
from verifier.falsify.instances.instance import Instance, Polynomial, Rows, Spd, Value
from verifier.falsify.instances.leaf import Readings
from verifier.falsify.instances.signature import Signature, read_signature
from verifier.falsify.probe import SEARCH_BITS, CompiledRelation, Finding, Shared, Status
from verifier.falsify.statements.goal import Goal, Mode, dimensions_of
from verifier.falsify.statements.ground import MAX_DEGREE, close, lower, lowering_at
from verifier.falsify.statements.identically import holds_identically, mentions_functions
from verifier.falsify.statements.opening import Opened, Opener

LIMITS = (Tends, Growth, TendsAlong, TendsJointly, TendsUniformly)
_DEAR = 100
_REMEMBERED = 2048  # closed statements
EMPTY = "in dimension 1 the condition that it denies asks for nothing"


@dataclass(frozen=True)
class _Lowered:
    goal: Goal
    relations: tuple[CompiledRelation, ...]


_Check = tuple[
    str,
    tuple[CompiledRelation, ...] | None,
    Callable[[Instance, Mapping[str, int]], bool],
]


class Examiner:
    """A claim whose statements are compiled once for each dimension that is asked for.

    `exact_limit` caps how many different closed statements the exact kernel is asked about.
    """

    def __init__(self, claim: Claim, *, exact_limit: int = 40) -> None:
        self.claim = claim
        opener = Opener(s for _, s in (*claim.hypotheses, *claim.conclusions))
        self.hypotheses = tuple(
            part for given in claim.hypotheses for part in opener.hypothesis(*given)
        )
        opened = [
            opener.conclusion(Opened(name, part))
            for name, statement in claim.conclusions
            for part in (statement if isinstance(statement, tuple) else (statement,))
        ]
        self.conclusions = tuple((each.name, each.statement) for each in opened)
        self.premises = tuple(each.premises for each in opened)
        given = [s for _, s in self.hypotheses]
        given += [premise for premises in self.premises for premise in premises]
        self.signature = read_signature([*given, *(each.statement for each in opened)])
        self.ranges: Mapping[str, Interval] = intervals(given, self.signature)
        self._given: dict[tuple[int, ...], list[_Check]] = {}
        self._abstract = {id(s) for s in given if mentions_functions(s)}
        self._readings = Readings()
        self._lowered: dict[tuple[str, int, tuple[int, ...]], _Lowered] = {}
        self._exact: dict[str, Finding] = {}
        self._exact_limit = exact_limit

    @property
    def cost(self) -> int:
        """How many times more an instance costs than one of plain scalar relations."""
        if any(isinstance(s, ImplicitBias) for _, s in self.conclusions):
            return _DEAR
        scalars = (expr for _, s in self.conclusions for expr in scalars_in(s))
        abstract = any(mentions_functions(s) for _, s in self.hypotheses)
        if abstract or any(expr.has(sympy.Integral) for expr in scalars):
            return 8
        fields = (HessianMap, HessianIs, GradientIs)
        parts = [s.statement if isinstance(s, Not) else s for _, s in self.conclusions]
        return 6 if any(isinstance(part, fields) for part in parts) else 1

    @property
    def is_dear(self) -> bool:
        """Whether an instance costs so much that few of them must do."""
        return self.cost >= _DEAR

    @property
    def only_exact(self) -> bool:
        """Whether no conclusion can be refuted by numbers at a point."""
        return not any(_is_pointwise(s) for _, s in self.conclusions)

    def failing(self, instance: Instance) -> str:
        """The first hypothesis that is not certainly true at `instance`, empty if none.

        Fields are read away from the origin, so a point of theirs must not be zero.
        """
        for name, _ in self.signature.points:
            point = instance[name]
            if isinstance(point, tuple) and not any(point):
                return f"{name} is not zero"
        dims = dimensions_of(self.signature, instance)
        for name, relations, holds in self._checks(dims):
            if relations is None:
                fits = holds(instance, dims)
            else:
                fits = all(relation.is_true(instance) for relation in relations)
            if not fits:
                return name
        return ""

    def _checks(self, dims: Mapping[str, int]) -> list[_Check]:
        """How each hypothesis is checked at these dimensions: by relations, where that is all."""
        key = tuple(dims.values())
        if key not in self._given:
            self._given[key] = [
                (
                    name,
                    self._plain(index, statement, dims),
                    partial(self._holds, "given", index, statement),
                )
                for index, (name, statement) in enumerate(self.hypotheses)
            ]
        return self._given[key]

    def _plain(
        self, index: int, statement: Statement, dims: Mapping[str, int]
    ) -> tuple[CompiledRelation, ...] | None:
        if id(statement) in self._abstract:
            return None
        try:
            lowered = self._lower("given", index, statement, dims)
        except UnsupportedError:
            return None
        return lowered.relations if lowered.goal.mode is Mode.ALL else None

    def conclude(
        self,
        index: int,
        instance: Instance,
        *,
        bits: Sequence[int] = SEARCH_BITS,
        limited: bool = True,
    ) -> Finding:
        """The finding on conclusion number `index`; `limited` by the budget of exact decisions.

        Where a premise of it fails nothing is claimed, and nothing is asked.
        """
        statement = self.conclusions[index][1]
        dims = dimensions_of(self.signature, instance)
        for number, premise in enumerate(self.premises[index]):
            if not self._holds(f"premise {number}", index, premise, instance, dims):
                return Finding(Status.UNASKED, reason="a premise does not hold")
        if isinstance(statement, ImplicitBias):
            return bias.examine(statement, instance, lowering_at(statement, instance))
        try:
            lowered = self._lower("then", index, statement, dims)
            finding = combine(lowered.goal, lowered.relations, instance, bits)
        except UnsupportedError as fault:
            return Finding(Status.UNKNOWN, reason=str(fault))
        needs_kernel = lowered.goal.mode in (Mode.EXACT, Mode.SOMEWHERE)
        if not needs_kernel or finding.status.survives or finding.status is Status.FALSE:
            return finding
        if limited and len(self._exact) >= self._exact_limit:
            return Finding(Status.UNASKED, reason="no exact decision is left")
        return self._exactly(statement, instance)

    def margin(self, index: int, instance: Instance) -> float | None:
        """The signed margin of a conclusion that is one scalar relation."""
        return self.conclude(index, instance, bits=SEARCH_BITS[:1]).margin

    def _holds(
        self,
        side: str,
        index: int,
        statement: Statement,
        instance: Instance,
        dims: Mapping[str, int],
    ) -> bool:
        """Whether a hypothesis or premise certainly holds."""
        if id(statement) in self._abstract:
            if not isinstance(statement, Relation):
                return False
            if not holds_identically(statement, instance, self.ranges):
                return False
        try:
            lowered = self._lower(side, index, statement, dims)
        except UnsupportedError:
            return False
        if lowered.goal.mode is Mode.EXACT:
            return self._exactly(statement, instance).status is Status.TRUE
        if lowered.goal.mode is Mode.ALL:
            return all(relation.is_true(instance) for relation in lowered.relations)
        finding = combine(lowered.goal, lowered.relations, instance, SEARCH_BITS)
        return finding.status is Status.TRUE

    def _lower(
        self, side: str, index: int, statement: Statement, dims: Mapping[str, int]
    ) -> _Lowered:
        key = (side, index, tuple(dims.values()))
        if key not in self._lowered:
            goal = lower(statement, self.signature, dims)
            shared = Shared(goal, goal.relations, self._readings)
            compiled = tuple(CompiledRelation(r, goal, shared=shared) for r in goal.relations)
            self._lowered[key] = _Lowered(goal, compiled)
        return self._lowered[key]

    def _exactly(self, statement: Statement, instance: Instance) -> Finding:
        read = {n: v for n, v in instance.items() if n in _names(statement)}
        closed, text = _closed(statement, tuple(sorted(read.items())))
        if closed is None:
            return Finding(Status.UNDEFINED, reason=text)
        dims = dimensions_of(self.signature, instance)
        key = f"{text} {sorted(dims.items())}"
        if key not in self._exact:
            self._exact[key] = _decided(closed, tuple(dims.items()))
        return self._exact[key]


@lru_cache(maxsize=_REMEMBERED)
def _names(statement: Statement) -> frozenset[str]:
    return read_signature([statement]).names


@lru_cache(maxsize=_REMEMBERED)
def _closed(
    statement: Statement, values: tuple[tuple[str, Value], ...]
) -> tuple[Statement | None, str]:
    """The closed statement with its text, or None and why it has no value."""
    try:
        closed = close(statement, dict(values))
    except DomainError as fault:
        return None, str(fault)
    return closed, str(closed)


@lru_cache(maxsize=_REMEMBERED)
def _decided(closed: Statement, dims: tuple[tuple[str, int], ...]) -> Finding:
    """The variants of a claim ask about many of its closed statements again."""
    return decide_closed(closed, dict(dims))


def combine(
    goal: Goal, relations: Sequence[CompiledRelation], instance: Instance, bits: Sequence[int]
) -> Finding:
    """The finding on a goal from those on its relations; without a value it is undefined."""
    if goal.mode is Mode.ALL and len(relations) == 1:
        return relations[0].at(instance, bits=bits)
    findings = [relation.at(instance, bits=bits) for relation in relations]
    undefined = [f for f in findings if f.status is Status.UNDEFINED]
    if undefined:
        return undefined[0]
    if goal.mode is Mode.ALL:
        for status in (Status.FALSE, Status.UNKNOWN, Status.AGREES):
            found = [f for f in findings if f.status is status]
            if found:
                return found[0]
        return findings[0] if len(findings) == 1 else Finding(Status.TRUE)
    true = [f for f in findings if f.status is Status.TRUE]
    if true:
        return true[0]
    if goal.mode is Mode.ANY and all(f.status is Status.FALSE for f in findings):
        return findings[0] if findings else Finding(Status.FALSE, reason="there is no component")
    if goal.mode is Mode.SOMEWHERE and not findings:
        return Finding(Status.FALSE, reason=EMPTY)
    return Finding(Status.UNKNOWN, reason="enclosures cannot decide this statement at a point")


def decide_closed(statement: Statement, dimensions: Mapping[str, int]) -> Finding:
    """The exact kernel's answer to a closed statement, as a finding."""
    from verifier.derive.ground import decide_exactly

    sizes = list(dimensions.values())
    options: dict[str, Any] = {"dimension": sizes[0]} if sizes else {}
    truth = decide_exactly(statement, **options)
    if truth.certain:
        return Finding(Status.TRUE)
    if truth.refuted:
        return Finding(Status.FALSE, reason=truth.reason or f"it is exactly false: {statement}")
    return Finding(Status.UNKNOWN, reason=truth.reason)


def check_shape(instance: Mapping[str, Any], signature: Signature) -> None:
    """Raise `CounterexampleError` unless every name has one value of its kind and size."""

    def need(name: str, ok: bool, what: str) -> None:
        if not ok:
            raise CounterexampleError(f"instance: `{name}` is {instance[name]!r}, expected {what}.")

    if set(instance) != set(signature.names):
        odd = sorted(set(instance) ^ set(signature.names))
        raise CounterexampleError(f"instance: names do not match the claim: {', '.join(odd)}.")
    for name in signature.dimensions:
        value = instance[name]
        need(name, isinstance(value, int) and value >= 1, "a dimension >= 1")
    _check_words(instance, signature.words)
    sizes = {name: instance[name] for name in signature.dimensions}
    for scalar in signature.scalars:
        need(str(scalar), isinstance(instance[str(scalar)], Fraction), "a rational")
    for norm in signature.norms:
        value = instance[str(norm)]
        need(str(norm), isinstance(value, Fraction) and value >= 0, "a rational >= 0")
    top = sizes.get("d") if signature.fields else None
    for symbol in signature.integers:
        value = instance[str(symbol)]
        inside = isinstance(value, int) and value >= 1 and (top is None or value <= top)
        need(str(symbol), inside, "a positive integer, at most the dimension for an index")
    for name, space in (*signature.vectors, *signature.points, *signature.components):
        value = instance[name]
        need(name, isinstance(value, tuple) and len(value) == sizes[space], "d components")
    for name, *homes in signature.matrices:
        value = instance[name]
        shape = tuple(1 if home == "1" else sizes[home] for home in homes)
        need(name, isinstance(value, Rows) and value.shape == shape, "a row for each dimension")
    orders = dict(signature.orders)
    for name, space in signature.operators:
        value = instance[name]
        fits = isinstance(value, Spd) and len(value.rows) == sizes[space]
        need(name, fits and value.order % orders[name] == 0, "d rows of a root of A")
    for name in signature.functions:
        fits = _is_polynomial(instance[name], 1) and not instance[name].point
        need(name, fits, f"a polynomial of degree <= {MAX_DEGREE}")
    for name, _ in signature.fields:
        fits = _is_polynomial(instance[name], sizes["d"])
        need(name, fits and len(instance[name].point) == sizes["d"], "a polynomial on R^d")


def _check_words(instance: Mapping[str, Any], words: Vocabulary) -> None:
    """Raise `CounterexampleError` unless sorts have sizes, and tables fit them."""
    sizes = {sort.name: instance[sort.name] for sort in words.open_sorts}
    for name, size in sizes.items():
        if type(size) is not int or size < 1:
            raise CounterexampleError(f"instance: `{name}` is {size!r}, expected a size >= 1.")
    for symbol in words.symbols:
        table, least = instance[symbol.name], int(symbol.to is not None)
        most = symbol.choices(sizes) - 1 + least
        fits = isinstance(table, Table) and table.sizes == symbol.table_sizes(sizes)
        if not fits or not all(least <= value <= most for value in table.values):
            raise CounterexampleError(
                f"instance: `{symbol.name}` is {table}, expected a table of "
                f"{symbol.table_sizes(sizes)} values from {least} to {most}."
            )


def _is_polynomial(value: Any, variables: int) -> bool:
    if not isinstance(value, Polynomial):
        return False
    exponents = [exps for exps, _ in value.terms]
    return len(set(exponents)) == len(exponents) and all(
        len(exps) == variables and min(exps) >= 0 and sum(exps) <= MAX_DEGREE for exps in exponents
    )


def _is_pointwise(statement: Statement) -> bool:
    return not isinstance(statement, (Not, *LIMITS))
