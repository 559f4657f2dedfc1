"""**Vices**: what may not stand in the engine or in a claim, found in the syntax tree."""

from __future__ import annotations

import ast
import re

# A name that only proposes and may never decide, and the modules that it comes from.
FORBIDDEN_CALLS = {
    "simplify": None,
    "allclose": ("np", "numpy"),
    "isclose": ("math", "np", "numpy", "cmath"),
    "approx": ("pytest",),
    "limit": ("sympy",),
}
FORBIDDEN_ATTRIBUTES = ("is_positive", "equals")
# One machine's folders; put together here so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:" + "|".join(("work", "farm", "tmp", "root")) + r")/")


def deciders(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and name of every use of something that may propose but never decide."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            owners = FORBIDDEN_CALLS.get(node.attr, ())
            if node.attr in FORBIDDEN_ATTRIBUTES or owners is None or owner in owners:
                found.append((node.lineno, node.attr))
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".")[0]
            for alias in node.names:
                owners = FORBIDDEN_CALLS.get(alias.name, ())
                if owners is None or module in owners:
                    found.append((node.lineno, f"{alias.name} from {module}"))
        elif isinstance(node, ast.Name) and FORBIDDEN_CALLS.get(node.id, ()) is None:
            found.append((node.lineno, node.id))
    return found


def floats(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and text of every float, complex number or call of `float`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            found.append((node.lineno, repr(node.value)))
        elif isinstance(node, ast.Name) and node.id in ("float", "complex"):
            found.append((node.lineno, node.id))
    return found


def machine_paths(text: str) -> list[tuple[int, str]]:
    """Line and text of every path that exists on one machine only."""
    lines = enumerate(text.splitlines(), start=1)
    return [(number, hit.group()) for number, line in lines for hit in MACHINE_PATH.finditer(line)]
