"""**Opening**: a quantified real variable of a statement becomes a free one, to be searched for.

A conclusion `for every x: P implies Q` fails exactly where some x has P and not Q, and a hypothesis
`there is x with P` holds exactly where some x has P: both become statements about a free x. The
premises P are kept apart from the hypotheses, since they belong to one conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sympy import Symbol

from verifier.exact.statements import Statement
from verifier.exact.statements.logic import And, Exists, ForAll, Implies
from verifier.exact.structures import is_first_order
from verifier.exact.substitution import bound_names, names_in, substitute


@dataclass(frozen=True)
class Opened:
    """A named statement, which is claimed where the premises hold."""

    name: str
    statement: Statement
    premises: tuple[Statement, ...] = ()


class Opener:
    """Opens statements one after the other; a variable gets a name that is not taken yet."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.taken = set().union(*(names_in(statement) for statement in statements))

    def conclusion(self, opened: Opened) -> Opened:
        match opened.statement:
            case ForAll(variable=Symbol()) as general:
                return self.conclusion(replace(opened, statement=self._free(general)))
            case Implies() as rule if not is_first_order(rule):
                found = tuple(part for _, part in self.hypothesis(opened.name, rule.premise))
                premises = (*opened.premises, *found)
                return self.conclusion(Opened(opened.name, rule.conclusion, premises))
        return opened

    def hypothesis(self, name: str, statement: Statement) -> Iterator[tuple[str, Statement]]:
        match statement:
            case Exists(variable=Symbol()):
                yield from self.hypothesis(name, self._free(statement))
            case And() if not is_first_order(statement):
                for part in statement.statements:
                    yield from self.hypothesis(name, part)
            case _:
                yield name, statement

    def _free(self, quantified: ForAll | Exists) -> Statement:
        name = str(quantified.variable)
        while name in self.taken | bound_names(quantified.body):
            name += "_2"
        self.taken.add(name)
        fresh = Symbol(name, real=True)
        body: Statement = substitute(quantified.body, {quantified.variable: fresh})
        return body
