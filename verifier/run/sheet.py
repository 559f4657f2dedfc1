"""**Sheet**: one claim with its statement and all its evidence, for reading in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from verifier.run.evidence import Data
from verifier.run.screen import STYLES
from verifier.verdict import NECESSITY, interval


def print_sheet(data: Mapping[str, Any], *, console: Console | None = None) -> None:
    """Print the entry of one claim of a run JSON."""
    console = console or Console(highlight=False, markup=False, emoji=False)
    source = data["source"]
    console.print(Text(f"{data['id']}: {data['title']}", style="bold"))
    console.print(f"{data['paper']}, {source['label']}, section {source['section']}")
    if data["repairs"]:
        console.print(f"Repairs {data['repairs']}.")
    if data["note"]:
        console.print(data["note"])
    _print_statement(console, data["statement"])
    console.print()
    console.print(_verdict(data))
    for part in ("reason", "scope"):
        if data[part]:
            console.print(f"  {part}: {data[part]}")
    if data["given"]:
        console.print(f"  given: {'; '.join(data['given'])}")
    for name, show in _SIDES:
        side = data["sides"][name]
        console.print()
        if side is None:
            console.print(Text(f"{name}: did not run", style="dim"))
        else:
            show(console, side)


def _print_statement(console: Console, statement: Data) -> None:
    """What is encoded, in the order of its read-back."""
    blocks = (("For every", "every"), ("with", "given"), ("where", "where"))
    for title, part in (*blocks, ("it holds that", "then")):
        rows = statement[part]
        if not rows:
            continue
        console.print()
        console.print(Text(title, style="italic"))
        table = Table.grid(padding=(0, 2))
        for row in rows:
            name = "" if part == "where" else row["name"]
            table.add_row("  ", Text(name, style="dim"), Text(row["text"]))
        console.print(table)
    for remark in statement["remarks"]:
        console.print(Text(remark, style="dim"))


def _verdict(data: Mapping[str, Any]) -> Text:
    text = Text()
    text.append(data["verdict"], style=STYLES[data["verdict"]])
    if data["effective"] != data["verdict"]:
        through = f" through {data['limited_by']}" if data["limited_by"] else ""
        text.append(f"  effectively {data['effective']}{through}", style=STYLES[data["effective"]])
    if data["weak"]:
        text.append("  WEAK", style="bold yellow")
    return text


def _print_derive(console: Console, side: Data) -> None:
    rests = ", ".join(f"{count} {name}" for name, count in side["rests_on"].items() if count)
    head = f"derive: {side['discharged']} of {side['steps']} steps discharged"
    console.print(Text(f"{head} ({rests})" if rests else head, style="bold"))
    table = Table.grid(padding=(0, 2))
    for step in side["chain"]:
        mark = "yes" if step["discharged"] else "no"
        how = step["rule"] + (f", {step['rests_on']}" if step["discharged"] else "")
        told = [step["text"], *(f"needs {c}" for c in step["conditions"])]
        told += [f"reason: {step['reason']}"] if step["reason"] else []
        table.add_row("  ", mark, Text(step["name"]), Text(how), Text("\n".join(told)))
    console.print(table)
    for name in side["missing"]:
        console.print(f"  no step establishes `{name}`")
    if side["disproof"]:
        console.print(f"  disproof: {side['disproof']}")


def _print_enclose(console: Console, side: Data) -> None:
    shares = ", ".join(f"{100 * side[k]:.4g} % {k}" for k in ("certified", "undecided", "refuted"))
    head = f"enclose: {side['regions']} region(s): {shares}; {side['precision_bits']} bits"
    console.print(Text(head, style="bold"))
    if side["agreeing"] or side["uncompared"]:
        console.print(
            f"  second opinion: {side['agreeing']} samples agree, "
            f"{side['uncompared']} have no second"
        )
    for region in side["detail"]:
        box = ", ".join(f"{name} in {interval(low, high)}" for name, low, high in region["box"])
        agrees = f"; agrees to {region['agrees_to']}" if region["agrees_to"] else ""
        reason = f"; {region['reason']}" if region["reason"] else ""
        console.print(
            f"  {region['conclusion']} on {box}: {100 * region['certified']:.4g} % certified, "
            f"{100 * region['undecided']:.4g} % undecided in {region['boxes']} boxes"
            f"{agrees}{reason}"
        )
        point = ", ".join(f"{name} = {value}" for name, value in region["counterexample"])
        if point:
            console.print(f"    {100 * region['refuted']:.4g} % refuted, as at {point}")


def _print_falsify(console: Console, side: Data) -> None:
    head = f"falsify: {side['instances']} instances, {side['undefined']} without a value"
    console.print(Text(f"{head}, {side['undecided']} undecided", style="bold"))
    if side["witness"] is not None:
        console.print(f"  witness: {_instance(side['witness'])}")
    hit = side["counterexample"]
    if hit is not None:
        console.print(f"  counterexample to `{hit['conclusion']}`: {_instance(hit['instance'])}")
        console.print(f"  {hit['explanation']} Margin {hit['margin']}, found by {hit['found_by']}.")
    if side["reason"]:
        console.print(f"  {side['reason']}")


def _print_mutate(console: Console, side: Data) -> None:
    counts = f"{side['declared']} declared, {side['derived']} derived, {side['killed']} killed"
    console.print(Text(f"mutate: {counts}, {side['survived']} survived", style="bold"))
    if side["score"] is not None:
        noticed = ", ".join(f"{name} {number}" for name, number in side["noticed"].items())
        console.print(f"  kill score {side['score']:.3g}; noticed by {noticed}")
    table = Table.grid(padding=(0, 2))
    for mutant in side["detail"]:
        if mutant["origin"] == "hypothesis":
            continue
        by = f" by {mutant['noticed_by']}" if mutant["noticed_by"] else ""
        told = f"{mutant['outcome']}{by}"
        row = (mutant["origin"], Text(mutant["name"]), told, Text(mutant["change"]))
        table.add_row("  ", *row)
    console.print(table)
    _print_necessity(console, [m for m in side["detail"] if m["origin"] == "hypothesis"])


def _print_necessity(console: Console, dropped: Sequence[Data]) -> None:
    """One line for each hypothesis: what becomes of the claim without it."""
    if not dropped:
        return
    console.print()
    console.print(Text("Is each hypothesis needed?", style="bold"))
    table = Table.grid(padding=(0, 2))
    for row in dropped:
        told = NECESSITY[row["outcome"]]
        table.add_row("  ", Text(row["name"]), Text(f"{told}. {row['detail']}".strip()))
    console.print(table)


def _instance(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "(" + ", ".join(_value(item) for item in value) + ")"
    return str(value)


_SIDES = (
    ("derive", _print_derive),
    ("enclose", _print_enclose),
    ("falsify", _print_falsify),
    ("mutate", _print_mutate),
)
