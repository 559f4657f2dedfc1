"""**Tampering**: a certificate with one changed leaf is rejected, or shows what is still true."""

from __future__ import annotations

import json
import random
from functools import cache

from tests.claims.certificate_edits import edited, places
from tests.claims.certificate_library import certificates
from tests.claims.certificate_numeric import goal_at_points
from tests.claims.certificate_words import words_at_points
from tests.soundness.true_matrices import TRUE_MATRICES
from tests.verifier.certificate.true_certificates import TRUE
from verifier.certificate.checker import Rejected, check
from verifier.derive.side import derive_claim

EDITS = 1000
EDITED = ("woodbury", "symmetric-form", "eigenvectors-orthogonal", "hadamard-moved", "two-layers")


@cache
def accepted() -> list[tuple[str, str]]:
    """What was changed, and the changed certificate, where the checker accepts it."""
    texts = list(certificates().items())
    return _accepted(texts + [(name, json.dumps(data)) for name, data in TRUE.items()])


@cache
def accepted_words() -> list[tuple[str, str]]:
    """The same for certificates of equations of matrices."""
    trials = [trial for trial in TRUE_MATRICES if trial.name in EDITED]
    return _accepted([
        (trial.name, text)
        for trial in trials
        for step in derive_claim(trial.claim, {}).steps
        for text in step.certificates
    ])  # fmt: skip


def _accepted(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    chance = random.Random(20)
    found = []
    for _ in range(EDITS):
        name, text = chance.choice(texts)
        data, what = edited(json.loads(text), chance)
        try:
            check(data)
        except Rejected:
            continue
        found.append((f"{name}: {what}", json.dumps(data)))
    return found


def test_most_edits_are_rejected() -> None:
    assert len(accepted()) < 0.2 * EDITS
    assert 0 < len(accepted_words()) < 0.2 * EDITS


def test_an_edit_that_is_accepted_still_shows_what_is_true() -> None:
    unseen = []
    for number, (what, text) in enumerate([*accepted(), *accepted_words()]):
        data = json.loads(text)
        read = words_at_points if data["goal"]["kind"] == "words" else goal_at_points
        held = read(data, seed=number)
        assert all(held), what
        if not held:
            unseen.append(what)
    assert len(unseen) < 0.02 * EDITS, unseen


def test_every_sort_of_leaf_is_edited() -> None:
    sorts = {sort for text in certificates().values() for sort in places(json.loads(text))}
    expected = {"whole number", "rational", "operator", "kind", "node"}
    assert expected == sorts
