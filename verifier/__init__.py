"""**verifier**: symbolic-numeric verification of theorems. This is the one public door.

A claim is written with the names exported here and verified by the command `verifier verify`.
Each name is imported when it is first used, so that the door itself opens at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verifier import by
    from verifier.claim import Claim, Mutant, Paper, Region, Sample, Source, Step
    from verifier.derive.discover import find_invariants, find_warp
    from verifier.enclose.integrals.expectation import expectation
    from verifier.enclose.integrals.quadrature import (
        enclose_integral,
    )
    from verifier.enclose.linear.algebra import (
        eigenvalues,
        enclose_pseudo_inverse,
        inertia,
        matrix_exponential,
        rank_bounds,
    )
    from verifier.enclose.regions.bounds import bounds
    from verifier.enclose.solving.counting import count_roots
    from verifier.enclose.solving.optima import enclose_minimiser
    from verifier.enclose.solving.roots import enclose_root
    from verifier.exact.arrays import array, characteristic_polynomial, determinant, diagonal_array
    from verifier.exact.chains import markov_chain
    from verifier.exact.families import family, sequence
    from verifier.exact.fields import (
        Coordinates,
        Potential,
        SmoothFunction,
        SymmetricField,
        diagonal_field,
        radial_field,
    )
    from verifier.exact.iterates import iterates
    from verifier.exact.landscape import lojasiewicz, polyak
    from verifier.exact.laws import law, product_law, rademacher, uniform_index, uniform_law
    from verifier.exact.logic import individual, individuals, mapping, sort
    from verifier.exact.matrices import (
        block,
        diag,
        hadamard,
        inverse,
        map_entries,
    )
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
    from verifier.exact.statements.bias import (
        implicit_bias,
    )
    from verifier.exact.statements.chances import chance_after
    from verifier.exact.statements.convex import convex
    from verifier.exact.statements.definite import positive_definite, positive_semidefinite
    from verifier.exact.statements.dimension import local_dimension
    from verifier.exact.statements.eventually import eventually
    from verifier.exact.statements.expects import (
        covariance_is,
        expects,
        martingale,
        moment_is,
        submartingale,
        supermartingale,
        variance_is,
    )
    from verifier.exact.statements.feasible import feasible, max_margin, separable
    from verifier.exact.statements.generic import almost_everywhere, generic, open_dense
    from verifier.exact.statements.growth import asymptotic, is_order
    from verifier.exact.statements.independent import independent, independent_family
    from verifier.exact.statements.invariants import invariants
    from verifier.exact.statements.limit import tends_in_turn
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
    from verifier.exact.statements.minimiser import minimiser
    from verifier.exact.statements.moments import moment_after, moment_tends
    from verifier.exact.statements.morse_bott import morse_bott
    from verifier.exact.statements.paths import tends_along, tends_jointly, tends_uniformly
    from verifier.exact.statements.properties import (
        invertible,
        mask,
        orthogonal,
        penrose,
        projection,
        symmetric,
    )
    from verifier.exact.statements.rank import has_rank, null_space, rank_at_least, rank_at_most
    from verifier.exact.statements.systems import (
        eigenpair,
        least_norm,
        least_squares,
        pseudo_inverse,
        solvable,
    )
    from verifier.exact.statements.warp import warps
    from verifier.exact.sums import product, total
    from verifier.exact.vectors import (
        Space,
        dot,
        entry_sum,
        identity_operator,
        norm,
        norm2,
        outer,
        trace,
    )
    from verifier.flow.events import crossings, first_crossing
    from verifier.flow.field import field, gradient_flow
    from verifier.flow.flowpipe import flowpipe
    from verifier.flow.integrate import integrate
    from verifier.flow.limit import flow_limit
    from verifier.flow.losses import Composite, LeastSquares, Loss
    from verifier.flow.tails.lojasiewicz import LojasiewiczConstants
    from verifier.judgement import Judgement
    from verifier.process.after import enclosed_moment, exact_moment
    from verifier.process.distribution import exact_chance, exact_law
    from verifier.process.orders import averaged_drift, leading_orders
    from verifier.process.simulation import simulate
    from verifier.process.stationary import convergence_rate
    from verifier.verdict import Evidence, Truth, Verdict

_HOMES = {
    "verifier.claim": "Claim Mutant Paper Region Sample Source Step",
    "verifier.derive.discover": "find_invariants find_warp",
    "verifier.enclose.regions.bounds": "bounds",
    "verifier.enclose.solving.counting": "count_roots",
    "verifier.enclose.integrals.expectation": "expectation",
    "verifier.enclose.linear.algebra": (
        "eigenvalues enclose_pseudo_inverse inertia matrix_exponential rank_bounds"
    ),
    "verifier.enclose.solving.optima": "enclose_minimiser",
    "verifier.enclose.integrals.quadrature": "enclose_integral",
    "verifier.enclose.solving.roots": "enclose_root",
    "verifier.exact.arrays": "array characteristic_polynomial determinant diagonal_array",
    "verifier.exact.chains": "markov_chain",
    "verifier.exact.families": "family sequence",
    "verifier.exact.fields": (
        "Coordinates Potential SmoothFunction SymmetricField diagonal_field radial_field"
    ),
    "verifier.exact.landscape": "lojasiewicz polyak",
    "verifier.exact.laws": "law product_law rademacher uniform_index uniform_law",
    "verifier.exact.logic": "individual individuals mapping sort",
    "verifier.exact.matrices": "block diag hadamard inverse map_entries",
    "verifier.exact.pieces": "piecewise",
    "verifier.exact.scalars": (
        "Q absolute acos acosh asin asinh atan atanh cos cosh derivative erf exp function "
        "heaviside indices integral log logistic maximum minimum normal_cdf normal_pdf oo pi real "
        "reals relu sign sin sinh softplus sqrt tan tanh"
    ),
    "verifier.exact.statements": (
        "conserved eq ge gradient_is gt hessian_is hessian_map le lt ne negation tends within"
    ),
    "verifier.exact.statements.bias": "implicit_bias",
    "verifier.exact.statements.chances": "chance_after",
    "verifier.exact.statements.convex": "convex",
    "verifier.exact.statements.definite": "positive_definite positive_semidefinite",
    "verifier.exact.statements.dimension": "local_dimension",
    "verifier.exact.statements.eventually": "eventually",
    "verifier.exact.statements.expects": (
        "covariance_is expects martingale moment_is submartingale supermartingale variance_is"
    ),
    "verifier.exact.statements.feasible": "feasible max_margin separable",
    "verifier.exact.statements.generic": "almost_everywhere generic open_dense",
    "verifier.exact.statements.growth": "asymptotic is_order",
    "verifier.exact.statements.independent": "independent independent_family",
    "verifier.exact.statements.invariants": "invariants",
    "verifier.exact.statements.limit": "tends_in_turn",
    "verifier.exact.statements.logic": (
        "and_ exists exists_unique for_all iff implies or_ predicate"
    ),
    "verifier.exact.statements.minimiser": "minimiser",
    "verifier.exact.statements.moments": "moment_after moment_tends",
    "verifier.exact.statements.morse_bott": "morse_bott",
    "verifier.exact.statements.paths": "tends_along tends_jointly tends_uniformly",
    "verifier.exact.statements.properties": (
        "invertible mask orthogonal penrose projection symmetric"
    ),
    "verifier.exact.statements.rank": "has_rank null_space rank_at_least rank_at_most",
    "verifier.exact.statements.systems": (
        "eigenpair least_norm least_squares pseudo_inverse solvable"
    ),
    "verifier.exact.statements.warp": "warps",
    "verifier.exact.sums": "product total",
    "verifier.exact.vectors": "Space dot entry_sum identity_operator norm norm2 outer trace",
    "verifier.flow.events": "crossings first_crossing",
    "verifier.flow.field": "field gradient_flow",
    "verifier.flow.flowpipe": "flowpipe",
    "verifier.flow.integrate": "integrate",
    "verifier.flow.limit": "flow_limit",
    "verifier.flow.losses": "Composite LeastSquares Loss",
    "verifier.flow.tails.lojasiewicz": "LojasiewiczConstants",
    "verifier.judgement": "Judgement",
    "verifier.process.after": "enclosed_moment exact_moment",
    "verifier.process.distribution": "exact_chance exact_law",
    "verifier.process.orders": "averaged_drift leading_orders",
    "verifier.process.simulation": "simulate",
    "verifier.process.stationary": "convergence_rate",
    "verifier.verdict": "Evidence Truth Verdict",
    "verifier.exact.iterates": "iterates",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Claim",
    "Composite",
    "Coordinates",
    "Evidence",
    "Judgement",
    "LeastSquares",
    "LojasiewiczConstants",
    "Loss",
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
    "almost_everywhere",
    "and_",
    "array",
    "asin",
    "asinh",
    "asymptotic",
    "atan",
    "atanh",
    "averaged_drift",
    "block",
    "bounds",
    "by",
    "chance_after",
    "characteristic_polynomial",
    "conserved",
    "convergence_rate",
    "convex",
    "cos",
    "cosh",
    "count_roots",
    "covariance_is",
    "crossings",
    "derivative",
    "determinant",
    "diag",
    "diagonal_array",
    "diagonal_field",
    "dot",
    "eigenpair",
    "eigenvalues",
    "enclose_integral",
    "enclose_minimiser",
    "enclose_pseudo_inverse",
    "enclose_root",
    "enclosed_moment",
    "entry_sum",
    "eq",
    "erf",
    "eventually",
    "exact_chance",
    "exact_law",
    "exact_moment",
    "exists",
    "exists_unique",
    "exp",
    "expectation",
    "expects",
    "family",
    "feasible",
    "field",
    "find_invariants",
    "find_warp",
    "first_crossing",
    "flow_limit",
    "flowpipe",
    "for_all",
    "function",
    "ge",
    "generic",
    "gradient_flow",
    "gradient_is",
    "gt",
    "hadamard",
    "has_rank",
    "heaviside",
    "hessian_is",
    "hessian_map",
    "identity_operator",
    "iff",
    "implicit_bias",
    "implies",
    "independent",
    "independent_family",
    "indices",
    "individual",
    "individuals",
    "inertia",
    "integral",
    "integrate",
    "invariants",
    "inverse",
    "invertible",
    "is_order",
    "iterates",
    "law",
    "le",
    "leading_orders",
    "least_norm",
    "least_squares",
    "local_dimension",
    "log",
    "logistic",
    "lojasiewicz",
    "lt",
    "map_entries",
    "mapping",
    "markov_chain",
    "martingale",
    "mask",
    "matrix_exponential",
    "max_margin",
    "maximum",
    "minimiser",
    "minimum",
    "moment_after",
    "moment_is",
    "moment_tends",
    "morse_bott",
    "ne",
    "negation",
    "norm",
    "norm2",
    "normal_cdf",
    "normal_pdf",
    "null_space",
    "oo",
    "open_dense",
    "or_",
    "orthogonal",
    "outer",
    "penrose",
    "pi",
    "piecewise",
    "polyak",
    "positive_definite",
    "positive_semidefinite",
    "predicate",
    "product",
    "product_law",
    "projection",
    "pseudo_inverse",
    "rademacher",
    "radial_field",
    "rank_at_least",
    "rank_at_most",
    "rank_bounds",
    "real",
    "reals",
    "relu",
    "separable",
    "sequence",
    "sign",
    "simulate",
    "sin",
    "sinh",
    "softplus",
    "solvable",
    "sort",
    "sqrt",
    "submartingale",
    "supermartingale",
    "symmetric",
    "tan",
    "tanh",
    "tends",
    "tends_along",
    "tends_in_turn",
    "tends_jointly",
    "tends_uniformly",
    "total",
    "trace",
    "uniform_index",
    "uniform_law",
    "variance_is",
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
