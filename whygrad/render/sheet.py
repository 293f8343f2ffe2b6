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
.code figcaption { text-align: left; margin: 0 0 0.35rem; }
pre { margin: 0; padding: 0.8rem 1rem; overflow-x: auto; background: var(--wg-panel); border-radius: 6px;
  font: 0.875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
math { font-size: 1.0625em; }
.equations { margin: 0 0 1.5rem; }
.equation { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 2rem; margin: 0 0 0.9rem; }
.equation > .scroll { max-width: 100%; min-width: 0; padding: 0.2rem 0; overflow-y: hidden; }
.note { flex: 1 1 13rem; margin: 0; color: var(--wg-muted); font-size: 0.875rem; }
.equation mtd { padding: 0.2em 0; vertical-align: baseline; }
.equation mtd.left { text-align: right; text-align: -webkit-right; }
.equation mtd.right { text-align: left; text-align: -webkit-left; }
mtable.cases mtd { padding: 0.1em 0.5em 0.1em 0; text-align: left; text-align: -webkit-left; }
td math, th math { white-space: nowrap; }
details { margin: 0 0 1.25rem; }
summary { cursor: pointer; color: var(--wg-blue); margin-bottom: 0.75rem; }
@media print {
  main { max-width: none; padding: 0; }
  section { break-inside: auto; }
  figure, tr, dl > div, .equation { break-inside: avoid; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; background: none; }
  .scroll > svg { min-width: 0 !important; }
  pre { white-space: pre-wrap; border: 1px solid var(--wg-rule); }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""

SHEET: Final = (
    f":root {{ {LIGHT} }}\n"
    f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}\n"
    f"@media print {{ html {{ color-scheme: light; }} }}\n{RULES}"
)
