"""**True certificates**, each for one thing that the checker must see."""

from __future__ import annotations

from tests.verifier.certificate.true_signs import TRUE_SIGNS
from tests.verifier.certificate.true_sums import TRUE_SUMS
from tests.verifier.certificate.true_values import TRUE_VALUES
from tests.verifier.certificate.true_words import TRUE_WORDS

TRUE = {**TRUE_SIGNS, **TRUE_SUMS, **TRUE_VALUES, **TRUE_WORDS}
