"""**Reading a run**: the JSON of version 1, checked and put into the order of the pages"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from verifier.errors import ReportError
from verifier.report.names import safe_names
from verifier.verdict import Verdict

SCHEMA_VERSION = 1
_AGAIN = "Make it again with `verifier verify --json FILE` of this version."

_CLAIM: Mapping[str, Any] = {
    "title": "",
    "kind": "",
    "limited_by": "",
    "weak": False,
    "scope": "",
    "reason": "",
    "given": [],
    "repairs": "",
    "uses": [],
    "seconds": 0,
    "note": "",
    "source": {},
    "hash": "",
    "statement": {},
    "sides": {},
}
_STATEMENT: Mapping[str, Any] = {
    "every": [],
    "given": [],
    "where": [],
    "then": [],
    "remarks": [],
    "read_back": "",
}
_SIDES: Mapping[str, Mapping[str, Any]] = {
    "derive": {
        "steps": 0,
        "discharged": 0,
        "assumed": 0,
        "rests_on": {},
        "scope": "",
        "missing": [],
        "disproof": "",
        "chain": [],
    },
    "enclose": {
        "regions": 0,
        "certified": 0,
        "undecided": 0,
        "refuted": 0,
        "precision_bits": 0,
        "agreeing": 0,
        "uncompared": 0,
        "detail": [],
    },
    "falsify": {
        "instances": 0,
        "undefined": 0,
        "undecided": 0,
        "witness": None,
        "counterexample": None,
        "margins": [],
        "reason": "",
    },
    "mutate": {
        "declared": 0,
        "derived": 0,
        "killed": 0,
        "survived": 0,
        "score": None,
        "noticed": {},
        "detail": [],
    },
}
_ROWS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "derive": (
        "chain",
        {
            "text": "",
            "latex": "",
            "rule": "",
            "uses": [],
            "discharged": False,
            "rests_on": "",
            "reason": "",
            "conditions": [],
            "trust": "",
            "concludes": False,
            "certificates": [],
        },
    ),
    "enclose": (
        "detail",
        {
            "box": [],
            "certified": 0,
            "undecided": 0,
            "refuted": 0,
            "boxes": 0,
            "agrees_to": "",
            "tiles": [],
            "reason": "",
            "counterexample": [],
        },
    ),
    "mutate": (
        "detail",
        {
            "origin": "",
            "change": "",
            "expected": "",
            "outcome": "",
            "noticed_by": "",
            "detail": "",
            "statement": "",
            "kind": "",
        },
    ),
}


@dataclass(frozen=True)
class ClaimPage:
    """One claim with the address of its page and the claims that point at it.

    Attributes:
        data: the claim's JSON, absent optional keys filled in.
        path: address of its page from the root of the site.
        used_by: ids of the claims that use it.
        repaired_by: ids of the claims that repair it.
    """

    data: dict[str, Any]
    path: str
    used_by: tuple[str, ...]
    repaired_by: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def item(self) -> str:
        return self.id.partition("/")[2] or self.id

    @property
    def label(self) -> str:
        """What the paper calls it; a repaired statement is told from the printed one."""
        printed = str(self.data["source"]["label"] or self.item)
        return f"{printed}, repaired" if self.data["repairs"] else printed

    @property
    def verdict(self) -> str:
        return str(self.data["verdict"])

    @property
    def effective(self) -> str:
        return str(self.data["effective"])

    @property
    def limited(self) -> bool:
        return self.effective != self.verdict


@dataclass(frozen=True)
class PaperPage:
    """One paper with its claims in order, and its inventory."""

    data: dict[str, Any]
    path: str
    claims: tuple[ClaimPage, ...]

    @property
    def key(self) -> str:
        return str(self.data["key"])

    @property
    def counts(self) -> dict[str, int]:
        """Claims per verdict, best first; verdicts that nothing has are left out."""
        return counts_of(self.claims)


@dataclass(frozen=True)
class Trusted:
    """Something taken on trust, and the claims whose derivation rests on it."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class RunPages:
    """A whole run, ready to be shown."""

    engine: dict[str, Any]
    seconds: float
    papers: tuple[PaperPage, ...]
    claims: dict[str, ClaimPage]

    @property
    def counts(self) -> dict[str, int]:
        return counts_of(self.claims.values())

    @property
    def refuted(self) -> tuple[ClaimPage, ...]:
        return tuple(c for c in self.claims.values() if c.verdict == Verdict.REFUTED.name)

    @property
    def weak(self) -> tuple[ClaimPage, ...]:
        return tuple(c for c in self.claims.values() if c.data["weak"])

    @property
    def trusted(self) -> tuple[Trusted, ...]:
        found: dict[str, list[str]] = {}
        for claim in self.claims.values():
            for step in (claim.data["sides"]["derive"] or {}).get("chain", ()):
                if step["rests_on"] == "trust":
                    found.setdefault(step["trust"] or step["rule"], []).append(claim.id)
        return tuple(Trusted(t, tuple(dict.fromkeys(ids))) for t, ids in found.items())

    @property
    def grounds(self) -> dict[str, int]:
        """Discharged steps by what they rest on."""
        total: Counter[str] = Counter()
        for claim in self.claims.values():
            total.update((claim.data["sides"]["derive"] or {}).get("rests_on", {}))
        return {ground: number for ground, number in total.items() if number}


