"""**Tests of the formulas**: MathML that reads well, and the source when there is none"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.report.math import formula

_COMMANDS = [
    r"\frac",
    r"\sqrt",
    r"\left(",
    r"\right)",
    r"\text{",
    r"\operatorname{",
    r"\href{",
    r"\begin{matrix}",
    r"\end{matrix}",
    r"\style{",
    r"\verb|",
    "{",
    "}",
    "_",
    "^",
    "&",
    "<b>",
    '"',
    "x",
    "2",
    "%",
    " ",
]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\langle w, g \rangle", "⟨"),
        (r"\|\mathbf{w}\|^2", "‖"),
        (r"\operatorname{asinh}{\left(x \right)}", "<mi>asinh</mi>"),
        (r"\frac{a}{b}", "<mfrac>"),
        (r"\sqrt{k}", "<msqrt>"),
        (r"\mathbf{A}^{1/2}", "𝐀"),
        (r"\nabla f", "∇"),
        (r"\partial_{i} H_{jk}", "<msub><mo>∂</mo>"),
        (r"\lim_{x \to 0^{+}} x", "<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo>"),
        (r"\sum_i w_i", "<munder><mo>∑</mo>"),
        (r"\left(\frac{a}{b}\right)", 'class="tall"'),
    ],
)
def test_the_notation_of_statements_becomes_mathml(latex: str, expected: str) -> None:
    written = str(formula(latex))
    assert written.startswith('<math display="block"')
    assert expected in written


@pytest.mark.parametrize("latex", [r"\frac", r"\unknowncommand x", "{" * 3000, r"x_1_2"])
def test_what_cannot_be_converted_is_shown_as_source(latex: str) -> None:
    assert f"<code>{latex}</code>" == str(formula(latex))


def test_an_empty_formula_shows_its_text() -> None:
    assert "<code>a &lt; b</code>" == str(formula("", text="a < b"))
    assert "" == str(formula(""))


@given(st.lists(st.sampled_from(_COMMANDS), max_size=12))
def test_no_input_raises_or_writes_other_elements(pieces: list[str]) -> None:
    written = str(formula("".join(pieces)))
    for element in ElementTree.fromstring(f"<p>{written}</p>").iter():
        assert element.tag == "p" or element.tag == "code" or element.tag.startswith("m")
        assert not {"href", "style", "onclick"} & set(element.attrib)
