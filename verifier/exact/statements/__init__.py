"""**Statements**: the kinds that most claims are made of; each has a file in this folder."""

from verifier.exact.statements.base import Not, Statement, latex, negation
from verifier.exact.statements.flow import Conserved, conserved
from verifier.exact.statements.limit import Tends, tends
from verifier.exact.statements.metric import (
    GradientIs,
    HessianIs,
    HessianMap,
    gradient_is,
    hessian_is,
    hessian_map,
)
from verifier.exact.statements.relation import (
    Relation,
    eq,
    ge,
    gt,
    is_truth_value,
    le,
    lt,
    ne,
    within,
)

__all__ = [
    "Conserved",
    "GradientIs",
    "HessianIs",
    "HessianMap",
    "Not",
    "Relation",
    "Statement",
    "Tends",
    "conserved",
    "eq",
    "ge",
    "gradient_is",
    "gt",
    "hessian_is",
    "hessian_map",
    "is_truth_value",
    "latex",
    "le",
    "lt",
    "ne",
    "negation",
    "tends",
    "within",
]
