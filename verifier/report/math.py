"""**LaTeX to MathML**: formulas that a browser sets by itself, without scripts or fonts

latex2mathml converts; what it gets wrong for reading is put right in the tree: function names
are identifiers (no spaces around them), limits stand under `lim`, angle brackets are fences.
Only elements and attributes of presentation MathML pass, so a formula cannot carry markup.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape

_FAULTS: tuple[type[Exception], ...] = (
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type)),
    AttributeError,
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
_PLUS_MINUS = re.compile(r"\+ -\s*(?=[\\\w])")
_ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
    "munderover mmultiscripts mtable mtr mtd mstyle mpadded mphantom menclose".split()
)
_ATTRIBUTES = frozenset(
    "accent accentunder class columnalign columnspacing displaystyle fence form height largeop "
    "linethickness mathvariant maxsize minsize movablelimits notation rowspacing scriptlevel "
    "separator stretchy symmetric width lspace rspace depth voffset".split()
)
_UNDER = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_LIMITS = frozenset({"lim", "liminf", "limsup", "max", "min", "sup", "inf", "argmin", "argmax"})
_SUMS = frozenset("∑∏⋃⋂")
_SCRIPTED = frozenset("msub msup msubsup munder mover munderover".split())
_ROWS = frozenset("math mrow mtd mstyle msqrt mpadded".split())
_THIN = "0.167em"
_ANGLES = {"⟨": "prefix", "⟩": "postfix"}


def formula(latex: str, *, text: str = "", display: bool = True) -> Markup:
    """`latex` as MathML, or as its source when it cannot be converted.

    Args:
        latex: a formula without dollar signs.
        text: shown when `latex` is empty.
        display: set apart from the text, in display style.
    """
    if not latex.strip():
        return Markup("<code>{}</code>").format(text) if text else Markup("")
    return _convert(latex, display)


@lru_cache(maxsize=4096)
def _convert(latex: str, display: bool) -> Markup:
    tree = _tree(latex)
    if tree is None or not _is_mathml(tree):
        return Markup("<code>{}</code>").format(latex)
    _repair(tree)
    body = "".join(_written(child) for child in tree)
    kind = "block" if display else "inline"
    source = escape(latex)
    return Markup(f'<math display="{kind}" alttext="{source}">{body}</math>')


def _tree(latex: str) -> Element | None:
    try:
        tree: Element = convert_to_element(_PLUS_MINUS.sub("- ", latex))
    except _FAULTS:
        return None
    for element in tree.iter():
        element.text = unescape(element.text or "")
        element.attrib.pop("class", None)
    return tree


def _is_mathml(tree: Element) -> bool:
    """Whether every element is known, has text only in a leaf, and no command is left over."""
    for element in tree.iter():
        if element.tag not in _ELEMENTS:
            return False
        if "\\" in (element.text or "") and element.tag != "mtext":
            return False
    return True


def _repair(tree: Element) -> None:
    for parent in tree.iter():
        first = parent[0] if len(parent) else None
        name = (first.text or "") if first is not None and first.tag in ("mo", "mi") else ""
        if parent.tag in _UNDER and (name in _LIMITS or name in _SUMS):
            parent.tag = _UNDER[parent.tag]
    for element in tree.iter():
        text = element.text or ""
        if element.tag == "mo" and len(text) > 1 and text.isalpha():
            element.tag = "mi"
            element.attrib.clear()
        elif element.tag in ("mi", "mo") and text in _ANGLES and "form" not in element.attrib:
            element.tag = "mo"
            element.attrib.update(form=_ANGLES[text], fence="true", stretchy="false")
    _space_names(tree)
    _raise_fences(tree)


def _space_names(tree: Element) -> None:
    """Thin spaces around a function's name, except beside operators and brackets."""
    for parent in tree.iter():
        if parent.tag not in _ROWS:
            continue
        for place, child in reversed(list(enumerate(parent))):
            name = child[0] if child.tag in _SCRIPTED and len(child) else child
            if name.tag == "mi" and len(name.text or "") > 1:
                if place + 1 < len(parent) and not _bounds(parent[place + 1], first=True):
                    parent.insert(place + 1, Element("mspace", {"width": _THIN}))
                if place > 0 and not _bounds(parent[place - 1], first=False):
                    parent.insert(place, Element("mspace", {"width": _THIN}))


def _bounds(element: Element, *, first: bool) -> bool:
    """Whether an element begins (or ends) with an operator, a bracket or a space."""
    while element.tag == "mrow" and len(element):
        element = element[0 if first else -1]
    closes = element.tag == "mo" and element.get("form") == "postfix"
    return element.tag in ("mo", "mspace") and not (closes and not first)


def _raise_fences(tree: Element) -> None:
    """Mark brackets around fractions: fonts without stretchy glyphs set them larger."""
    for parent in tree.iter():
        fences = [child for child in parent if child.get("stretchy") == "true" and child.text]
        depth = max((_fractions(child) for child in parent), default=0) if fences else 0
        for fence in fences if depth else ():
            fence.set("class", "tall" if depth == 1 else "taller")


def _fractions(element: Element) -> int:
    """How deep fractions stand in one another, those in scripts aside."""
    own = 1 if element.tag == "mfrac" else 0
    inside = element[:1] if element.tag in _SCRIPTED else element
    return own + max((_fractions(child) for child in inside), default=0)


def _written(element: Element) -> str:
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in sorted(element.attrib.items())
        if name in _ATTRIBUTES
    )
    text = element.text or ""
    inside = text if text.isalnum() else str(escape(text))
    return f"<{element.tag}{attributes}>{inside}{''.join(map(_written, element))}</{element.tag}>"
