"""**verifier**: symbolic-numeric verification of theorems. This is the one public door.

A claim is written with the names exported here and verified by the command `verifier verify`.
Each name is imported when it is first used, so that the door itself opens at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verifier import by
    from verifier.claim import Claim, Mutant, Paper, Region, Sample, Source, Step
    from verifier.derive.discover import (
        find_invariants,
        find_warp,
    )
    from verifier.exact.fields import (
        Coordinates,
        Potential,
        SmoothFunction,
        SymmetricField,
        diagonal_field,
        radial_field,
    )
    from verifier.exact.landscape import (
        lojasiewicz,
        polyak,
    )
    from verifier.exact.logic import individual, individuals, mapping, sort
    from verifier.exact.matrices import block, diag, hadamard, inverse
    from verifier.exact.pieces import piecewise
    from verifier.exact.scalars import (
        Q,
        absolute,
        acos,
        acosh,
        asin,
        asinh,
        atan,
        atanh,
        cos,
        cosh,
        derivative,
        erf,
        exp,
        function,
        heaviside,
        indices,
        integral,
        log,
        logistic,
        maximum,
        minimum,
        normal_cdf,
        normal_pdf,
        oo,
        pi,
        real,
        reals,
        relu,
        sign,
        sin,
        sinh,
        softplus,
        sqrt,
        tan,
        tanh,
    )
    from verifier.exact.statements import (
        conserved,
        eq,
        ge,
        gradient_is,
        gt,
        hessian_is,
        hessian_map,
        le,
        lt,
        ne,
        negation,
        tends,
        within,
    )
    from verifier.exact.statements.convex import convex
    from verifier.exact.statements.eventually import eventually
    from verifier.exact.statements.growth import (
        asymptotic,
        is_order,
    )
    from verifier.exact.statements.invariants import (
        invariants,
    )
    from verifier.exact.statements.limit import (
        tends_in_turn,
    )
    from verifier.exact.statements.logic import (
        and_,
        exists,
        exists_unique,
        for_all,
        iff,
        implies,
        or_,
        predicate,
    )
    from verifier.exact.statements.paths import (
        tends_along,
        tends_jointly,
        tends_uniformly,
    )
    from verifier.exact.statements.properties import (
        invertible,
        mask,
        orthogonal,
        penrose,
        projection,
        symmetric,
    )
    from verifier.exact.statements.warp import (
        warps,
    )
    from verifier.exact.vectors import Space, dot, identity_operator, norm, norm2, outer, trace
    from verifier.judgement import Judgement
    from verifier.verdict import Evidence, Truth, Verdict

_HOMES = {
    "verifier.claim": (
        "Claim",
        "Mutant",
        "Paper",
        "Region",
        "Sample",
        "Source",
        "Step",
    ),
    "verifier.exact.fields": (
        "Coordinates",
        "Potential",
        "SmoothFunction",
        "SymmetricField",
        "diagonal_field",
        "radial_field",
    ),
    "verifier.exact.logic": ("individual", "individuals", "mapping", "sort"),
    "verifier.exact.matrices": ("block", "diag", "hadamard", "inverse"),
    "verifier.exact.pieces": ("piecewise",),
    "verifier.exact.scalars": (
        "Q",
        "absolute",
        "acos",
        "acosh",
        "asin",
        "asinh",
        "atan",
        "atanh",
        "cos",
        "cosh",
        "derivative",
        "erf",
        "exp",
        "function",
        "heaviside",
        "indices",
        "integral",
        "log",
        "logistic",
        "maximum",
        "minimum",
        "normal_cdf",
        "normal_pdf",
        "oo",
        "pi",
        "real",
        "reals",
        "relu",
        "sign",
        "sin",
        "sinh",
        "softplus",
        "sqrt",
        "tan",
        "tanh",
    ),
    "verifier.exact.statements": (
        "conserved",
        "eq",
        "ge",
        "gradient_is",
        "gt",
        "hessian_is",
        "hessian_map",
        "le",
        "lt",
        "ne",
        "negation",
        "tends",
        "within",
    ),
    "verifier.exact.statements.properties": (
        "invertible",
        "mask",
        "orthogonal",
        "penrose",
        "projection",
        "symmetric",
    ),
    "verifier.exact.vectors": (
        "Space",
        "dot",
        "identity_operator",
        "norm",
        "norm2",
        "outer",
        "trace",
    ),
    "verifier.judgement": ("Judgement",),
    "verifier.verdict": (
        "Evidence",
        "Truth",
        "Verdict",
    ),
    "verifier.derive.discover": (
        "find_invariants",
        "find_warp",
    ),
    "verifier.exact.statements.convex": ("convex",),
    "verifier.exact.statements.eventually": ("eventually",),
    "verifier.exact.statements.logic": (
        "and_",
        "exists",
        "exists_unique",
        "for_all",
        "iff",
        "implies",
        "or_",
        "predicate",
    ),
    "verifier.exact.statements.warp": ("warps",),
    "verifier.exact.statements.invariants": ("invariants",),
    "verifier.exact.landscape": (
        "lojasiewicz",
        "polyak",
    ),
    "verifier.exact.statements.growth": (
        "asymptotic",
        "is_order",
    ),
    "verifier.exact.statements.limit": ("tends_in_turn",),
    "verifier.exact.statements.paths": (
        "tends_along",
        "tends_jointly",
        "tends_uniformly",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Claim",
    "Coordinates",
    "Evidence",
    "Judgement",
    "Mutant",
    "Paper",
    "Potential",
    "Q",
    "Region",
    "Sample",
    "SmoothFunction",
    "Source",
    "Space",
    "Step",
    "SymmetricField",
    "Truth",
    "Verdict",
    "absolute",
    "acos",
    "acosh",
    "and_",
    "asin",
    "asinh",
    "asymptotic",
    "atan",
    "atanh",
    "block",
    "by",
    "conserved",
    "convex",
    "cos",
    "cosh",
    "derivative",
    "diag",
    "diagonal_field",
    "dot",
    "eq",
    "erf",
    "eventually",
    "exists",
    "exists_unique",
    "exp",
    "find_invariants",
    "find_warp",
    "for_all",
    "function",
    "ge",
    "gradient_is",
    "gt",
    "hadamard",
    "heaviside",
    "hessian_is",
    "hessian_map",
    "identity_operator",
    "iff",
    "implies",
    "indices",
    "individual",
    "individuals",
    "integral",
    "invariants",
    "inverse",
    "invertible",
    "is_order",
    "le",
    "log",
    "logistic",
    "lojasiewicz",
    "lt",
    "mapping",
    "mask",
    "maximum",
    "minimum",
    "ne",
    "negation",
    "norm",
    "norm2",
    "normal_cdf",
    "normal_pdf",
    "oo",
    "or_",
    "orthogonal",
    "outer",
    "penrose",
    "pi",
    "piecewise",
    "polyak",
    "predicate",
    "projection",
    "radial_field",
    "real",
    "reals",
    "relu",
    "sign",
    "sin",
    "sinh",
    "softplus",
    "sort",
    "sqrt",
    "symmetric",
    "tan",
    "tanh",
    "tends",
    "tends_along",
    "tends_in_turn",
    "tends_jointly",
    "tends_uniformly",
    "trace",
    "warps",
    "within",
]


def __getattr__(name: str) -> Any:
    if name == "by":
        return import_module("verifier.by")
    if name not in _HOME:
        raise AttributeError(f"module `verifier` exports no `{name}`.")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
