"""**Ill-formed statements**: what would be false, and cannot even be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from verifier import (
    Coordinates,
    Potential,
    SmoothFunction,
    Space,
    SymmetricField,
    dot,
    indices,
    integral,
    norm2,
    radial_field,
    reals,
)
from verifier.exact.substitution import substitute

w = Coordinates("w")
t, p, x = reals("t p x")
i, j = indices("i j")
F = SmoothFunction("F", 2)
space = Space()
point, z = space.vectors("w z")
(A,) = space.matrices("A")

ILL_FORMED: Mapping[str, Callable[[], Any]] = MappingProxyType(
    {
        "a diagonal part that moves unseen": lambda: SymmetricField(w, F.partial(i), 0),
        "a norm of the point as a constant": lambda: radial_field(w, norm2(point)),
        "an inner product with the point": lambda: radial_field(w, dot(z, point)),
        "a trace with the point": lambda: radial_field(w, dot(z, A @ point)),
        "a third index in the diagonal": lambda: SymmetricField(w, w.k, 0),
        "a third index in a pair": lambda: SymmetricField(w, 0, w.k),
        "a pair that is not symmetric": lambda: SymmetricField(w, 0, w.i),
        "a radial part with one component": lambda: Potential(w, radial=w.i),
        "a radial part that moves unseen": lambda: Potential(w, radial=norm2(point)),
        "a separable part with the norm": lambda: Potential(w, separable=w.norm),
        "a separable part with two components": lambda: Potential(w, separable=w.i * w.j),
        "a separable part that moves unseen": lambda: Potential(w, separable=F.partial(j)),
        "a linear part that is not constant": lambda: Potential(w, linear=w.i),
        "a linear part with the norm": lambda: Potential(w, linear=w.norm),
        "a variable of integration that is captured": lambda: substitute(
            integral(p, t, 0, x), {p: t}
        ),
    }
)
