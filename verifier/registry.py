"""**Registry**: the claims of all plugins, and what is wrong with those that do not load.

A plugin is a module with `PAPER` and `CLAIMS`, found through the entry points of the group
`verifier.claims`, one a paper. A broken one is recorded by name; all others still load.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from verifier.claim import Claim, Paper
from verifier.errors import NoClaimsError, PluginError, UnknownClaimError
from verifier.run.inventory import Inventory, read_inventory

GROUP = "verifier.claims"


@dataclass(frozen=True)
class Registry:
    """All claims by id, in the order of their plugins; `errors` are recorded, not raised.

    Args:
        papers: the papers, in the order of their plugins.
        claims: claim id -> claim.
        inventories: paper key -> its inventory, where it has one.
        errors: what is wrong with a plugin, its claims or its inventory.
        circular: ids of claims that use each other in a circle.
    """

    papers: tuple[Paper, ...]
    claims: Mapping[str, Claim]
    inventories: Mapping[str, Inventory]
    errors: tuple[PluginError, ...] = ()
    circular: frozenset[str] = frozenset()

    def select(self, patterns: Sequence[str] = ()) -> tuple[str, ...]:
        """Ids that match an id or glob of `patterns`; all of them when there is no pattern.

        Raises:
            UnknownClaimError: a pattern matches nothing; the closest ids are named.
            NoClaimsError: there are no claims at all.
        """
        self.require_claims()
        chosen: set[str] = set()
        for pattern in patterns:
            hits = [key for key in self.claims if fnmatchcase(key, pattern)]
            if not hits:
                raise UnknownClaimError(self._unknown(pattern))
            chosen.update(hits)
        return tuple(key for key in self.claims if not patterns or key in chosen)

    def require_claims(self) -> None:
        """Raises `NoClaimsError` when there is nothing to verify."""
        if self.claims:
            return
        broken = f" {len(self.errors)} plugin error(s) are listed above." if self.errors else ""
        raise NoClaimsError(
            f"There are no claims to verify.{broken} Install a package with entry points in the "
            f"group `{GROUP}` (in a checkout: `pip install -e .`), or name a module: "
            "`--plugin MODULE_OR_PATH`."
        )

    def _unknown(self, pattern: str) -> str:
        near = get_close_matches(pattern, self.claims, n=3, cutoff=0.4)
        hint = "Closest: " + ", ".join(f"`{key}`" for key in near) if near else "None is close"
        return f"No claim matches `{pattern}`. {hint}. `verifier list` shows all."


@dataclass(frozen=True)
class _Plugin:
    name: str  # how the plugin is spoken of in errors
    module: ModuleType


def load_claims(*, plugins: Sequence[str] | None = None) -> Registry:
    """The claims of all installed plugins, or of `plugins` (module names or paths) alone."""
    errors: list[PluginError] = []
    loaded = _installed(errors) if plugins is None else _named(plugins, errors)
    papers: dict[str, Paper] = {}
    claims: dict[str, Claim] = {}
    inventories: dict[str, Inventory] = {}
    origin: dict[str, str] = {}
    for plugin in loaded:
        try:
            paper, own = _read(plugin)
        except PluginError as fault:
            errors.append(fault)
            continue
        if paper.key in papers and papers[paper.key] != paper:
            errors.append(PluginError(f"{plugin.name}: another plugin describes `{paper.key}`."))
            continue
        papers[paper.key] = paper
        for claim in own:
            if claim.id in claims:
                errors.append(_duplicate(claim.id, origin[claim.id], plugin.name))
                continue
            claims[claim.id] = claim
            origin[claim.id] = plugin.name
        inventory = _inventory(plugin, paper, claims, errors)
        if inventory is not None:
            inventories[paper.key] = inventory
    errors.extend(_unknown_references(claims))
    circular = circles({key: claim.uses for key, claim in claims.items()})
    errors.extend(PluginError(_circle_text(circle)) for circle in circular)
    return Registry(
        tuple(papers.values()),
        claims,
        inventories,
        tuple(errors),
        frozenset(key for circle in circular for key in circle),
    )


def claims_by_id(plugins: tuple[str, ...] | None) -> Mapping[str, Claim]:
    """What a worker loads: the claims of `load_claims`, whose errors the parent reports."""
    return load_claims(plugins=plugins).claims


def circles(uses: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Groups of ids that use each other in a circle, each sorted."""
    import networkx

    graph = networkx.DiGraph([(key, used) for key, many in uses.items() for used in many])
    groups = networkx.strongly_connected_components(graph)
    return sorted(tuple(sorted(group)) for group in groups if len(group) > 1)


