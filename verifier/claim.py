"""**Claims**: the frozen values that an author writes, in the order of a paper.

Each value checks itself when it is built; an error names the claim, the field and the cure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, oo

from verifier.by import Justification
from verifier.errors import ClaimError, ExactnessError
from verifier.exact.scalars import exact
from verifier.exact.statements import Relation, Statement, is_truth_value
from verifier.exact.substitution import names_in, substitute

_ID = re.compile(r"[a-z0-9_]+/[A-Za-z0-9.+_-]+\Z")
Named = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Paper:
    """A publication. `key` is the first half of its claims' ids."""

    key: str
    title: str
    authors: str
    year: int
    reference: str

    def at(self, label: str, *, section: str) -> Source:
        """A place in this paper, such as `PAPER.at("Lemma 2", section="H")`."""
        return Source(self, label, section)


@dataclass(frozen=True)
class Source:
    """Where a statement is printed."""

    paper: Paper
    label: str
    section: str

    @property
    def kind(self) -> str:
        """What it is called in print: lemma, theorem, eq, footnote, ..."""
        return re.split(r"[\s.(]", self.label.strip())[0].lower()

    def __str__(self) -> str:
        return f"{self.paper.key}, {self.label}, section {self.section}"


@dataclass(frozen=True)
class Step:
    """One step of a derivation. The statement `...` is the conclusion of the same name."""

    name: str
    statement: Any
    by: Justification
    uses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "uses", tuple(self.uses))
        if self.statement is not ... and not isinstance(self.statement, Statement):
            raise ClaimError(f"step `{self.name}`: {self.statement!r} is no statement.")
        if not isinstance(self.by, Justification):
            raise ClaimError(f"step `{self.name}`: {self.by!r} is no rule; write by.identity.")


@dataclass(frozen=True)
class Mutant:
    """A false variant: `then` and `given` replace entries of the same name, None drops one.

    `expect`: refuted (a certified counterexample exists), undefined (it has no value where the
    hypotheses allow), or survives (with a `reason`).
    """

    name: str
    then: Any = None
    given: Any = None
    where: Any = None
    expect: str = "refuted"
    reason: str = ""

    def __post_init__(self) -> None:
        for field in ("then", "given", "where"):
            value = getattr(self, field)
            object.__setattr__(self, field, tuple((value or {}).items()))
        if not (self.then or self.given or self.where):
            raise ClaimError(f"mutant `{self.name}` changes nothing.")
        if self.expect not in ("refuted", "undefined", "survives"):
            raise ClaimError(f"mutant `{self.name}`: it cannot expect {self.expect!r}.")
        if self.expect == "survives" and not self.reason:
            raise ClaimError(f"mutant `{self.name}` survives: give the reason.")


@dataclass(frozen=True)
class Region:
    """A box of ranges by symbol name, with exact rational ends, or `oo` and `-oo`.

    Symbols not named do not occur in it. `touches`: sets, each given by equations, on which the
    two sides of a non-strict inequality are equal.
    """

    ranges: tuple[tuple[str, Expr, Expr], ...]
    touches: tuple[tuple[Relation, ...], ...] = ()

    def __init__(self, **ranges: tuple[Any, Any]) -> None:
        box = []
        for name, ends in ranges.items():
            if not isinstance(ends, Sequence) or isinstance(ends, str) or len(ends) != 2:
                raise ClaimError(f"region: `{name}` needs (lower, upper), got {ends!r}.")
            low, high = (exact(end) for end in ends)
            finite = low.is_Rational and high.is_Rational and low <= high
            if not (finite or (_is_end(low, -oo) and _is_end(high, oo))):
                raise ClaimError(f"region: `{name}` in [{low}, {high}] is no rational range.")
            box.append((name, low, high))
        object.__setattr__(self, "ranges", tuple(box))
        object.__setattr__(self, "touches", ())

    def touching(self, *equations: Statement) -> Region:
        """This region with one more set on which an inequality is an equality.

        `region.touching(eq(a, b))` names a line, two equations what lies on both. Where the two
        sides are equal on the set exactly, a form around it decides the boxes that meet it.
        """
        found = tuple(e for e in equations if isinstance(e, Relation) and e.op == "==")
        for equation in equations:
            if equation not in found:
                raise ClaimError(
                    f"region: a touching set is given by equations, got `{equation}`; "
                    "write eq(a, b)."
                )
        if not equations:
            raise ClaimError("region: a touching set needs an equation, such as eq(a, b).")
        return self._with((*self.touches, found))

    def expanded(self, claim: Claim) -> Region:
        """This region with the definitions of `claim` put into its touching sets."""
        return self._with(tuple(tuple(map(claim.expand, s)) for s in self.touches))

    def _with(self, touches: tuple[tuple[Relation, ...], ...]) -> Region:
        other = Region()
        object.__setattr__(other, "ranges", self.ranges)
        object.__setattr__(other, "touches", touches)
        return other


