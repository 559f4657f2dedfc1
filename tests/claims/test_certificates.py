"""**Library**: every certificate that the claims give is accepted, and numbers agree with it."""

from __future__ import annotations

import json

from tests.claims.certificate_library import certificates
from tests.claims.certificate_numeric import goal_at_points
from verifier.certificate.checker import check
from verifier.derive.side import derive_claim
from verifier.registry import load_claims
from verifier.verdict import Rest


def test_every_certificate_of_the_library_is_accepted() -> None:
    for text in certificates().values():
        check(json.loads(text))
    assert len(certificates()) >= 60


def test_at_least_fifty_steps_of_the_library_are_checked() -> None:
    claims = load_claims(plugins=("claims.initshape",)).claims
    steps = [s for claim in claims.values() for s in derive_claim(claim, claims).steps]
    checked = [step for step in steps if step.rests_on is Rest.CHECKED]
    assert all(step.discharged and step.certificates for step in checked)
    assert len(checked) >= 50


def test_goals_of_the_library_hold_at_points_that_the_hypotheses_allow() -> None:
    looked = 0
    for name, text in certificates().items():
        found = goal_at_points(json.loads(text), seed=1, wanted=2)
        assert all(found), name
        looked += bool(found)
    assert looked >= 0.8 * len(certificates())
