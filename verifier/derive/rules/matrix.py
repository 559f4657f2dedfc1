"""**matrix**: equations and properties of matrices of every size, by what is known of them.

Both sides are multiplied out into words, which the hypotheses rewrite: equations, symmetry,
orthogonality, projections, masks, and M M^-1 = M^-1 M = I. Where words remain, the difference is
multiplied by a matrix that has an inverse, or more relations are made from overlaps, up to a
bound. Options: `inverse`, for `invertible(M)`, a matrix N to be shown to satisfy M N = I; `form`,
for a definite M, an expression that equals it and shows its sign.
"""

from __future__ import annotations

from sympy import Expr

from verifier.derive.context import Context, Discharge, Rule, conclude, refuse
from verifier.derive.kernel.words.expansion import Grid
from verifier.derive.kernel.words.goals import Goals
from verifier.derive.matrix_setting import Setting, setting_of, sides_of
from verifier.derive.word_certificates import scalar_goal, with_steps
from verifier.exact.matrices import Matrix, identity_matrix, matrix
from verifier.exact.statements import Relation, Statement
from verifier.exact.statements.properties import Is
from verifier.exact.vectors import Vector

OPTIONS = ("form", "inverse")
EQUATIONS = ("symmetric", "orthogonal", "an orthogonal projection")


def discharge(statement: Statement, context: Context) -> Discharge:
    unknown = sorted({name for name, _ in context.by.options} - set(OPTIONS))
    if unknown:
        return refuse(f"`matrix` has no option `{unknown[0]}`; it has {', '.join(OPTIONS)}.")
    if isinstance(statement, Is):
        answer = _property(setting_of(context, statement), statement, context)
        if statement.property not in EQUATIONS:
            return answer
        return with_steps(answer, context, statement, goals=lambda s: _gaps(s, statement))
    if not isinstance(statement, Relation) or statement.op != "==":
        return refuse("`matrix` reads equations and properties of matrices.")
    if isinstance(statement.lhs, (Matrix, Vector)):
        sides = sides_of(statement)
        answer = _equal(setting_of(context, statement), *sides)
        return with_steps(answer, context, statement, goals=lambda s: [_gap(s, *sides)])
    if isinstance(statement.lhs, Expr):
        left, right = statement.lhs, statement.rhs
        answer = _equal_scalars(setting_of(context, statement), left, right)
        gap = lambda s: [scalar_goal(s.reader.read(left) - s.reader.read(right))]  # noqa: E731
        return with_steps(answer, context, statement, goals=gap)
    return refuse("`matrix` reads equations of matrices, vectors and scalars.")


def _equal(setting: Setting, left: Matrix, right: Matrix) -> Discharge:
    """Read afresh, so that what both sides need is noted, and then shown."""
    reader = setting.reader
    before, reader.tower.conditions = reader.tower.conditions, {}
    reader.known.clear()
    try:
        gap = _gap(setting, left, right)
        needed = list(reader.tower.conditions.values())
    finally:
        reader.tower.conditions = {**before, **reader.tower.conditions}
    answer = Goals(setting.matrices).decide(gap)
    if not answer.vanishes:
        return refuse(f"the difference of the two sides is\n    {answer}")
    return conclude(reader, needed)


def _gap(setting: Setting, left: Matrix, right: Matrix) -> Grid:
    expander = setting.matrices.expander
    return expander.subtract(expander.grid(left), expander.grid(right))


def _gaps(setting: Setting, statement: Is) -> list[Grid]:
    """What vanishes for a property that is made of equations."""
    of = statement.matrix
    flipped = _gap(setting, of.T, of)
    match statement.property:
        case "symmetric":
            return [flipped]
        case "orthogonal":
            return [_gap(setting, of.T @ of, identity_matrix(of.rows))]
    return [_gap(setting, of @ of, of), flipped]


def _equal_scalars(setting: Setting, left: Expr, right: Expr) -> Discharge:
    reader = setting.reader
    element, needed = reader.fresh(left - right, left, right)
    rest = Goals(setting.matrices).rest_of_scalar(element)
    if not rest.is_zero:
        return refuse(f"the difference of the two sides is\n    {rest}")
    return conclude(reader, needed)


def _property(setting: Setting, statement: Is, context: Context) -> Discharge:
    of = statement.matrix
    unit = identity_matrix(of.rows)
    read = _equal(setting, of, of)
    if not read.holds:
        return read
    match statement.property:
        case "symmetric":
            return _equal(setting, of.T, of)
        case "orthogonal":
            return _both(_equal(setting, of.T @ of, unit), read)
        case "an orthogonal projection":
            return _both(_equal(setting, of @ of, of), _equal(setting, of.T, of))
        case "a mask":
            return _mask(setting, of)
        case "invertible":
            return _invertible(setting, of, context)
    return _definite(setting, statement, context)


def _mask(setting: Setting, of: Matrix) -> Discharge:
    """A combination of products of diagonal letters is diagonal; D D = D gives the entries."""
    for row in setting.matrices.reduced(of):
        for entry in row:
            names = {letter.name for word in entry.terms for letter in word}
            if len(row) > 1 or not names <= setting.matrices.diagonals.keys():
                return refuse(f"whether\n    {of}\n  is diagonal is not known.")
    return _equal(setting, of @ of, of)


def _invertible(setting: Setting, of: Matrix, context: Context) -> Discharge:
    candidate = context.by.get("inverse")
    if candidate is not None:
        right = _equal(setting, of @ matrix(candidate), identity_matrix(of.rows))
        return (
            right
            if right.holds
            else _equal(setting, matrix(candidate) @ of, identity_matrix(of.rows))
        )
    if setting.definite.invertible(of):
        return Discharge(True)
    return refuse(f"nothing shows that\n    {of}\n  is invertible; `inverse` may name its inverse.")


def _definite(setting: Setting, statement: Is, context: Context) -> Discharge:
    of = statement.matrix
    shown = context.by.get("form")
    form = of if shown is None else matrix(shown)
    same = _equal(setting, of, form)
    if not same.holds:
        return same
    sign = setting.definite.sign(form)
    if sign == "definite" or (sign and statement.property == "positive semidefinite"):
        return same
    found = f"only that it is positive {sign}" if sign else "nothing"
    return refuse(f"{found} is read off\n    {form}")


def _both(one: Discharge, two: Discharge) -> Discharge:
    return two if one.holds else one


RULE = Rule("matrix", "equations and properties of matrices of every size", discharge)
