"""**Evidence as JSON data**, and back: how a worker hands over what it found.

The data of a side is what the run JSON holds for it: counts first, then every detail. Only
certificates differ: a worker hands over their text, the run JSON names their files.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from verifier.errors import ReportError
from verifier.run.certificates import certificate_names
from verifier.verdict import (
    Counterexample,
    DeriveEvidence,
    EncloseEvidence,
    Evidence,
    FalsifyEvidence,
    Formula,
    MutantEvidence,
    MutateEvidence,
    RegionEvidence,
    Rest,
    StepEvidence,
)

Data = dict[str, Any]


def evidence_to_json(evidence: Evidence) -> Data:
    """JSON data of the evidence; a side that did not run is None.

    Raises:
        ReportError: a value is of a kind that JSON does not have.
    """
    return {
        "claim": evidence.claim,
        "error": evidence.error,
        "seconds": dict(evidence.seconds),
        "sides": _sides(evidence, lambda step: list(step.certificates)),
    }


def evidence_from_json(data: Mapping[str, Any]) -> Evidence:
    """The evidence that `evidence_to_json` wrote."""
    read = {
        name: None if data["sides"][name] is None else reader(data["sides"][name])
        for name, reader in _READERS.items()
    }
    return Evidence(data["claim"], error=data["error"], seconds=dict(data["seconds"]), **read)


def sides_to_json(evidence: Evidence) -> Data:
    """The four sides by name, as the run JSON holds them."""
    return _sides(evidence, lambda step: certificate_names(evidence.claim, step))


def _sides(evidence: Evidence, certificates: Callable[[StepEvidence], list[str]]) -> Data:
    return {
        "derive": None if evidence.derive is None else _derive(evidence.derive, certificates),
        "enclose": None if evidence.enclose is None else _enclose(evidence.enclose),
        "falsify": None if evidence.falsify is None else _falsify(evidence.falsify),
        "mutate": None if evidence.mutate is None else _mutate(evidence.mutate),
    }


def _derive(found: DeriveEvidence, certificates: Callable[[StepEvidence], list[str]]) -> Data:
    rests = [step.rests_on for step in found.steps if step.discharged]
    return {
        "steps": len(found.steps),
        "discharged": len(rests),
        "assumed": len(found.trusted),
        "rests_on": {rest.value: rests.count(rest) for rest in Rest},
        "scope": found.scope,
        "missing": list(found.missing),
        "disproof": found.disproof,
        "limits": list(found.limits),
        "chain": [{**_step(step), "certificates": certificates(step)} for step in found.steps],
    }


def _step(step: StepEvidence) -> Data:
    return {
        "name": step.name,
        "text": step.statement.text,
        "latex": step.statement.latex,
        "rule": step.rule,
        "uses": list(step.uses),
        "discharged": step.discharged,
        "rests_on": step.rests_on.value,
        "reason": step.reason,
        "conditions": list(step.conditions),
        "trust": step.trust,
        "concludes": step.concludes,
    }


def _enclose(found: EncloseEvidence) -> Data:
    return {
        "regions": len(found.regions),
        "certified": found.certified,
        "undecided": found.undecided,
        "refuted": found.refuted,
        "precision_bits": found.precision_bits,
        "agreeing": found.agreeing,
        "uncompared": found.uncompared,
        "detail": [_flat(region) for region in found.regions],
    }


def _falsify(found: FalsifyEvidence) -> Data:
    hit = found.counterexample
    return {
        "instances": found.instances,
        "undefined": found.undefined,
        "undecided": found.undecided,
        "witness": _plain(found.witness),
        "counterexample": None if hit is None else _flat(hit),
        "margins": [value for value in found.margins if math.isfinite(value)],
        "reason": found.reason,
    }


def _mutate(found: MutateEvidence) -> Data:
    return {
        "declared": found.count("declared"),
        "derived": found.count("derived"),
        "killed": sum(m.killed for m in found.mutants if m.counts),
        "survived": sum(not m.as_expected for m in found.mutants),
        "score": found.score,
        "noticed": {side: found.noticed(side) for side in ("derive", "enclose", "falsify")},
        "detail": [_flat(mutant) for mutant in found.mutants],
    }


def _flat(record: Any) -> Data:
    return {item.name: _plain(getattr(record, item.name)) for item in fields(record)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise ReportError(
        f"Evidence holds {value!r} of type {type(value).__name__}, which JSON does not have: "
        "write exact values as text."
    )


def _read_derive(data: Data) -> DeriveEvidence:
    steps = tuple(
        StepEvidence(
            name=row["name"],
            statement=Formula(row["name"], row["text"], row["latex"]),
            rule=row["rule"],
            uses=tuple(row["uses"]),
            discharged=row["discharged"],
            rests_on=Rest(row["rests_on"]),
            reason=row["reason"],
            conditions=tuple(row["conditions"]),
            trust=row["trust"],
            concludes=row["concludes"],
            certificates=tuple(row["certificates"]),
        )
        for row in data["chain"]
    )
    missing, limits = tuple(data["missing"]), tuple(data["limits"])
    return DeriveEvidence(steps, missing, data["scope"], data["disproof"], limits)


def _read_enclose(data: Data) -> EncloseEvidence:
    regions = tuple(
        RegionEvidence(**{name: _tupled(value) for name, value in row.items()})
        for row in data["detail"]
    )
    return EncloseEvidence(regions, data["precision_bits"], data["agreeing"], data["uncompared"])


def _read_falsify(data: Data) -> FalsifyEvidence:
    hit = data["counterexample"]
    return FalsifyEvidence(
        instances=data["instances"],
        undefined=data["undefined"],
        undecided=data["undecided"],
        witness=data["witness"],
        counterexample=None if hit is None else Counterexample(**hit),
        margins=tuple(data["margins"]),
        reason=data["reason"],
    )


def _read_mutate(data: Data) -> MutateEvidence:
    return MutateEvidence(tuple(MutantEvidence(**row) for row in data["detail"]))


def _tupled(value: Any) -> Any:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value


_READERS: Mapping[str, Callable[[Data], Any]] = MappingProxyType(
    {
        "derive": _read_derive,
        "enclose": _read_enclose,
        "falsify": _read_falsify,
        "mutate": _read_mutate,
    }
)
