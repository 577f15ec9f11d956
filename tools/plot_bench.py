#!/usr/bin/env python3
"""Draws what `./riskcluster bench ... --json FILE` wrote: an SVG for each file, bars by unit. Needs nothing but Python.

Usage: tools/plot_bench.py [FILE.json ...]     (default: every docs/bench/*.json; the SVG goes beside its file)
"""

import json
import sys
from html import escape
from pathlib import Path

WIDTH = 860
LABEL = 300
BAR = 16
ROW = 22
GAP = 34
COLORS = ["#2f6f9f", "#b5651d", "#4d8b57", "#8a5a9e", "#a33b45", "#6b6b6b"]
# What says how much was measured, not what came out of it, and JMH's own uncertainty, which is drawn as a line.
LEFT_OUT = ("count", "load", "ratio")


def text(x, y, content, anchor="start", weight="normal", size=12):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}">'
        f"{escape(content)}</text>"
    )


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}" if abs(value) >= 1 else f"{value:,.3f}"


def bars(report):
    """By unit, in the order of the file: run, figure, value, and its error or none."""
    units = {}
    for run in report["runs"]:
        figures = run["figures"]
        for name, figure in figures.items():
            if figure["unit"] in LEFT_OUT or "_error_" in name or not isinstance(figure["value"], (int, float)):
                continue
            error = figures.get(name.removesuffix("_ns") + "_error_ns") if name.endswith("_ns") else None
            units.setdefault(figure["unit"], []).append(
                (run["title"], name, figure["value"], error["value"] if error else None)
            )
    return units


def title_of(run):
    return run if len(run) <= 60 else run[:57] + "..."


def panel(unit, rows, top, runs):
    """One unit's bars from `top` on; answers the drawing and where it ends."""
    most = max(value for _, _, value, _ in rows) or 1
    scale = (WIDTH - LABEL - 90) / most
    out = [text(8, top, unit, weight="bold")]
    y = top + 10
    for run, name, value, error in rows:
        color = COLORS[runs.index(run) % len(COLORS)]
        length = max(1.0, value * scale)
        out.append(text(LABEL - 8, y + BAR - 4, name, "end"))
        out.append(f'<rect x="{LABEL}" y="{y:.1f}" width="{length:.1f}" height="{BAR}" fill="{color}"/>')
        label = number(value)
        if error is not None and isinstance(error, (int, float)) and error < value:
            left, right = LABEL + (value - error) * scale, min(WIDTH - 80.0, LABEL + (value + error) * scale)
            middle = y + BAR / 2
            out.append(
                f'<path d="M{left:.1f} {middle:.1f}H{right:.1f}" stroke="#000" stroke-width="1" fill="none"/>'
            )
            length = max(length, right - LABEL)
        out.append(text(LABEL + length + 6, y + BAR - 4, label))
        y += ROW
    return out, y + GAP - ROW


def draw(report):
    units = bars(report)
    runs = [run["title"] for run in report["runs"]]
    machine = report["machine"]
    out = [text(8, 22, report["command"], weight="bold", size=14)]
    out.append(
        text(
            8,
            40,
            f"{report['at'][:10]}, commit {report['commit']}; {machine['cores']} cores {machine['processor']}, "
            f"load {machine['load_before']:.1f} before; {machine['java']}",
            size=11,
        )
    )
    y = 64
    for i, run in enumerate(runs):
        out.append(f'<rect x="8" y="{y - 10}" width="10" height="10" fill="{COLORS[i % len(COLORS)]}"/>')
        out.append(text(24, y, title_of(run)))
        y += 18
    y += 16
    for unit, rows in units.items():
        drawn, y = panel(unit, rows, y, runs)
        out += drawn
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y:.0f}" viewBox="0 0 {WIDTH} {y:.0f}" '
        'font-family="sans-serif"><rect width="100%" height="100%" fill="#fff"/>'
    )
    return "\n".join([head, *out, "</svg>", ""])


def main(arguments):
    root = Path(__file__).resolve().parent.parent
    files = [Path(argument) for argument in arguments] or sorted((root / "docs" / "bench").glob("*.json"))
    if not files:
        sys.exit("no file to draw: ./riskcluster bench kernels --json docs/bench/kernels.json writes one")
    for file in files:
        target = file.with_suffix(".svg")
        target.write_text(draw(json.loads(file.read_text(encoding="utf-8"))), encoding="utf-8")
        print(target)


if __name__ == "__main__":
    main(sys.argv[1:])
