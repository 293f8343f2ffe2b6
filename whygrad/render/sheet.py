"""The style sheet of a page: its colours come from the palette, its fonts from the reader's system."""

from __future__ import annotations

from typing import Final

from whygrad.render.palette import PALETTE

LIGHT: Final = " ".join(f"--wg-{colour.name}: {colour.light};" for colour in PALETTE)
DARK: Final = " ".join(f"--wg-{colour.name}: {colour.dark};" for colour in PALETTE)

RULES: Final = """\
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--wg-paper); color: var(--wg-ink); line-height: 1.55;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 2.5rem) 5rem; overflow-wrap: break-word; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.2; letter-spacing: -0.015em; margin: 0; }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; margin: 0 0 0.75rem; }
h3 { font-size: 1.0625rem; line-height: 1.3; margin: 0 0 0.6rem; }
.subtitle { color: var(--wg-muted); margin: 0.4rem 0 0; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--wg-rule); }
section section { margin-top: 1.75rem; padding-top: 0; border-top: 0; }
p { max-width: 42rem; margin: 0 0 1rem; }
figure { margin: 1.25rem 0; }
figcaption { color: var(--wg-muted); font-size: 0.875rem; margin: 0.6rem auto 0; max-width: 42rem; text-align: center; }
/* A shadow at the edge behind which there is more. */
.scroll { overflow-x: auto;
  background: linear-gradient(to right, var(--wg-paper) 30%, transparent) 0 / 2.5rem 100% local no-repeat,
    linear-gradient(to left, var(--wg-paper) 30%, transparent) 100% / 2.5rem 100% local no-repeat,
    linear-gradient(to right, var(--wg-rule), transparent) 2px 50% / 0.8rem calc(100% - 4px) scroll no-repeat,
    linear-gradient(to left, var(--wg-rule), transparent) calc(100% - 2px) 50% / 0.8rem calc(100% - 4px) scroll
    no-repeat; }
:focus-visible { outline: 2px solid var(--wg-blue); outline-offset: 3px; border-radius: 2px; }
table { min-width: min(15rem, 100%); border-collapse: collapse; font-size: 0.9375rem; margin: 0 0 1.25rem; }
caption { color: var(--wg-muted); font-size: 0.875rem; text-align: left; padding-bottom: 0.4rem; }
th, td { padding: 0.3rem 1.5rem 0.3rem 0; text-align: left; vertical-align: baseline; }
th:last-child, td:last-child { padding-right: 0.25rem; }
thead th { color: var(--wg-muted); font-weight: 500; font-size: 0.875rem; border-bottom: 1px solid var(--wg-muted); }
tbody th { font-weight: 500; }
tbody tr + tr > * { border-top: 1px solid var(--wg-rule); }
.number { text-align: right; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: 1rem 1.5rem;
  margin: 0 0 1.25rem; }
dt { color: var(--wg-muted); font-size: 0.875rem; }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums lining-nums; }
.wide > dd { font-weight: 400; }
dl > .wide { grid-column: 1 / -1; max-width: 42rem; }
.code figcaption { text-align: left; margin: 0 0 0.35rem; }
pre { margin: 0; padding: 0.8rem 1rem; overflow-x: auto; background: var(--wg-panel); border-radius: 6px;
  font: 0.875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
math { font-size: 1.0625em; text-indent: 0; white-space: nowrap; }
/* All equations of a block share one place for their relations. */
.equations { display: grid; grid-template-columns: max-content minmax(0, 1fr); row-gap: 1rem; margin: 0 0 1.5rem; }
.equation { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline;
  row-gap: 0.15rem; min-width: 0; }
.left { max-width: 100%; overflow-x: auto; overflow-y: hidden; text-align: right; }
.right { grid-column: 2; padding-left: 2.2em; text-indent: -2em; line-height: 1.35; overflow-x: auto;
  overflow-y: hidden; }
.term { display: inline-block; max-width: 100%; padding-left: 1.2em; text-indent: -1.2em; }
/* Room between lines, whether there are fractions in them or not. */
.equation math { padding: 0.12em 0; }
.note { grid-column: 2; margin: 0; padding-left: 1.5rem; color: var(--wg-muted); font-size: 0.875rem; }
.blank { border-bottom: 1px solid currentcolor; margin-left: 0.4em; }
mtable.cases mtd { math-style: normal; padding: 0.2em 0.5em 0.2em 0; text-align: left; text-align: -webkit-left; }
aside > figure:first-child { margin-top: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; margin: 1.25rem 0 0; padding: 0; list-style: none;
  font-size: 0.875rem; }
a { color: var(--wg-blue); text-underline-offset: 0.2em; }
.text, aside { min-width: 0; margin-top: 2rem; }
.text > section:first-child { margin-top: 0; }
details { margin: 0 0 1.25rem; }
summary { cursor: pointer; color: var(--wg-blue); margin-bottom: 0.75rem; }
@media (max-width: 34rem) {
  th, td { padding-right: 0.8rem; }
  .equations.wide { grid-template-columns: 0 minmax(0, 1fr); }
  .wide .left { grid-column: 1 / -1; text-align: left; }
}
@media screen and (min-width: 60rem) {
  main.beside { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(20rem, 1fr); column-gap: 3.5rem;
    align-items: start; max-width: 88rem; }
  .beside > header { grid-column: 1 / -1; }
  .beside > aside { grid-column: 2; grid-row: 2; position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem);
    overflow-y: auto; }
  .beside > .text { grid-column: 1; grid-row: 2; }
  .beside > aside ul { flex-direction: column; }
  .beside > aside .scroll > svg { min-width: 0 !important; }
}
@media print {
  main { max-width: none; padding: 0; }
  section { break-inside: auto; }
  figure, table, tr, dl > div, .equation { break-inside: avoid; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; background: none; }
  .scroll > svg { min-width: 0 !important; }
  .left, .right { overflow: visible; }
  nav { display: none; }
  aside figure { max-width: 26rem; margin-left: auto; margin-right: auto; }
  pre { white-space: pre-wrap; border: 1px solid var(--wg-rule); }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""

SHEET: Final = (
    f":root {{ {LIGHT} }}\n"
    f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}\n"
    f"@media print {{ html {{ color-scheme: light; }} }}\n{RULES}"
)
