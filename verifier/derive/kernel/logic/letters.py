"""**Letters**: how statements that are not first-order enter a propositional argument.

A relation between scalars says which signs its difference may have: each sign is a letter, exactly
one of the three holds where the sides have values, and none where they have not. Differences are
the same letter when they are one element of the field, up to a factor. Any other statement is a
letter of its own, and so is its denial.

In what is to be shown (`strict`), all scalars must have values, and a letter other than a sign may
not be denied: nothing says that a statement without a value fails.
"""

from __future__ import annotations

from flint import fmpq
from sympy import Expr

from verifier.derive.kernel.field.reader import SIGNS, Reader
from verifier.derive.kernel.logic.universal import LETTER, Atom, Branch, Formula, Literal
from verifier.errors import UnsupportedError
from verifier.exact.statements import Not, Relation, Statement

TRUE, FALSE = Branch(True, ()), Branch(False, ())


class Letters:
    """Reads letters with one reader; `facts` are what is known of those it has met."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.strict = False
        self.facts: dict[Formula, None] = {}
        self.met: set[tuple[str, Statement]] = set()

    def __call__(self, statement: Statement, positive: bool) -> Formula:
        if isinstance(statement, Relation) and isinstance(statement.lhs, Expr):
            return self._relation(statement, positive)
        if self.strict and positive:
            raise UnsupportedError(
                f"nothing says that this has a value where it fails:\n    {statement}"
            )
        denied = statement.statement if isinstance(statement, Not) else Not(statement)
        both = (_letter(statement, False), _letter(denied, False))
        self.facts[Branch(False, both)] = None
        return _letter(statement, positive)

    def _relation(self, relation: Relation, positive: bool) -> Formula:
        name, possible, turned, exact = self._difference(relation)
        wanted = {sign * turned for sign in SIGNS[relation.op]}
        if exact and possible <= wanted:
            return TRUE if positive else FALSE
        if exact and not possible & wanted:
            return FALSE if positive else TRUE
        self._note(name, possible, exact)
        signs = sorted(wanted & possible)
        return Branch(not positive, tuple(_sign(name, sign, positive) for sign in signs))

    def _difference(self, relation: Relation) -> tuple[str, frozenset[int], int, bool]:
        """A name, the possible signs, a factor 1 or -1 for them, and whether it has a value."""
        try:
            gap, conditions = self.reader.fresh(
                relation.lhs - relation.rhs, relation.lhs, relation.rhs
            )
            left = self.reader.open_conditions(conditions)
        except (UnsupportedError, ZeroDivisionError):
            if self.strict:
                raise
            return f"{relation.lhs} | {relation.rhs}", SIGNS["=="] | SIGNS["!="], 1, False
        if left and self.strict:
            raise UnsupportedError(f"nothing shows that this has a value:\n    {relation}")
        if left:
            return f"{relation.lhs} | {relation.rhs}", SIGNS["=="] | SIGNS["!="], 1, False
        possible = self.reader.sign(gap)
        lead = fmpq(1) if gap.is_zero else fmpq(gap.num.leading_coefficient())
        turned = 1 if lead > 0 else -1
        name = gap.scaled(1 / lead).key
        return name, frozenset(sign * turned for sign in possible), turned, True

    def _note(self, name: str, possible: frozenset[int], exact: bool) -> None:
        signs = sorted(possible)
        if exact:
            self.facts[Branch(False, tuple(_sign(name, sign) for sign in signs))] = None
        for n, sign in enumerate(signs):
            for other in signs[n + 1 :]:
                pair = (_sign(name, sign, False), _sign(name, other, False))
                self.facts[Branch(False, pair)] = None


def _sign(name: str, sign: int, positive: bool = True) -> Literal:
    return Literal(Atom(LETTER, ((name, sign),)), positive)


def _letter(statement: Statement, positive: bool) -> Literal:
    return Literal(Atom(LETTER, (statement,)), positive)
