"""**The site**: one static, offline folder made from the JSON of a run, and from nothing else

The same JSON gives the same bytes. No page needs a script or a request to elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from markupsafe import Markup, escape

from verifier.errors import ReportError
from verifier.report import pictures
from verifier.report.graph import Node, dependency_graph
from verifier.report.math import formula
from verifier.report.reading import ClaimPage, PaperPage, RunPages, read_run
from verifier.report.words import GROUNDS, MEANINGS
from verifier.verdict import NECESSITY, MutantEvidence, Verdict, interval

_LIST = "files.txt"  # what was written, so that a later site removes pages it no longer has
_CODE = re.compile(r"`([^`]+)`")
_MUTANT_FIELDS = tuple(MutantEvidence.__dataclass_fields__)


def write_site(run: Mapping[str, Any], out: Path) -> None:
    """Write the site of `run` into the folder `out`, which is made when it is missing.

    Args:
        run: the JSON of a run, schema version 1.
        out: the folder; `index.html` in it is the front page.

    Raises:
        ReportError: `run` does not fit the schema, or `out` cannot be written.
    """
    pages = build_site(run)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _remove_stale(out, set(pages))
        for path, text in pages.items():
            target = out / path
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(text.encode("utf-8", "replace"))
    except OSError as fault:
        raise ReportError(
            f"The report cannot be written to `{out}`: {fault.strerror or fault}.\n"
            "  Give a folder that can be written: `verifier report --from RUN --out DIR`."
        ) from fault


def build_site(run: Mapping[str, Any]) -> dict[str, str]:
    """Path from the root of the site -> text of every file of the site.

    Raises:
        ReportError: `run` does not fit the schema.
    """
    site = read_run(run)
    pages = _environment(site)
    try:
        files = {
            "index.html": pages("index.html", root=""),
            "verdicts.html": pages("verdicts.html", root=""),
            "style.css": _style(),
        }
        for paper in site.papers:
            files[paper.path] = pages("paper.html", paper=paper, graph=_graph(site, paper))
            for place, claim in enumerate(paper.claims):
                beside = _neighbours(paper, place)
                files[claim.path] = pages("claim.html", paper=paper, claim=claim, **beside)
    except (jinja2.UndefinedError, TypeError, ValueError, KeyError, AttributeError) as fault:
        raise ReportError(
            f"The run JSON does not fit schema_version 1: {type(fault).__name__}: {fault}.\n"
            "  Make it again with `verifier verify --json FILE` of this version."
        ) from fault
    files[_LIST] = "".join(f"{path}\n" for path in sorted([*files, _LIST]))
    return files


def _environment(site: RunPages) -> Any:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("verifier.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(prose=prose, value=value, percent=pictures.percent)
    environment.globals.update(
        site=site,
        engine=site.engine,
        meanings={verdict.name: meaning for verdict, meaning in MEANINGS.items()},
        verdicts=[verdict.name for verdict in sorted(Verdict, reverse=True)],
        grounds=GROUNDS,
        necessity=NECESSITY,
        formula=formula,
        verdict_bar=pictures.verdict_bar,
        fraction_bar=pictures.fraction_bar,
        interval=interval,
        tiles=pictures.tiles,
        histogram=pictures.histogram,
        as_expected=as_expected,
        software=software(site.engine),
    )

    def render(template: str, *, root: str = "../", **context: Any) -> str:
        return environment.get_template(template).render(root=root, **context)

    return partial(render)


def _style() -> str:
    return jinja2.PackageLoader("verifier.report").get_source(jinja2.Environment(), "style.css")[0]


def _neighbours(paper: PaperPage, place: int) -> dict[str, ClaimPage | None]:
    last = len(paper.claims) - 1
    return {
        "before": paper.claims[place - 1] if place > 0 else None,
        "after": paper.claims[place + 1] if place < last else None,
    }


def _graph(site: RunPages, paper: PaperPage) -> Markup:
    """The graph of a paper's claims and of the claims of other papers that they use."""
    mine = {claim.id for claim in paper.claims}
    foreign = dict.fromkeys(
        used
        for claim in paper.claims
        for used in claim.data["uses"]
        if used in site.claims and used not in mine
    )
    claims = [*(site.claims[key] for key in foreign), *paper.claims]
    nodes = [
        Node(
            id=claim.id,
            label=claim.item if claim.id in mine else claim.id,
            title=claim.data["title"],
            effective=claim.effective,
            href=f"../{claim.path}",
            foreign=claim.id not in mine,
        )
        for claim in claims
    ]
    return dependency_graph(nodes, {claim.id: claim.data["uses"] for claim in paper.claims})


def as_expected(mutant: Mapping[str, Any]) -> bool:
    """Whether a mutant's outcome is the one that was expected of it."""
    row = {field: str(mutant.get(field, "")) for field in _MUTANT_FIELDS}
    return MutantEvidence(**row).as_expected


def software(engine: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What decided, with its version: the engine first, then what it is built on."""
    names = {
        "version": "verifier",
        "python": "Python",
        "sympy": "sympy",
        "flint": "python-flint",
        "hypothesis": "Hypothesis",
    }
    return [(names[key], str(engine[key])) for key in names if engine.get(key)]


def prose(text: Any) -> Markup:
    """Text with `code` set as code; everything else in it is shown as it is."""
    pieces = _CODE.split(str(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )


def value(data: Any) -> str:
    """An exact value of an instance as text: a rational, a vector, rows of an operator."""
    if isinstance(data, list):
        return f"({', '.join(value(part) for part in data)})"
    if isinstance(data, dict):
        return "; ".join(f"{name} = {value(part)}" for name, part in sorted(data.items()))
    return data if isinstance(data, str) else json.dumps(data)


def _remove_stale(out: Path, current: set[str]) -> None:
    """Remove the pages that an earlier site wrote here and this one does not have."""
    try:
        written = (out / _LIST).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return
    for line in written:
        path = PurePosixPath(line)
        ours = not path.is_absolute() and ".." not in path.parts and len(path.parts) <= 2
        if line not in current and ours and path.suffix == ".html":
            (out / path).unlink(missing_ok=True)
