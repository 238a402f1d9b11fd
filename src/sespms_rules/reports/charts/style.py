"""The look of pictures: fonts of the reader's machine, a light and a dark scheme, and one for paper."""

from __future__ import annotations

_PAPER = {"page": "#ffffff", "ink": "#1b1d21", "soft": "#4a4f57", "line": "#8a9099"}
_TONES = ("#0b4a9e", "#8a3b00", "#0d5c2b", "#7a1f6b", "#3d4450")
_TONES_IN_THE_DARK = ("#9cc4ff", "#f2b27a", "#86dba0", "#e7a8da", "#c9ced6")


def _named(tones: tuple[str, ...]) -> str:
    return " ".join(f"--tone-{place}: {tone};" for place, tone in enumerate(tones))


_LOOK = """
text { fill: var(--ink); }
.soft { fill: var(--soft); }
.strong { font-weight: 600; }
.remark { fill: var(--ink); font-style: italic; }
.grid { fill: none; stroke: var(--line); stroke-opacity: .5; stroke-width: 1; }
.axis { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.cut { fill: none; stroke: var(--ink); stroke-dasharray: 6 4; stroke-width: 2; }
.halo { fill: none; stroke: var(--page); stroke-width: 6; }
.cell { fill: none; stroke: var(--line); stroke-width: 1; }
.stays { fill: none; stroke: var(--ink); stroke-width: 2.5; }
.arrow { fill: var(--ink); stroke: none; }
.ground { fill: var(--page); stroke: none; }
.plate { fill: var(--page); fill-opacity: .85; stroke: none; }
.stroke { fill: none; stroke-width: 2; }
.solid { stroke: none; }
.bar { stroke-width: 1.5; }
.curve { fill: none; stroke-width: 2.5; }
.mark-0, .mark-1, .mark-2, .mark-3 { stroke: var(--page); stroke-width: 1; }
.mark-4 { fill: none; stroke-width: 2.5; }
"""
_LINED, _FILLED = ("stroke", "bar", "curve", "mark-4"), ("solid", "mark-0", "mark-1", "mark-2", "mark-3")


def _in_a_page(look: str) -> str:
    """The look of what stands inside a picture of a page."""
    rules = (rule.split(" { ") for rule in look.strip().splitlines())
    return "\n".join(f"{', '.join(f'.picture {each}' for each in what.split(', '))} {{ {says}" for what, says in rules)


def _on_its_own() -> str:
    """The same in fixed colours: what reads a file with a drawing may know no variables."""
    look = _LOOK
    for name, colour in _PAPER.items():
        look = look.replace(f"var(--{name})", colour)
    tones = [
        f".tone-{place}.{each} {{ {what}: {tone}; }}"
        for place, tone in enumerate(_TONES)
        for what, names in (("stroke", _LINED), ("fill", _FILLED))
        for each in names
    ]
    return "\n".join((look.strip(), *tones, "text { font: 14px system-ui, sans-serif; } .small { font-size: 12px; }"))


ON_ITS_OWN = _on_its_own()
"""The look of a picture that is a file of its own."""

PICTURES = f"""
.picture {{ {_named(_TONES)} }}
@media screen and (prefers-color-scheme: dark) {{
  .picture {{ {_named(_TONES_IN_THE_DARK)} }}
}}
.picture {{ display: block; font: 14px system-ui, sans-serif; height: auto; max-width: 100%; width: 100%;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
{_in_a_page(_LOOK)}
.picture .tone-0 {{ --tone: var(--tone-0); }} .picture .tone-1 {{ --tone: var(--tone-1); }}
.picture .tone-2 {{ --tone: var(--tone-2); }} .picture .tone-3 {{ --tone: var(--tone-3); }}
.picture .tone-4 {{ --tone: var(--tone-4); }}
{", ".join(f".picture .{each}" for each in _LINED)} {{ stroke: var(--tone); }}
{", ".join(f".picture .{each}" for each in _FILLED)} {{ fill: var(--tone); }}
@media (forced-colors: active) {{
  .picture {{ forced-color-adjust: none; background: #ffffff;
    {" ".join(f"--{name}: {colour};" for name, colour in _PAPER.items())} {_named(_TONES)} }}
}}
"""

FIGURES = """
figure { margin: 1.25rem 0 2rem; }
figcaption { margin-bottom: .6rem; max-width: 46rem; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.wide > .picture { min-width: 34rem; }
.keep { margin: .4rem 0; }
.numbers td { font-variant-numeric: tabular-nums; text-align: right; }
.numbers th[scope=col]:not(:first-child) { text-align: right; }
.numbers table { overflow-wrap: normal; }
.notice { border: 2px solid var(--ink); font-weight: 600; padding: .5rem .75rem; }
@media print {
  figure { break-inside: avoid; }
  .wide { overflow: visible; }
}
"""
