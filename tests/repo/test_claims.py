"""**Claims**: one numbered statement a file, each in `CLAIMS`, in the inventory and exact."""

from __future__ import annotations

import importlib
import json

import pytest

from tests.repo.tree import ROOT, at, inventory, paper_folders, project, python_files, some, syntax
from tests.repo.vices import deciders, floats
from verifier import Claim

NOT_CLAIMS = {"__init__", "notation"}
STATUSES = {"encoded", "open", "out-of-scope"}

papers = pytest.mark.parametrize("paper", paper_folders())


def claims_of(paper: str) -> tuple[Claim, ...]:
    return importlib.import_module(f"claims.{paper}").CLAIMS


def claim_modules(paper: str) -> list[str]:
    names = (path.stem for path in (ROOT / "claims" / paper).glob("*.py"))
    return some(sorted(set(names) - NOT_CLAIMS), f"claim file of {paper}")


def test_every_paper_is_an_entry_point_and_the_reverse() -> None:
    points = project()["project"]["entry-points"]["verifier.claims"]
    assert {paper: f"claims.{paper}" for paper in paper_folders()} == points


@papers
def test_every_claim_file_is_in_claims_exactly_once(paper: str) -> None:
    listed = claims_of(paper)
    found = [
        importlib.import_module(f"claims.{paper}.{name}").CLAIM for name in claim_modules(paper)
    ]
    assert sorted(c.id for c in found) == sorted(c.id for c in listed)
    assert len(listed) == len({id(c) for c in listed})


@papers
def test_every_claim_bears_the_id_of_its_paper_and_file(paper: str) -> None:
    for name in claim_modules(paper):
        claim = importlib.import_module(f"claims.{paper}.{name}").CLAIM
        item = claim.id.removeprefix(f"{paper}/")
        plain = "".join(c if c.isalnum() else "_" for c in item).lower()
        assert plain == name.lower()


@papers
def test_every_item_of_an_inventory_is_there_once_and_complete(paper: str) -> None:
    items = inventory(paper)
    ids = [item["id"] for item in items]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not i.startswith(f"{paper}/")] == []
    assert [item["id"] for item in items if not (item["kind"] and item["where"])] == []
    assert {item["status"] for item in items} <= STATUSES


@papers
def test_the_inventory_and_the_claims_name_the_same_ids(paper: str) -> None:
    items = inventory(paper)
    named = [item[key] for item in items for key in ("claim", "repaired") if key in item]
    assert sorted(named) == sorted(claim.id for claim in claims_of(paper))


@papers
def test_an_item_has_a_claim_exactly_when_it_is_encoded(paper: str) -> None:
    wrong = [i["id"] for i in inventory(paper) if ("claim" in i) != (i["status"] == "encoded")]
    assert wrong == []


@papers
def test_an_item_out_of_scope_says_why(paper: str) -> None:
    outside = [item for item in inventory(paper) if item["status"] == "out-of-scope"]
    assert [item["id"] for item in outside if not item.get("reason")] == []


@papers
def test_a_repaired_claim_repairs_the_item_that_lists_it(paper: str) -> None:
    claims = {claim.id: claim for claim in claims_of(paper)}
    listed = {item["repaired"]: item["claim"] for item in inventory(paper) if "repaired" in item}
    assert listed == {key: c.repairs for key, c in claims.items() if c.repairs}


def test_no_claim_holds_a_float() -> None:
    found = [hit for name in python_files("claims/") for hit in at(name, floats(syntax(name)))]
    assert found == []


def test_no_claim_rests_on_what_only_proposes() -> None:
    found = [hit for name in python_files("claims/") for hit in at(name, deciders(syntax(name)))]
    assert found == []


def test_the_baseline_records_every_claim_and_no_other() -> None:
    recorded = json.loads((ROOT / "reports" / "baseline.json").read_text(encoding="utf-8"))
    claims = some((c.id for paper in paper_folders() for c in claims_of(paper)), "claim")
    assert sorted(claims) == sorted(recorded)