def counts_of(claims: Iterable[ClaimPage]) -> dict[str, int]:
    """Claims per verdict, best first; verdicts that nothing has are left out."""
    found = Counter(claim.verdict for claim in claims)
    return {v.name: found[v.name] for v in sorted(Verdict, reverse=True) if found[v.name]}


def read_run(run: Mapping[str, Any]) -> RunPages:
    """The pages of a run.

    Raises:
        ReportError: the JSON is of another schema version, or does not fit this one.
    """
    version = run.get("schema_version") if isinstance(run, Mapping) else None
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        raise ReportError(
            f"The run JSON has schema_version {version!r}; this version of the report reads "
            f"{SCHEMA_VERSION}.\n  {_AGAIN}"
        )
    try:
        return _pages(run)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise ReportError(
            f"The run JSON does not fit schema_version {SCHEMA_VERSION}: "
            f"{type(fault).__name__}: {fault}.\n  {_AGAIN}"
        ) from fault


def _pages(run: Mapping[str, Any]) -> RunPages:
    rows = [_claim(row) for row in run["claims"]]
    papers = {str(p["key"]): _paper(p) for p in run["papers"]}
    for row in rows:
        papers.setdefault(row["paper"], _paper({"key": row["paper"]}))
    folders = safe_names(papers, taken={"index.html", "verdicts.html", "style.css", "files.txt"})
    used_by = _pointing(rows, lambda row: row["uses"])
    repaired_by = _pointing(rows, lambda row: [row["repairs"]] if row["repairs"] else [])
    claims: dict[str, ClaimPage] = {}
    for key in papers:
        mine = [row for row in rows if row["paper"] == key]
        files = safe_names((_item(row["id"]) for row in mine), taken={"index"})
        for row in mine:
            if row["id"] in claims:
                raise ReportError(f"The run JSON has two claims `{row['id']}`.\n  {_AGAIN}")
            path = f"{folders[key]}/{files[_item(row['id'])]}.html"
            found = (used_by.get(row["id"], ()), repaired_by.get(row["id"], ()))
            claims[row["id"]] = ClaimPage(row, path, *found)
    return RunPages(
        engine=dict(run["engine"]),
        seconds=float(run.get("totals", {}).get("seconds", 0)),
        papers=tuple(
            PaperPage(
                data,
                f"{folders[key]}/index.html",
                tuple(c for c in claims.values() if c.data["paper"] == key),
            )
            for key, data in papers.items()
        ),
        claims=claims,
    )


def _claim(row: Mapping[str, Any]) -> dict[str, Any]:
    data = {**_CLAIM, **row, "id": str(row["id"])}
    data["paper"] = str(row.get("paper") or data["id"].partition("/")[0])
    data["effective"] = row.get("effective") or row["verdict"]
    for field in ("verdict", "effective"):
        if data[field] not in Verdict.__members__:
            raise ReportError(
                f"Claim `{data['id']}` has the {field} {data[field]!r}, which is no verdict "
                f"of schema_version {SCHEMA_VERSION}.\n  {_AGAIN}"
            )
    data["source"] = {"label": "", "section": "", **(data["source"] or {})}
    data["statement"] = {**_STATEMENT, **(data["statement"] or {})}
    data["sides"] = {name: _side(name, (data["sides"] or {}).get(name)) for name in _SIDES}
    return data


def _side(name: str, side: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if side is None:
        return None
    full = {**_SIDES[name], **side}
    if name in _ROWS:
        rows, defaults = _ROWS[name]
        full[rows] = [{**defaults, **row} for row in full[rows]]
    return full


def _paper(data: Mapping[str, Any]) -> dict[str, Any]:
    blank = {"title": data["key"], "authors": "", "year": "", "reference": ""}
    full = {**blank, **data, "key": str(data["key"])}
    stock = data.get("inventory") or {}
    items = [
        {"kind": "", "status": "", "claim": "", "reason": "", **item}
        for item in stock.get("items", ())
    ]
    full["inventory"] = {
        "total": stock.get("total", len(items)),
        "encoded": stock.get("encoded", 0),
        "items": items,
    }
    return full


def _item(key: str) -> str:
    return key.partition("/")[2] or key


def _pointing(rows: Iterable[Mapping[str, Any]], targets: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        for target in targets(row):
            found.setdefault(target, []).append(row["id"])
    return {target: tuple(dict.fromkeys(ids)) for target, ids in found.items()}
