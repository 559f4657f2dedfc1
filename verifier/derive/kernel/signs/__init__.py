"""**Signs**: which of -, 0, + an element can have where the hypotheses hold.

An answer is a set of possible signs, never a guess. Factors are decided one by one, each way in a
file of its own: what a generator is, positive coefficients on an orthant, discriminants, Sturm
sequences, and the conjugate of a + b*sqrt(r).
"""

from verifier.derive.kernel.field.signsets import Signs
from verifier.derive.kernel.signs.bounds import Range, Shift
from verifier.derive.kernel.signs.oracle import DEPTH, SignOracle

__all__ = ["DEPTH", "Range", "Shift", "SignOracle", "Signs"]
