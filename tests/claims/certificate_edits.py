"""**Edits**: one changed number, operator, node or index in a certificate, by chance."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from typing import Any

OPERATORS = ("==", "!=", "<", "<=", ">", ">=")
NODES = tuple("q g eq + * ^ inv root exp log jet D".split())
PROOFS = tuple("sum split gen dense".split())
FACTS = tuple("given shown".split())
KINDS = tuple("symbol root exp log jet zero sign defined words".split())
READ = ("format", "generators", "equal", "facts", "goal")
LETTERS = ("A", "~A", "P", "~P", "B", "u", "~u", "v", "~v", "d", "n", "1")
WORDS = tuple(("goal", key) for key in "of relations steps traces letters".split())
Place = tuple[Any, ...]


def places(data: Any) -> dict[str, list[Place]]:
    """Every leaf that the checker reads, by what it is; a symbol by another name is the same."""
    found: dict[str, list[Place]] = {}
    for place, leaf in _leaves({key: data[key] for key in READ}, ()):
        if place[-1] != "name":
            found.setdefault(_sort(place, leaf), []).append(place)
    return found


def edited(data: Any, chance: random.Random) -> tuple[Any, str]:
    """A copy with one leaf changed, and what was changed."""
    found = places(data)
    sort = chance.choice(sorted(found))
    place = chance.choice(found[sort])
    changed = copy.deepcopy(data)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    old = holder[place[-1]]
    holder[place[-1]] = new = _other(old, sort, chance)
    return changed, f"{sort} at {place}: {old!r} became {new!r}"


def _leaves(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, (list, dict)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from _leaves(item, (*place, key))
    elif value is not None:
        yield place, value


def _sort(place: Place, leaf: Any) -> str:
    if isinstance(leaf, int):
        return "whole number"
    if re.fullmatch(r"-?[0-9]+(/[0-9]+)?", leaf):
        return "rational"
    if leaf in OPERATORS:
        return "operator"
    if place[-1] == "kind":
        return "kind"
    return "letter" if place[:2] in WORDS else "node"


def _other(old: Any, sort: str, chance: random.Random) -> Any:
    match sort:
        case "whole number":
            return chance.choice([n for n in (old + 1, old - 1, -old, old + 2, 0) if n != old])
        case "rational":
            head, _, tail = old.partition("/")
            below = int(tail or 1)
            tops = (-int(head), int(head) + below, 2 * int(head), int(head) + 1, 0)
            return f"{chance.choice([n for n in tops if n != int(head)])}/{below}"
        case "operator":
            return chance.choice([op for op in OPERATORS if op != old])
        case "letter":
            return chance.choice([letter for letter in LETTERS if letter != old])
        case "kind":
            return chance.choice([kind for kind in KINDS if kind != old])
    names = next(names for names in (FACTS, PROOFS, NODES) if old in names)
    return chance.choice([name for name in (*names, "nonsense") if name != old])
