"""**Changes that leave a statement true**, and why: there is no error to find in them."""

from __future__ import annotations

from collections.abc import Mapping

STILL_TRUE: Mapping[str, Mapping[str, str]] = {
    "oulike/stationary-variance": {
        "`h1` is dropped": "it divides by 1 - eta gamma alone",
        "`h2` is dropped": "it divides by 1 - eta gamma alone",
        "`eta > 0` becomes `eta >= 0`": "both sides are 0 at eta = 0",
        "`gamma > 0` becomes `gamma >= 0`": "both sides are eta v at gamma = 0",
    },
    "oulike/partial-of-cost": {
        "Derivative(sum(x[i]**2*y[k], i=1..n), x[k]) == 2*x[k]*y[k]": "only x_k is moved",
    },
    "oulike/mean-is-small": {
        "`h1` is dropped": "eps is not in the conclusion",
        "`h2` is dropped": "eps is not in the conclusion",
        "`eps > 0` becomes `eps >= 0`": "eps is not in the conclusion",
        "`eps < beta` becomes `eps <= beta`": "eps is not in the conclusion",
    },
    "oulike/logs-lose": {
        "`h2` is dropped": "a > b is all that is needed",
        "`b >= 0` becomes `b >= -1`": "a > b is all that is needed",
        "`b <= 1` becomes `b <= 2`": "a > b is all that is needed",
    },
    "svrelu/one-more-datum": {
        "s*(p - y)**2/(s + 1)**2 + (p - (p*s + y)/(s + 1))**2 == (-p + y)**2/(s + 1)":
            "(y - p)^2 is symmetric in p and y",
    },
    "svrelu/quadrant": {
        "`h2` is dropped": "f x >= (e/a) b x > e y for every b",
        "`a > 0` becomes `a >= 0`": "a = 0 contradicts f a >= b e > 0",
        "`b > 0` becomes `b >= 0`": "f x >= (e/a) b x > e y for every b",
    },
    "svrelu/pythagoras": {
        "<u, u> + 5*<u, v> + 4*<v, v> == <u, u> + 4*<v, v>": "<u, v> = 0",
        "<u, u> + 4*<v, v> == <u, u> + 4*<v, v>": "<u, v> = 0",
    },
    "svrelu/rows-exchanged": {
        "sum(sum(x[j]*y[i], j=1..n), i=1..n) == sum(x[i], i=1..n)*sum(y[i], i=1..n)":
            "the double sum is symmetric",
    },
    "overlap/full-is-weak": {
        "`h2` is dropped": "the limit is as good as itself, and better than other minima",
    },
    "overlap/constants-are-weak": {
        "for every i in Data: for every u in Point: G(limit(i)) <= G(u)": "all values are equal",
    },
    "overlap/one-for-all": {
        "there is i in Data with for every j in Data: R(i, j)": "it is the hypothesis",
    },
    "overlap/sigmoid-away": {
        "-u/(1 + exp(-u)) + 1 > 1/1000": "at u = 1 it is above 1/4, and it decreases up to there",
    },
    "recovery/classes": {
        "for every i in Data: for every j in Data: R(j, i) implies R(i, i)": "R is symmetric",
    },
    "recovery/partners": {
        "for every i in Data: there is j in Data with R(i, j)": "it is the hypothesis",
    },
    "recovery/three-ways": {
        "((p and q) or (p and r)) implies (p and (q or r))": "the two sides are equivalent",
    },
    "recovery/counting": {
        "`u >= 1` becomes `u >= 0`": "both terms are still at least 0",
    },
    "recovery/distinct": {
        "`h1` is dropped": "different members have different indices",
    },
    "recovery/polyak": {
        "Derivative(x**2/2 + 3*y**2/2, x)**2 + Derivative(x**2/2 + 3*y**2/2, y)**2 "
        ">= x**2 + 4*y**2": "the left side is x^2 + 9 y^2",
    },
    "initshape/k-of-shape": {"`alpha > 0` becomes `alpha >= 0`": "both sides are 0 at alpha = 0"},
    "initshape/root-of-shape": {
        "`alpha > 0` becomes `alpha >= 0`": "both sides are 0 at alpha = 0"
    },
    "initshape/transition": {"`alpha > 0` becomes `alpha >= 0`": "both sides are 0 at alpha = 0"},
    "initshape/discriminant": {"(a - b)**2 >= 0": "a square is at least 0"},
    "initshape/inverse": {
        "(I - (1/2)*u u^T) (I + u u^T) == I": "a square matrix commutes with its inverse",
    },
    "initshape/rank-one-update": {
        "((1/c)*I - (1/(c*(c + <w, w>)))*w w^T) ((c)*I + w w^T) == I":
            "a square matrix commutes with its inverse",
    },
    "initshape/gradient-of-profile": {
        "`h1` is dropped": "fields are read away from the origin",
        "`norm_w > 0` becomes `norm_w >= 0`": "fields are read away from the origin",
    },
    "initshape/hessian-of-profile": {
        "`h1` is dropped": "fields are read away from the origin",
        "`norm_w > 0` becomes `norm_w >= 0`": "fields are read away from the origin",
    },
}  # fmt: skip
"""By the statement's name: the changed conclusion, or how a hypothesis is changed, and why."""
