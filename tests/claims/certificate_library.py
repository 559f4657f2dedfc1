"""**Library**: the certificates of all claims of the repository, by where they come from."""

from __future__ import annotations

from functools import cache

from verifier.derive.side import derive_claim
from verifier.registry import load_claims


@cache
def certificates() -> dict[str, str]:
    """`<claim>, <step> <n>` -> the certificate's JSON text."""
    claims = load_claims(plugins=("claims.initshape",)).claims
    return {
        f"{key}, {step.name} {number}": text
        for key, claim in claims.items()
        for step in derive_claim(claim, claims).steps
        for number, text in enumerate(step.certificates, start=1)
    }
