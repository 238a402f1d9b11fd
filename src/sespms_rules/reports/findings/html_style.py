"""The look of the report in HTML: fonts of the reader's machine, a light and a dark scheme, and one for paper."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1b1d21; --soft: #4a4f57; --line: #8a9099; --band: #f1f3f6; --link: #0b4a9e;
  --good: #0d5c2b; --bad: #a11212; --open: #6b4500; --plain: #3d4450;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #15171b; --ink: #eceef1; --soft: #b9bfc8; --line: #7c838e; --band: #22262c; --link: #9cc4ff;
    --good: #86dba0; --bad: #ffaaa3; --open: #f2c979; --plain: #c9ced6;
  }
}
* { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); font: 100%/1.55 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem 1.25rem 4rem; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, main:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { left: -100rem; position: absolute; top: 0; }
.skip:focus { background: var(--page); left: 1rem; padding: .5rem 1rem; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.9rem; margin: 1rem 0 .5rem; }
h2 { border-top: 2px solid var(--line); font-size: 1.45rem; margin: 2.5rem 0 1rem; padding-top: 1rem; }
h3 { font-size: 1.2rem; margin: 2rem 0 .75rem; }
h4 { font-size: 1.05rem; margin: 0 0 .4rem; }
p { margin: .5rem 0; max-width: 46rem; }
nav { margin-top: 2rem; }
nav ul, .first { padding-left: 1.25rem; }
nav li, .first li { margin: .3rem 0; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { font-weight: 600; padding-bottom: .4rem; text-align: left; }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
th, td { overflow-wrap: break-word; }
/* A digest or a path is one word of any length: it may be broken anywhere, so that no table is wider than a phone. */
td code { overflow-wrap: anywhere; }
thead th { background: var(--band); }
tbody th { font-weight: 600; }
.counts th:last-child, .counts td:last-child { text-align: right; white-space: nowrap; width: 7.5rem; }
.counts .none { color: var(--soft); font-weight: 400; }
dl { margin: .4rem 0; }
dl > div { display: grid; gap: 0 1rem; grid-template-columns: 11rem minmax(0, 1fr); margin: .25rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
.mark { font-weight: 600; }
.mark svg { fill: none; height: 1em; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round;
  stroke-width: 2; vertical-align: -.125em; width: 1em; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.open { color: var(--open); }
.plain { color: var(--plain); }
article { border: 1px solid var(--line); border-left-width: .4rem; margin: 1rem 0; padding: .8rem 1rem; }
article.good { border-left-color: var(--good); }
article.bad { border-left-color: var(--bad); }
article.open { border-left-color: var(--open); }
article h3 { font-size: 1.05rem; margin: 0 0 .4rem; }
article > * { color: var(--ink); }
.verdict { font-size: 1.05rem; margin: .2rem 0 .6rem; }
.sentences { list-style: none; margin: .6rem 0 0; padding: 0; }
.sentences > li { border-top: 1px solid var(--line); margin-top: .6rem; padding-top: .5rem; }
dd ul { list-style: none; margin: 0; padding: 0; }
dd li + li { margin-top: .25rem; }
time { white-space: nowrap; }
.place { color: var(--soft); }
q { quotes: "\\201c" "\\201d" "\\2018" "\\2019"; }
code { background: var(--band); font: .92em/1.4 ui-monospace, monospace; padding: .05em .25em; }
pre { background: var(--band); border: 1px solid var(--line); overflow-x: auto; padding: .6rem .8rem; }
pre code { background: none; padding: 0; white-space: pre; }
pre:focus-visible, .proofs:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.proofs { overflow-x: auto; }
.proofs table { min-width: 44rem; }
.proofs .mark { white-space: nowrap; }
.proofs td:last-child, .proofs thead th:last-child { text-align: right; }
@media (max-width: 40rem) {
  dl > div { grid-template-columns: minmax(0, 1fr); margin: .5rem 0; }
  dt { font-size: .92rem; }
  body { padding: .75rem .75rem 3rem; }
  table { font-size: .875rem; }
  th, td { padding: .3rem .35rem; }
  tbody th, td { overflow-wrap: anywhere; }
  .counts th:last-child, .counts td:last-child { white-space: normal; width: auto; }
  article { padding: .7rem .75rem; }
}
@media print {
  nav, .skip { display: none; }
  body { max-width: none; padding: 0; }
  html { font-size: 10pt; }
  article, tr { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
}
"""
