"""**True certificates**, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.true_signs import TRUE_SIGNS
from tests.verifier.certificate.true_sums import TRUE_SUMS
from tests.verifier.certificate.true_values import TRUE_VALUES

TRUE = {**TRUE_SIGNS, **TRUE_SUMS, **TRUE_VALUES}
