"""**Inventory**: every numbered item of a paper, and what became of it, from `inventory.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.errors import PluginError

STATUSES = ("encoded", "open", "out-of-scope")


@dataclass(frozen=True)
class Item:
    """One `[[item]]`: `claim` when it is encoded, `reason` when it is out of scope."""

    id: str
    kind: str
    status: str
    claim: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Inventory:
    """All items of one paper, in its order."""

    items: tuple[Item, ...]

    @property
    def encoded(self) -> int:
        return sum(item.status == "encoded" for item in self.items)


def read_inventory(path: Path, paper: str, *, known: Collection[str]) -> Inventory:
    """The inventory at `path`; an encoded item without `claim` means `paper/id`.

    Raises:
        PluginError: the file is no TOML, an item is incomplete, or its claim is not in `known`.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise PluginError(f"{path} cannot be read: {fault}") from fault
    rows = data.get("item", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise PluginError(f"{path}: write one table `[[item]]` for each item.")
    items = tuple(_item(row, path, paper, known) for row in rows)
    names = [item.id for item in items]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise PluginError(f"{path}: item `{doubled[0]}` is there twice.")
    return Inventory(items)


def _item(row: dict[str, Any], path: Path, paper: str, known: Collection[str]) -> Item:
    texts = {key: str(row.get(key, "")) for key in ("id", "kind", "status", "claim", "reason")}
    item = Item(**texts)
    if not item.id:
        raise PluginError(f"{path}: an item has no `id`: {row}")
    if item.status not in STATUSES:
        raise PluginError(
            f"{path}, item `{item.id}`: status {item.status!r} is none of {', '.join(STATUSES)}."
        )
    if item.status == "out-of-scope" and not item.reason:
        raise PluginError(f"{path}, item `{item.id}`: out of scope needs a `reason`.")
    if item.status == "encoded":
        claim = item.claim or f"{paper}/{item.id}"
        if claim not in known:
            raise PluginError(f"{path}, item `{item.id}`: there is no claim `{claim}`.")
        return Item(item.id, item.kind, item.status, claim, item.reason)
    return item