def _is_end(value: Expr, infinite: Expr) -> bool:
    return bool(value.is_Rational or value == infinite)


@dataclass(frozen=True)
class Sample:
    """Extra exact instances to try first, as mappings from symbol name to rational."""

    special: tuple[tuple[tuple[str, Expr], ...], ...]

    def __init__(self, *special: Mapping[str, Any]) -> None:
        rows = tuple(tuple((k, exact(v)) for k, v in row.items()) for row in special)
        object.__setattr__(self, "special", rows)


@dataclass(frozen=True)
class Claim:
    """One numbered statement: hypotheses `given`, definitions `where`, conclusions `then`.

    Use `claim(...)`-style keyword construction; mappings are frozen into tuples.
    """

    id: str
    title: str
    source: Source
    then: Any
    given: Any = ()
    where: Any = ()
    uses: tuple[str, ...] = ()
    derivation: tuple[Step, ...] = ()
    regions: tuple[Region, ...] = ()
    instances: Sample = Sample()
    mutants: tuple[Mutant, ...] = ()
    repairs: str = ""
    note: str = ""

    def __post_init__(self) -> None:

        def put(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        try:
            put("given", _named(self.given))
            put("then", _named(self.then))
            where = self.where.items() if isinstance(self.where, Mapping) else self.where
            put("where", tuple((symbol, exact(value)) for symbol, value in where))
            for field in ("uses", "derivation", "regions", "mutants"):
                put(field, tuple(getattr(self, field)))
            for mutant in self.mutants:
                _check_mutant(self, mutant)
        except ExactnessError as fault:
            raise ExactnessError(f"claim `{self.id}`: {fault}") from fault
        self._check()

    def _check(self) -> None:
        def fail(text: str) -> None:
            raise ClaimError(f"claim `{self.id}`: {text}")

        if not _ID.match(self.id):
            fail("an id is `paper/item`, in letters, digits and . + _ -")
        if self.id.split("/")[0] != self.source.paper.key:
            fail(f"its id and its paper `{self.source.paper.key}` disagree.")
        if not self.then:
            fail("it concludes nothing: give `then`.")
        for kind, names in (
            ("step", [s.name for s in self.derivation]),
            ("mutant", [m.name for m in self.mutants]),
        ):
            doubled = {n for n in names if names.count(n) > 1}
            if doubled:
                fail(f"two {kind}s are called `{sorted(doubled)[0]}`.")
        seen: set[str] = set()
        for step in self.derivation:
            if step.statement is ... and step.name not in dict(self.then):
                fail(f"step `{step.name}` stands for a conclusion, but there is none of that name.")
            for used in step.uses:
                if used not in seen:
                    fail(f"step `{step.name}` uses `{used}`, which is no earlier step.")
            if step.by.rule == "claim" and step.by.get("key") not in self.uses:
                fail(f"step `{step.name}` rests on `{step.by.get('key')}`: list it in `uses`.")
            seen.add(step.name)
        if self.id in self.uses:
            fail("it uses itself.")
        for region in self.regions:
            for name, _, _ in region.ranges:
                if name not in self.variables:
                    fail(f"region: `{name}` is no variable; there are {sorted(self.variables)}.")
        for row in self.instances.special:
            for name, _ in row:
                if name not in self.variables:
                    fail(f"instances: `{name}` is no variable; there are {sorted(self.variables)}.")

    @property
    def paper(self) -> Paper:
        return self.source.paper

    @property
    def kind(self) -> str:
        return self.source.kind

    @property
    def hypotheses(self) -> Named:
        """(name, relation) with the definitions of `where` put in, one relation each."""
        out = []
        for name, statement in self.given:
            for part in statement if isinstance(statement, tuple) else (statement,):
                out.append((name, self.expand(part)))
        return tuple(out)

    @property
    def conclusions(self) -> Named:
        """(name, statement) with the definitions of `where` put in."""
        return tuple((name, self.expand(statement)) for name, statement in self.then)

    @property
    def variables(self) -> frozenset[str]:
        """Names of everything that is free: scalars, vectors, operators, dimensions, functions."""
        statements = [s for _, s in (*self.hypotheses, *self.conclusions)]
        return frozenset().union(*(names_in(s) for s in statements)) if statements else frozenset()

    def statement_of(self, step: Step) -> Statement:
        """The statement of a step with the definitions put in."""
        raw = dict(self.then)[step.name] if step.statement is ... else step.statement
        statement: Statement = self.expand(raw)
        return statement

    def expand(self, statement: Any) -> Any:
        """`statement` with the definitions of `where` put in, later ones first."""
        for symbol, value in reversed(self.where):
            statement = substitute(statement, {symbol: value})
        return statement

    def mutated(self, mutant: Mutant) -> Claim:
        """The false variant as a claim of its own, without derivation and mutants."""
        return replace(
            self,
            given=_merge(self.given, mutant.given),
            then=_changed(self.then, mutant.then),
            where=_merge(self.where, mutant.where),
            derivation=(),
            regions=(),
            mutants=(),
            instances=Sample(),
        )

    def without(self, hypothesis: str) -> Claim:
        """This claim with one named hypothesis dropped."""
        kept = tuple((n, s) for n, s in self.given if n != hypothesis)
        return replace(self, given=kept, derivation=(), regions=(), mutants=(), instances=Sample())


def _named(mapping: Any) -> Named:
    items = mapping.items() if isinstance(mapping, Mapping) else mapping
    out = []
    for name, statement in items:
        for part in statement if isinstance(statement, tuple) else (statement,):
            if is_truth_value(part):
                raise ClaimError(
                    f"`{name}` is already the truth value {part}: write it with eq, le, gt, ..."
                )
            if not isinstance(part, Statement):
                raise ClaimError(f"`{name}`: {part!r} is no statement; write it with eq, le, ...")
        out.append((str(name), statement))
    return tuple(out)


def _merge(old: Iterable[tuple[Any, Any]], changes: Iterable[tuple[Any, Any]]) -> Named:
    merged = dict(old)
    for name, value in changes:
        if value is None:
            merged.pop(name)
        else:
            merged[name] = value
    return tuple(merged.items())


def _changed(then: Named, changes: Named) -> Named:
    """Only the conclusions that the mutant names, so that a hit is about the change."""
    return tuple((name, value) for name, value in changes if value is not None) or then


def _check_mutant(claim: Claim, mutant: Mutant) -> None:
    for field in ("then", "given"):
        known = dict(getattr(claim, field))
        for name, value in getattr(mutant, field):
            if value is None and name not in known:
                raise ClaimError(
                    f"claim `{claim.id}`, mutant `{mutant.name}`: no `{name}` in `{field}` to drop."
                )
            if value is not None:
                _named({name: value})
                if known.get(name) == value:
                    raise ClaimError(
                        f"claim `{claim.id}`, mutant `{mutant.name}`: `{name}` is not changed."
                    )