def _installed(errors: list[PluginError]) -> list[_Plugin]:
    loaded = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (p.name, p.value)):
        name = f"plugin `{point.name}` ({point.value})"
        try:
            module = point.load()
        except (Exception, SystemExit) as fault:
            errors.append(_broken(name, fault))
            continue
        loaded.append(_Plugin(name, module))
    return loaded


def _named(plugins: Sequence[str], errors: list[PluginError]) -> list[_Plugin]:
    loaded = []
    for plugin in plugins:
        name = f"plugin `{plugin}`"
        try:
            module = _import(plugin)
        except (Exception, SystemExit) as fault:
            errors.append(_broken(name, fault))
            continue
        loaded.append(_Plugin(name, module))
    return loaded


def _import(plugin: str) -> ModuleType:
    """A module by its name, or by the path of a file or of a package folder."""
    path = Path(plugin)
    if path.suffix != ".py" and not (path / "__init__.py").is_file():
        return importlib.import_module(plugin)
    path = path.resolve()
    if path.is_dir():
        path = path / "__init__.py"
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    package = path.name == "__init__.py"
    name = path.parent.name if package else path.stem
    known = sys.modules.get(name)
    if known is not None and getattr(known, "__file__", None) == str(path):
        return known
    places = [str(path.parent)] if package else None
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=places)
    if spec is None or spec.loader is None or known is not None:
        raise ImportError(f"{path} cannot be imported as `{name}`: rename it")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _read(plugin: _Plugin) -> tuple[Paper, tuple[Claim, ...]]:
    paper: Any = getattr(plugin.module, "PAPER", None)
    claims: Any = getattr(plugin.module, "CLAIMS", None)
    if not isinstance(paper, Paper):
        raise PluginError(f"{plugin.name}: it has no `PAPER = Paper(...)`, got {paper!r}.")
    if not isinstance(claims, Iterable) or isinstance(claims, str):
        raise PluginError(f"{plugin.name}: it has no list `CLAIMS`, got {claims!r}.")
    found = tuple(claims)
    if not found:
        raise PluginError(f"{plugin.name}: its `CLAIMS` is empty; list its claims there.")
    for claim in found:
        if not isinstance(claim, Claim):
            raise PluginError(f"{plugin.name}: `CLAIMS` holds {claim!r}, which is no Claim.")
        if claim.paper.key != paper.key:
            raise PluginError(f"{plugin.name}: `{claim.id}` is of another paper than its PAPER.")
    return paper, found


def _inventory(
    plugin: _Plugin, paper: Paper, claims: Mapping[str, Claim], errors: list[PluginError]
) -> Inventory | None:
    file = getattr(plugin.module, "__file__", None)
    path = Path(file).parent / "inventory.toml" if file else None
    if path is None or not path.is_file():
        return None
    try:
        return read_inventory(path, paper.key, known=claims)
    except PluginError as fault:
        errors.append(PluginError(f"{plugin.name}: {fault}"))
        return None


def _unknown_references(claims: Mapping[str, Claim]) -> list[PluginError]:
    faults = []
    for claim in claims.values():
        named = [("uses", key) for key in claim.uses]
        named += [("repairs", claim.repairs)] if claim.repairs else []
        for field, key in named:
            if key not in claims:
                near = get_close_matches(key, claims, n=1, cutoff=0.4)
                hint = f" Did you mean `{near[0]}`?" if near else ""
                faults.append(
                    PluginError(
                        f"claim `{claim.id}`: `{field}` names `{key}`: no such claim.{hint}"
                    )
                )
    return faults


def _duplicate(key: str, first: str, second: str) -> PluginError:
    where = f"twice in {first}" if first == second else f"in {first} and in {second}"
    return PluginError(f"claim `{key}` is there {where}; the first is verified. Rename one.")


def _circle_text(circle: tuple[str, ...]) -> str:
    names = " -> ".join((*circle, circle[0]))
    return f"Claims use each other in a circle: {names}. Remove one entry of `uses`."


def _broken(name: str, fault: BaseException) -> PluginError:
    cause = f"{type(fault).__name__}: {fault}"
    error = PluginError(f"{name} does not load: {cause}. Its claims are not verified.")
    error.__cause__ = fault
    return error
