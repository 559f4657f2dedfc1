"""**Tests of the site**: what a reader sees, and what a hostile or foreign run must not do"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import pytest

from tests.verifier.report.large_run import large_run
from tests.verifier.report.sample_run import (
    VERDICTS,
    claim,
    full_claim,
    region,
    run_of,
    sample_run,
)
from verifier.errors import ReportError
from verifier.report.site import build_site, write_site

_VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})
_HOSTILE = "<script>alert('x')</script><img src=\"https://evil.example/x\" onerror=alert(1)>"


class Page(HTMLParser):
    """A page's elements, ids, addresses and text; raises when tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href", "action", "data", "srcset"):
                self.addresses.append(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return build_site(sample_run())


def pages(files: dict[str, str]) -> Iterator[tuple[str, Page]]:
    for path, text in files.items():
        if path.endswith(".html"):
            yield path, Page(text)


def words(html: str) -> str:
    spaced = re.sub(r"(</(?:td|th|dt|dd|li|p|summary|h\d)>)", r"\1 ", html)
    return re.sub(r"\s+", " ", Page(spaced).text)


def test_every_page_parses_and_has_a_language_a_title_and_a_viewport(site: dict[str, str]) -> None:
    for path, page in pages(site):
        assert 1 == page.tags.count("h1"), path
        assert 1 == page.tags.count("main"), path
        assert re.search(r"<head>.*<title>[^<]+</title>.*</head>", site[path], re.DOTALL), path
        assert len(page.ids) == len(set(page.ids)), path
        assert '<html lang="en">' in site[path]
        assert '<meta name="viewport" content="width=device-width' in site[path]
        assert 'href="#main"' in site[path]


@pytest.mark.parametrize("run", [sample_run(), large_run(claims=60, edges=120)])
def test_every_link_leads_to_a_page_or_place_of_the_site(run: dict[str, Any]) -> None:
    files = build_site(run)
    parsed = dict(pages(files))
    followed = 0
    for path, page in parsed.items():
        for address in page.addresses:
            assert not re.search("//|:", address), address
            file, _, place = unquote(address).partition("#")
            target = normpath(str(PurePosixPath(path).parent / file)) if file else path
            assert target in files, (path, address)
            if place:
                assert place in parsed[target].ids, (path, address)
            followed += 1
    assert followed > 100


def test_no_page_needs_a_script_or_anything_from_elsewhere(site: dict[str, str]) -> None:
    for path, page in pages(site):
        assert not {"script", "iframe", "object", "embed", "img", "form"} & set(page.tags), path
        assert [] == page.handlers, path
    assert not re.search(r"url\(|@import", site["style.css"])


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_site(sample_run(), tmp_path / name)
    first, second = (
        {
            str(f.relative_to(tmp_path / name)): f.read_bytes()
            for f in (tmp_path / name).rglob("*.*")
        }
        for name in ("first", "second")
    )
    assert first == second
    assert "files.txt" in first
    assert sorted(first) == first["files.txt"].decode().split()


def test_all_eight_verdicts_are_shown_in_words(site: dict[str, str]) -> None:
    for verdict in VERDICTS:
        assert verdict in words(site["index.html"])
        assert f'id="{verdict.lower()}"' in site["verdicts.html"]
    assert 8 == words(site["verdicts.html"]).count("It does not mean:")


def test_hostile_text_is_shown_as_text() -> None:
    def poisoned(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: poisoned(value) for key, value in data.items()}
        if isinstance(data, list):
            return [poisoned(value) for value in data]
        return data + _HOSTILE if isinstance(data, str) else data

    run = sample_run()
    kept = ("id", "paper", "verdict", "effective", "limited_by", "repairs", "uses", "given")
    rows = []
    for row in run["claims"]:
        row = {key: value if key in kept else poisoned(value) for key, value in row.items()}
        for detail in (row["sides"]["enclose"] or {"detail": []})["detail"]:
            detail["box"] = [["x" + _HOSTILE, "0", "1"]]
        rows.append(row)
    run = {
        **run,
        "claims": rows,
        "papers": poisoned(run["papers"]),
        "engine": poisoned(run["engine"]),
    }
    files = build_site(run)
    for path, page in pages(files):
        assert not {"script", "img"} & set(page.tags), path
        assert [] == page.handlers, path
        assert not any(re.search("//|:", address) for address in page.addresses), path
    assert "alert('x')" in words(files["index.html"])


@pytest.mark.parametrize(
    "key",
    [
        "deep/../../etc/passwd",
        "deep/a b",
        "deep/<b>",
        "deep/con",
        "deep/",
        "deep/é",
        "deep/" + "x" * 300,
    ],
)
def test_an_unsafe_id_gets_a_safe_page(key: str, tmp_path: Path) -> None:
    write_site(run_of([claim(key, "PROVED")]), tmp_path / "site")
    assert ["site"] == [p.name for p in tmp_path.iterdir()]
    inside = [f.name for f in (tmp_path / "site" / "deep").iterdir()]
    assert 2 == len(inside)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]{1,120}", name) for name in inside)


