"""The look of pictures: fonts of the reader's machine, a light and a dark scheme, and one for paper."""

from __future__ import annotations

PICTURES = """
.picture { --tone-0: #0b4a9e; --tone-1: #8a3b00; --tone-2: #0d5c2b; --tone-3: #7a1f6b; --tone-4: #3d4450; }
@media screen and (prefers-color-scheme: dark) {
  .picture { --tone-0: #9cc4ff; --tone-1: #f2b27a; --tone-2: #86dba0; --tone-3: #e7a8da; --tone-4: #c9ced6; }
}
.picture { display: block; font: 14px system-ui, sans-serif; height: auto; max-width: 100%; width: 100%;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.picture text { fill: var(--ink); }
.picture .soft { fill: var(--soft); }
.picture .strong { font-weight: 600; }
.picture .remark { fill: var(--ink); font-style: italic; }
.picture .grid { fill: none; stroke: var(--line); stroke-opacity: .5; stroke-width: 1; }
.picture .axis { fill: none; stroke: var(--soft); stroke-width: 1.5; }
.picture .cut { fill: none; stroke: var(--ink); stroke-dasharray: 6 4; stroke-width: 2; }
.picture .halo { fill: none; stroke: var(--page); stroke-width: 6; }
.picture .cell { fill: none; stroke: var(--line); stroke-width: 1; }
.picture .stays { fill: none; stroke: var(--ink); stroke-width: 2.5; }
.picture .arrow { fill: var(--ink); stroke: none; }
.picture .ground { fill: var(--page); stroke: none; }
.picture .plate { fill: var(--page); fill-opacity: .85; stroke: none; }
.picture .stroke { fill: none; stroke-width: 2; }
.picture .solid { stroke: none; }
.picture .bar { stroke-width: 1.5; }
.picture .curve { fill: none; stroke-width: 2.5; }
.picture .mark-0, .picture .mark-1, .picture .mark-2, .picture .mark-3 { stroke: var(--page); stroke-width: 1; }
.picture .mark-4 { fill: none; stroke-width: 2.5; }
.picture .tone-0 { --tone: var(--tone-0); } .picture .tone-1 { --tone: var(--tone-1); }
.picture .tone-2 { --tone: var(--tone-2); } .picture .tone-3 { --tone: var(--tone-3); }
.picture .tone-4 { --tone: var(--tone-4); }
.picture .stroke, .picture .bar, .picture .curve, .picture .mark-4 { stroke: var(--tone); }
.picture .solid, .picture .mark-0, .picture .mark-1, .picture .mark-2, .picture .mark-3 { fill: var(--tone); }
@media (forced-colors: active) {
  .picture { forced-color-adjust: none; background: #ffffff; --page: #ffffff; --ink: #1b1d21; --soft: #4a4f57;
    --line: #8a9099; --tone-0: #0b4a9e; --tone-1: #8a3b00; --tone-2: #0d5c2b; --tone-3: #7a1f6b; --tone-4: #3d4450; }
}
"""

FIGURES = """
figure { margin: 1.25rem 0 2rem; }
figcaption { margin-bottom: .6rem; max-width: 46rem; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.wide > .picture { min-width: 34rem; }
.numbers td { font-variant-numeric: tabular-nums; text-align: right; }
.numbers th[scope=col]:not(:first-child) { text-align: right; }
.numbers table { overflow-wrap: normal; }
.notice { border: 2px solid var(--ink); font-weight: 600; padding: .5rem .75rem; }
@media print {
  figure { break-inside: avoid; }
  .wide { overflow: visible; }
}
"""
