"""**Registry**: what is broken is named, and everything else still loads."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from verifier import registry as module
from verifier.errors import NoClaimsError, UnknownClaimError
from verifier.registry import GROUP, Registry, circles, load_claims

PLUGINS = "tests.verifier.run.plugins"
HEALTHY = ["healthy/lem-2", "healthy/lem-1", "healthy/lem-3"]


def load(*names: str) -> Registry:
    return load_claims(plugins=[f"{PLUGINS}.{name}" for name in names])


def errors(registry: Registry) -> str:
    return "\n".join(map(str, registry.errors))


def install(monkeypatch: pytest.MonkeyPatch, **points: str) -> None:
    found = [EntryPoint(name, value, GROUP) for name, value in points.items()]
    monkeypatch.setattr(module, "entry_points", lambda group: found if group == GROUP else [])


def test_claims_come_in_the_order_of_the_paper() -> None:
    registry = load("healthy")
    assert HEALTHY == list(registry.claims)
    assert () == registry.errors


def test_installed_plugins_are_found_and_a_broken_one_costs_only_its_own_claims(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(
        monkeypatch,
        bad=f"{PLUGINS}.raises",
        gone="no_such_package.claims",
        good=f"{PLUGINS}.healthy",
        leaves=f"{PLUGINS}.leaves",
    )
    registry = load_claims()
    assert HEALTHY == list(registry.claims)
    assert 3 == len(registry.errors)
    for text in (
        f"plugin `bad` ({PLUGINS}.raises) does not load: RuntimeError: the notation file is gone",
        "plugin `gone` (no_such_package.claims) does not load: ModuleNotFoundError",
        f"plugin `leaves` ({PLUGINS}.leaves) does not load: SystemExit: goodbye",
    ):
        assert text in errors(registry)


def test_no_claims_is_an_error_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    with pytest.raises(NoClaimsError, match=r"pip install -e \.`.*--plugin MODULE_OR_PATH"):
        load_claims().select()


def test_a_plugin_without_claims_is_named() -> None:
    assert "`tests.verifier.run.plugins.empty`: its `CLAIMS` is empty" in errors(load("empty"))


def test_a_module_that_is_no_plugin_is_named() -> None:
    registry = load_claims(plugins=["json"])
    assert "plugin `json`: it has no `PAPER = Paper(...)`" in errors(registry)


def test_the_first_of_two_claims_of_one_id_is_kept_and_both_are_named() -> None:
    registry = load("duplicate")
    assert "Claim 1" == registry.claims["duplicate/lem-1"].title
    assert f"claim `duplicate/lem-1` is there twice in plugin `{PLUGINS}.duplicate`" in errors(
        registry
    )


def test_unknown_references_and_circles_are_named_and_still_load() -> None:
    registry = load("circle")
    assert ["circle/a", "circle/b", "circle/c"] == list(registry.claims)
    assert frozenset({"circle/a", "circle/b"}) == registry.circular
    assert "claim `circle/c`: `uses` names `circle/gone`: no such claim." in errors(registry)
    assert "claim `circle/c`: `repairs` names `circle/lost`: no such claim." in errors(registry)
    assert "in a circle: circle/a -> circle/b -> circle/a" in errors(registry)


def test_a_circle_is_found_whatever_its_length() -> None:
    assert [("a", "b", "c")] == circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    assert [] == circles({"a": ["b", "c"], "b": ["c"]})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("healthy/lem-1", HEALTHY[1:2]),
        ("healthy/*", HEALTHY),
        ("*-[13]", HEALTHY[1:]),
    ],
)
def test_a_pattern_selects_claims(pattern: str, expected: list[str]) -> None:
    assert expected == list(load("healthy").select([pattern]))


def test_an_unknown_id_is_refused_with_the_closest_ones() -> None:
    with pytest.raises(
        UnknownClaimError, match=r"No claim matches `healthy/lem1`\. Closest: "
    ) as hit:
        load("healthy").select(["healthy/lem-1", "healthy/lem1"])
    assert "`healthy/lem-1`" in str(hit.value)


def write_package(folder: Path, inventory: str) -> Path:
    package = folder / "stranger"
    package.mkdir()
    source = Path(__file__).parent / "run/plugins/healthy.py"
    (package / "__init__.py").write_text(source.read_text())
    (package / "inventory.toml").write_text(inventory)
    return package


@pytest.fixture
def forgotten() -> Iterator[None]:
    """The package `stranger` is not remembered by later tests."""
    yield
    del sys.modules["stranger"]


INVENTORY = """
[[item]]
id = "lem-1"
kind = "lemma"
status = "encoded"

[[item]]
id = "thm-9"
kind = "theorem"
status = "out-of-scope"
reason = "it is about people"
"""


@pytest.mark.usefixtures("forgotten")
def test_a_package_is_loaded_from_its_folder_with_its_inventory(tmp_path: Path) -> None:
    registry = load_claims(plugins=[str(write_package(tmp_path, INVENTORY))])
    assert "" == errors(registry)
    inventory = registry.inventories["healthy"]
    assert (2, 1) == (len(inventory.items), inventory.encoded)
    assert "healthy/lem-1" == inventory.items[0].claim


@pytest.mark.parametrize(
    ("inventory", "message"),
    [
        ("item = [", "inventory.toml cannot be read"),
        ('[[item]]\nid = "lem-7"\nstatus = "encoded"', "there is no claim `healthy/lem-7`"),
        ('[[item]]\nid = "lem-7"\nstatus = "done"', "status 'done' is none of encoded, open"),
        ('[[item]]\nid = "lem-7"\nstatus = "out-of-scope"', "needs a `reason`"),
        ('[[item]]\nid = "a"\nstatus = "open"\n' * 2, "item `a` is there twice"),
        ('[[item]]\nstatus = "open"', "an item has no `id`"),
    ],
)
@pytest.mark.usefixtures("forgotten")
def test_a_wrong_inventory_is_named_and_the_claims_still_load(
    inventory: str, message: str, tmp_path: Path
) -> None:
    registry = load_claims(plugins=[str(write_package(tmp_path, inventory))])
    assert HEALTHY == list(registry.claims)
    assert re.search(re.escape(message), errors(registry))