def test_ids_that_differ_in_case_or_are_called_index_get_pages_of_their_own() -> None:
    keys = ["deep/lem-1", "deep/Lem-1", "deep/LEM-1", "deep/index", "deep/lem 1"]
    files = build_site(run_of([claim(key, "PROVED", title=key) for key in keys]))
    mine = [path for path in files if path.startswith("deep/")]
    assert len(keys) + 1 == len(mine)
    assert len(mine) == len({path.lower() for path in mine})


@pytest.mark.parametrize("version", [None, 0, 2, "1", True, "new"])
def test_another_schema_version_is_refused_with_the_cure(version: Any, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"schema_version[\s\S]*verifier verify --json"):
        write_site({**sample_run(), "schema_version": version}, tmp_path)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda run: run.pop("claims"),
        lambda run: run.pop("papers"),
        lambda run: run["claims"][0].pop("id"),
        lambda run: run["claims"][0].update(verdict="TRUE"),
        lambda run: run["claims"][0].update(effective="FINE"),
        lambda run: run["claims"].append(run["claims"][0]),
        lambda run: run["claims"][0]["sides"].update(derive=3),
        lambda run: run["claims"][0]["statement"]["then"][0].pop("name"),
        lambda run: run["claims"][0]["sides"]["enclose"]["detail"][0].update(certified="all"),
    ],
)
def test_a_damaged_run_is_refused_and_nothing_is_written(damage: Any, tmp_path: Path) -> None:
    run = copy.deepcopy(sample_run())
    damage(run)
    with pytest.raises(ReportError, match="verifier verify --json"):
        write_site(run, tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ReportError, match="taken"):
        write_site(sample_run(), tmp_path / "taken")
    with pytest.raises(ReportError, match=r"taken.below[\s\S]*--out DIR"):
        write_site(sample_run(), tmp_path / "taken" / "below")


def test_pages_of_an_earlier_run_are_removed_and_foreign_files_stay(tmp_path: Path) -> None:
    write_site(sample_run(), tmp_path)
    (tmp_path / "notes.html").write_text("mine")
    with (tmp_path / "files.txt").open("a") as listed:
        listed.write("../outside.html\n")
    write_site(run_of([claim("deep/lem-1", "PROVED")]), tmp_path)
    assert not (tmp_path / "deep" / "eq-9.html").exists()
    assert (tmp_path / "deep" / "lem-1.html").exists()
    assert (tmp_path / "notes.html").exists()


def test_a_refuted_claim_leads_the_front_page_with_its_counterexample_and_repair(
    site: dict[str, str],
) -> None:
    text = words(site["index.html"])
    errata = text[text.index("Errata") : text.index("On the deep structure")]
    assert "the left side is 1/8 and the right side is 5/32" in errata
    assert "Repaired by deep/eq-9-repaired ✓ PROVED" in errata


