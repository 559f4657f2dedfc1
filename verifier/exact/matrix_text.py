"""**Matrices in print**: a held expression as text and as LaTeX, as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from verifier.exact.compound import tex

if TYPE_CHECKING:
    from verifier.exact.matrices import Matrix

_LOOSE = ("sum", "scaled", "hadamard")
_TIGHT = ("symbol", "identity", "zero", "ones", "diagonal", "map", "block")


def text_of(matrix: Matrix) -> str:
    """The expression in the signs that an author writes."""
    args = matrix.args
    match matrix.head:
        case "symbol":
            return str(args[0])
        case "power":
            return f"{args[0]}^{args[1]}"
        case "identity":
            return "I"
        case "zero":
            return "0"
        case "ones":
            return "1_" + "+".join(matrix.rows)
        case "sum":
            return _TEXT.signed_sum(args)
        case "product":
            return " ".join(_TEXT.factors(args))
        case "scaled":
            sign = "-" if args[0] == -1 else f"({args[0]})*"
            return sign + _TEXT.factor(args[1])
        case "transpose":
            return f"{_TEXT.base(args[0])}^T"
        case "inverse":
            return f"{_TEXT.base(args[0])}^-1"
        case "diagonal":
            return f"diag({args[0]})"
        case "hadamard":
            return " * ".join(map(_TEXT.base, args))
        case "map":
            return f"[{_applied(args)} for each i]"
    return f"[{'; '.join(', '.join(map(text_of, row)) for row in blocks(matrix))}]"


def latex_of(matrix: Matrix) -> str:
    """The expression in LaTeX."""
    args = matrix.args
    match matrix.head:
        case "symbol":
            return name_latex(args[0], column=matrix.is_column)
        case "power":
            return str(args[0]) + ("" if args[1] == 1 else f"^{{{args[1]}}}")
        case "identity":
            return "I"
        case "zero":
            return "0"
        case "ones":
            return r"\mathbf{1}"
        case "sum":
            return _LATEX.signed_sum(args)
        case "product":
            return r"\, ".join(_LATEX.factors(args))
        case "scaled":
            body = _LATEX.factor(args[1])
            if args[0] == -1:
                return f"-{body}"
            scalar = tex(args[0])
            return rf"\left({scalar}\right) {body}" if args[0].is_Add else rf"{scalar}\, {body}"
        case "transpose":
            return rf"{_LATEX.base(args[0])}^\top"
        case "inverse":
            return f"{_LATEX.base(args[0])}^{{-1}}"
        case "diagonal":
            return rf"\operatorname{{diag}}\left({latex_of(args[0])}\right)"
        case "hadamard":
            return r" \odot ".join(map(_LATEX.base, args))
        case "map":
            return rf"\left[ {tex(_applied(args))} \right]_i"
    body = r" \\ ".join(" & ".join(map(latex_of, row)) for row in blocks(matrix))
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def _applied(args: tuple[Any, ...]) -> sympy.Expr:
    """The function of a map at entries that are called x_i."""
    function, *columns = args
    names = (sympy.Symbol(f"{text_of(column)}_i", real=True) for column in columns)
    return function(*names)


def name_latex(name: str, *, column: bool) -> str:
    """The name of a matrix in LaTeX, bold for a vector."""
    head, _, tail = name.partition("_")
    shown = rf"\mathbf{{{head}}}" if column else head
    return shown + (f"_{{{tail}}}" if tail else "")


def blocks(matrix: Matrix) -> list[tuple[Matrix, ...]]:
    """The blocks of a block matrix, row by row."""
    width, flat = matrix.args[0], matrix.args[1:]
    return [flat[k : k + width] for k in range(0, len(flat), width)]


@dataclass(frozen=True)
class _Script:
    """How an expression is shown, and the brackets around one."""

    shown: Callable[[Matrix], str]
    left: str
    right: str

    def factor(self, part: Matrix) -> str:
        """In brackets where a product would tear it apart."""
        return self._bracketed(part) if part.head in _LOOSE else self.shown(part)

    def factors(self, parts: tuple[Matrix, ...]) -> list[str]:
        """A number in front needs no brackets."""
        first = self.shown(parts[0]) if parts[0].head == "scaled" else self.factor(parts[0])
        return [first, *map(self.factor, parts[1:])]

    def base(self, part: Matrix) -> str:
        """In brackets unless an exponent on it cannot be misread."""
        return self.shown(part) if part.head in _TIGHT else self._bracketed(part)

    def signed_sum(self, terms: tuple[Matrix, ...]) -> str:
        out = self.shown(terms[0])
        for term in terms[1:]:
            taken = _opposite(term)
            if taken is None:
                out += f" + {self.shown(term)}"
            else:
                body = self._bracketed(taken) if taken.head == "sum" else self.shown(taken)
                out += f" - {body}"
        return out

    def _bracketed(self, part: Matrix) -> str:
        return f"{self.left}{self.shown(part)}{self.right}"


_TEXT = _Script(text_of, "(", ")")
_LATEX = _Script(latex_of, r"\left(", r"\right)")


def _opposite(term: Matrix) -> Matrix | None:
    """What is taken away, when the term is a negative multiple."""
    if term.head != "scaled" or isinstance(term.args[0], sympy.Add):
        return None
    factor: Any = term.args[0]
    if not factor.as_coeff_Mul()[0] < 0:
        return None
    inner: Matrix = term.args[1]
    return inner if factor == -1 else inner * -factor
