"""**False certificates** are rejected, each for its vice."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from tests.verifier.certificate.false_alone import TRUE
from tests.verifier.certificate.false_certificates import FALSE
from tests.verifier.certificate.false_values import DERIVATIVES
from tests.verifier.certificate.parts import ABOVE_X, FROM_X, X, certificate, sign, x, zero
from verifier.certificate.checker import Rejected, check


@pytest.mark.parametrize("vice", FALSE)
def test_a_false_certificate_is_rejected_for_its_vice(vice: str) -> None:
    data, message = FALSE[vice]
    with pytest.raises(Rejected, match=re.escape(message)):
        check(json.loads(json.dumps(data)))


@pytest.mark.parametrize("virtue", TRUE)
def test_a_true_certificate_is_accepted(virtue: str) -> None:
    check(json.loads(json.dumps(TRUE[virtue])))


def test_what_the_vices_have_in_common_is_no_reason_to_reject() -> None:
    check(certificate(zero(["+", X, ["*", ["q", "-1"], X]]), x))
    check(certificate(sign(X, ">", ["fact", 0]), x, given=[ABOVE_X]))
    check(certificate(sign(X, ">=", ["orthant", [["bound", 0, 0]], []]), x, given=[FROM_X]))
    check(certificate(sign(X, ">", ["orthant", [["bound", 0, 0]], []]), x, given=[ABOVE_X]))


def test_a_root_is_differentiated_where_it_is_shown_to_be_positive() -> None:
    data: Any = copy.deepcopy(DERIVATIVES["derivative of a root without its proof"][0])
    data["goal"]["tree"][3] = [[1, ["fact", 0]]]
    check(data)


def test_a_rejected_certificate_leaves_the_data_as_they_were() -> None:
    for data, _ in FALSE.values():
        before = json.dumps(data)
        with pytest.raises(Rejected):
            check(data)
        assert before == json.dumps(data)