def test_a_claim_page_shows_all_of_the_evidence(site: dict[str, str]) -> None:
    text = words(site["deep/eq-9-repaired.html"])
    for expected in (
        "Eq. 9, repaired, section H",
        "Repairs deep/eq-9 ✗ REFUTED",
        "Eq. 9, repaired, section H, as it is encoded",
        "Bound in slope: x. Open sizes: d. Read-back as text For every real alpha, s Open",
        "5 of 5 steps discharged. Scope: for all d and n",
        "2 conditions discharged 1 - s^2 is not zero",
        "95.83 % certified",
        "At 6 samples a second evaluator, which shares no code, agrees.",
        "s in [0, 99/100] 1e-36",
        "1500 exact instances",
        "(3/2, -1, 0)",
        "2 declared by the author and 1 derived by the engine: 1 equivalent, 2 refuted.",
        "only a domain condition",
        "needed: otherwise there is a counterexample",
        "not shown needed",
        "Used by deep/thm-2",
    ):
        assert expected in text, expected
    pictures = re.findall(r'<svg class="(\w+)"', site["deep/eq-9-repaired.html"])
    assert ["bar", "tiles", "histogram"] == pictures
    assert "verifier replay FILE" in words(site["deep/eq-9.html"])


def test_an_effective_verdict_that_is_worse_is_shown_with_what_limits_it(
    site: dict[str, str],
) -> None:
    assert "effective ▣ CERTIFIED" in words(site["index.html"])
    assert "Effective verdict ▣ CERTIFIED, limited by deep/eq-20" in words(site["deep/thm-2.html"])


def test_what_is_taken_on_trust_is_listed_with_who_relies_on_it(site: dict[str, str]) -> None:
    text = words(site["index.html"])
    assert "Lojasiewicz, Theorem 1: bounded analytic gradient flows converge deep/thm-2" in text


def test_a_refuted_region_shows_its_point_and_where_a_hypothesis_fails() -> None:
    run = sample_run()
    sides = (c["sides"].get("enclose") for c in run["claims"])
    (rows,) = [side["detail"] for side in sides if side and side.get("detail")][:1]
    far = region("profile", refuted=0.1)
    far["tiles"].append([[[0.01, 0.02], [0.0, 0.01]], "excluded"])
    far["box"][0] = ["alpha", "1/100", "oo"]
    rows.append(far)
    (page,) = [words(text) for text in build_site(run).values() if "profile</b>" in text]
    assert "It fails at alpha = 50, s = 3/4 and around it." in page
    assert "a hypothesis fails" in page
    assert "alpha in [1/100, oo), s in [0, 99/100]" in page
    assert "Undecided: The enclosure is too wide" in page


def test_no_section_is_empty() -> None:
    bare = claim("flow/eq-1", "ERROR", reason="out of memory", statement={})
    for run in (sample_run(), run_of([bare])):
        for path, text in build_site(run).items():
            for section in re.findall(r"<section.*?</section>", text, re.DOTALL):
                assert re.search(r"</h2>\s*<(p|ol|ul|dl|table|figure|h3|div)", section), path
            assert not re.search(r"<(ul|ol|dl|tbody|p)[^>]*>\s*</\1>", text), path


def test_a_used_claim_that_is_not_in_the_run_is_named_without_a_link(site: dict[str, str]) -> None:
    page = site[next(path for path in site if path.startswith("wide/thm-4"))]
    assert "<code>elsewhere/lem-1</code>" in page
    assert "not in this run" in page


def test_the_inventory_lists_encoded_and_open_items(site: dict[str, str]) -> None:
    text = words(site["deep/index.html"])
    assert "6 of 7 numbered items" in text
    assert "encoded: deep/eq-9 ✗ REFUTED" in text
    assert "open: its data are not printed" in text


def test_circles_and_self_use_do_not_stop_the_graph() -> None:
    a = full_claim("deep/a", "PROVED", uses=["deep/b", "deep/a"])
    b = full_claim("deep/b", "PROVED", uses=["deep/a"])
    assert 'class="graph"' in build_site(run_of([a, b]))["deep/index.html"]


def test_the_overview_of_three_hundred_claims_stays_small(tmp_path: Path) -> None:
    run = large_run()
    assert 300 == len(run["claims"])
    assert 600 == sum(len(row["uses"]) for row in run["claims"])
    write_site(run, tmp_path)
    assert (tmp_path / "index.html").stat().st_size < 300_000


def test_a_checked_step_names_its_certificates_and_says_what_that_means(
    site: dict[str, str],
) -> None:
    page = site["deep/lem-1.html"]
    assert 1 == page.count("2 certificates")
    assert "deep-lem-1/sum-2.json" in page
    assert '<a href="../verdicts.html#checked">' in page
    meaning = words(site["verdicts.html"])
    assert "an independent program replayed it" in meaning
    assert "rests on the code of the rule" in meaning
