"""**Goals**: a statement in concrete dimensions, as relations that a search can evaluate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sympy import Symbol

from verifier.errors import UnsupportedError
from verifier.exact.statements import Relation, Statement
from verifier.falsify.instances.instance import Instance
from verifier.falsify.instances.leaf import Leaf
from verifier.falsify.instances.signature import Signature


class Mode(Enum):
    """How the relations of a goal make up the statement."""

    ALL = "all"  # every relation holds
    ANY = "any"  # at least one relation holds
    SOMEWHERE = "somewhere"  # one relation holds at some point, perhaps not at this one
    EXACT = "exact"  # no relation in scalars says it: only exact arithmetic decides


@dataclass(frozen=True)
class Goal:
    """A statement in concrete dimensions; the relations are in the symbols of `leaves`."""

    statement: Statement
    mode: Mode
    relations: tuple[Relation, ...] = ()
    leaves: Mapping[Symbol, Leaf] = field(default_factory=dict)


def dimensions_of(signature: Signature, instance: Instance) -> dict[str, int]:
    """The dimensions that the instance fixes."""
    out = {}
    for name in signature.dimensions:
        value = instance.get(name)
        if not isinstance(value, int) or value < 1:
            raise UnsupportedError(f"instance: the dimension `{name}` is {value!r}.")
        out[name] = value
    return out
