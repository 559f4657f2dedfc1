"""**Names of pages**: file names that are safe on every file system and in every address"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
_LONGEST = 80


def safe_names(texts: Iterable[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """A file name without suffix for each text, no two alike even when case is ignored.

    A name that had to be altered carries eight digits of the text's SHA-256, so it does not
    depend on the other texts.

    Args:
        texts: any text, such as the second half of a claim's id.
        taken: names that are in use already, in lower case.
    """
    used = set(taken)
    names: dict[str, str] = {}
    for text in texts:
        if text in names:
            continue
        name = _UNSAFE.sub("-", text).strip("-.")[:_LONGEST]
        stem = name.lower().split(".")[0]
        if name != text or name.lower() in used or stem in _DEVICES:
            name = f"{name or 'page'}-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
            name = f"page-{name}" if stem in _DEVICES else name
        used.add(name.lower())
        names[text] = name
    return names
