"""**Errors**: every way in which the engine refuses, each naming the thing and its cure."""

from __future__ import annotations


class VerifierError(Exception):
    """Base of all errors that the engine raises on purpose."""


class ExactnessError(VerifierError):
    """A value that is not exact (a float, a string that is no rational, a foreign symbol)."""


class StatementError(VerifierError):
    """A statement that says nothing or cannot be read: a truth value, mismatched sides."""


class ClaimError(VerifierError):
    """A claim, step, mutant, region or sample that contradicts itself when it is built."""


class UnknownClaimError(VerifierError):
    """An id or pattern that matches no claim."""


class PluginError(VerifierError):
    """A plugin that is missing, broken, or disagrees with another about an id."""


class NoClaimsError(VerifierError):
    """There is nothing to verify; zero claims is never success."""


class DomainError(VerifierError):
    """An expression has no value where it was asked for one."""


class UnsupportedError(VerifierError):
    """An expression or statement of a kind that this part of the engine does not read."""


class SolverDisagreement(VerifierError):
    """Two solvers answer one question differently, so that one of them is wrong."""


class EnclosureDisagreement(VerifierError):
    """Two evaluators enclose one number in disjoint sets, so that one of them is wrong."""


class CounterexampleError(VerifierError):
    """A counterexample file that is damaged, stale, or does not refute what it names."""


class ReportError(VerifierError):
    """A report that cannot be written, or JSON of another schema version."""


class ResourceError(VerifierError):
    """A claim went over its time or memory limit, or its worker died."""
