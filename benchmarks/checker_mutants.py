"""**Mutants of the checker**: which of its own faults would its certificates notice?

Each mutant changes one comparison, connective, sign, constant or check in a copy of `checker.py`.
It is killed when it accepts a false certificate, rejects one of the library, or does not end.
`python -m benchmarks.checker_mutants` prints the survivors and the score.
"""

from __future__ import annotations

import ast
import copy
import json
import signal
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from tests.claims.certificate_library import certificates
from tests.verifier.certificate.false_certificates import FALSE
from tests.verifier.certificate.true_certificates import TRUE
from verifier.certificate import checker

SECONDS = 20
# Survivors that no certificate can notice, by what was changed and in which function, and why.
EQUIVALENT = {
    ("raised", "n >= 0  ->  n > 0"): "the power zero is 1/1 either way",
    ("raised", "0  ->  1"): "the power zero is 1/1 either way",
    ("lowered", "0  ->  1"): "only of the zero polynomial, and an order is at least 2",
    ("__init__", "0  ->  1"): "set to zero before every fact, and read after one only",
    ("_generator", "1  ->  2"): "what needs no generator is below every limit",
    ("slot", "value >= self.limit  ->  value > self.limit"): "generator 0 has constants inside",
}
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
Change = Callable[[Any], str]


class Hung(Exception):
    """A mutant did not end in time."""


def mutants(source: str) -> Iterator[tuple[str, int, str, ast.Module]]:
    """Every mutant: function, line, what was changed, and the changed module."""
    tree = ast.parse(source)
    tree.body = [part for part in tree.body if not _reads_files(part)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    functions = _functions(tree)
    for place, node in enumerate(ast.walk(tree)):
        for change in _changes(node):
            mutant = copy.deepcopy(tree)
            twin = list(ast.walk(mutant))[place]
            what = change(twin)
            line = getattr(node, "lineno", 0)
            yield functions.get(line, ""), line, what, ast.fix_missing_locations(mutant)


def _functions(tree: ast.Module) -> dict[int, str]:
    """The innermost function of every line."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found |= dict.fromkeys(range(node.lineno, (node.end_lineno or 0) + 1), node.name)
    return found


def _reads_files(part: ast.stmt) -> bool:
    """Whether it is the command line, which the certificates do not pass through."""
    return isinstance(part, ast.If) or getattr(part, "name", "") == "main"


def _changes(node: ast.AST) -> list[Change]:
    match node:
        case ast.Compare():
            return [_swap_comparison(n) for n in range(len(node.ops)) if type(node.ops[n]) in SWAPS]
        case ast.BoolOp():
            return [_swap, *(_drop(n) for n in range(len(node.values)))]
        case ast.BinOp() if type(node.op) in SWAPS:
            return [_swap]
        case ast.If() if isinstance(node.body[0], ast.Raise):
            return [_never]
        case ast.Constant() if type(node.value) in (int, bool):
            return [_next]
        case ast.UnaryOp() if isinstance(node.op, (ast.Not, ast.USub)):
            return [_plain]
    return []


def _swap_comparison(n: int) -> Change:
    def change(node: Any) -> str:
        before = ast.unparse(node)
        node.ops[n] = SWAPS[type(node.ops[n])]()
        return f"{before}  ->  {ast.unparse(node)}"

    return change


def _drop(n: int) -> Change:
    def change(node: Any) -> str:
        before = ast.unparse(node)
        del node.values[n]
        return f"{before}  ->  {' '.join(map(ast.unparse, node.values))}"

    return change


def _swap(node: Any) -> str:
    before = ast.unparse(node)
    node.op = SWAPS[type(node.op)]()
    return f"{before}  ->  {ast.unparse(node)}"


def _never(node: Any) -> str:
    before = ast.unparse(node.test)
    node.test = ast.Constant(False)
    return f"never checks {before}"


def _next(node: Any) -> str:
    before = node.value
    node.value = (not before) if isinstance(before, bool) else before + 1
    return f"{before}  ->  {node.value}"


def _plain(node: Any) -> str:
    before = ast.unparse(node)
    node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
    if isinstance(node.op, ast.Not):
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return f"{before}  ->  {ast.unparse(node)}"


def noticed(tree: ast.Module, true: list[Any], false: dict[str, tuple[Any, str]]) -> str:
    """How the mutant is killed, or nothing."""
    module = ModuleType("checker_mutant")
    signal.alarm(SECONDS)
    try:
        exec(compile(tree, "checker_mutant", "exec"), vars(module))
        for name, (data, _) in false.items():
            if _accepts(module, data):
                return f"accepts {name}"
        for data in true:
            if not _accepts(module, data):
                return "rejects a true certificate"
    except Hung:
        return "hangs"
    except Exception as fault:
        return f"fails: {type(fault).__name__}"
    finally:
        signal.alarm(0)
    return ""


def _accepts(module: Any, data: Any) -> bool:
    try:
        module.check(data)
    except module.Rejected:
        return False
    return True


def _give_up(*_: Any) -> None:
    raise Hung


def main() -> int:
    """Run every mutant; the exit status is 1 when one survives that is not known to be equal."""
    signal.signal(signal.SIGALRM, _give_up)
    with open(checker.__file__, encoding="utf-8") as file:
        source = file.read()
    true = list(TRUE.values())
    true += [json.loads(text) for text in sorted(certificates().values(), key=len)]
    total, survivors, equal = 0, 0, dict(EQUIVALENT)
    for function, line, what, tree in mutants(source):
        total += 1
        if noticed(tree, true, FALSE):
            continue
        why = equal.pop((function, what), "")
        survivors += not why
        fate = f"equivalent, as {why}" if why else "SURVIVES"
        print(f"line {line}, `{function}`: {what}: {fate}", flush=True)
    for function, what in equal:
        print(f"`{function}`: {what}: listed as equivalent, and no survivor")
    killed = total - survivors - len(EQUIVALENT) + len(equal)
    score = 100 * killed // max(total, 1)
    print(f"{killed} of {total} mutants killed ({score} %), {len(EQUIVALENT)} equivalent.")
    return int(bool(survivors or equal))


if __name__ == "__main__":
    sys.exit(main())
