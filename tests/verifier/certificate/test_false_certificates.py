"""**False certificates** are rejected, each for its vice; true ones are accepted."""

from __future__ import annotations

import json
import re

import pytest

from tests.verifier.certificate.false_certificates import FALSE
from tests.verifier.certificate.true_certificates import TRUE
from verifier.certificate.checker import Rejected, check


@pytest.mark.parametrize("vice", FALSE)
def test_a_false_certificate_is_rejected_for_its_vice(vice: str) -> None:
    data, message = FALSE[vice]
    with pytest.raises(Rejected, match=re.escape(message)):
        check(json.loads(json.dumps(data)))


@pytest.mark.parametrize("virtue", TRUE)
def test_a_true_certificate_is_accepted(virtue: str) -> None:
    check(json.loads(json.dumps(TRUE[virtue])))


def test_a_rejected_certificate_leaves_the_data_as_they_were() -> None:
    for data, _ in FALSE.values():
        before = json.dumps(data)
        with pytest.raises(Rejected):
            check(data)
        assert before == json.dumps(data)
