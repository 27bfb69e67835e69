/** Colours have a contrast of at least 4.5 to 1 on their background, in light and dark. */
export const STYLE_SHEET = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --paper: #ffffff; --raised: #f6f8fa; --accent: #0969da;
  --critical: #a40e26; --high: #bc4c00; --medium: #7d4e00; --low: #1a7f37;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #9aa4af; --line: #3d444d; --paper: #0d1117; --raised: #161b22; --accent: #58a6ff;
    --critical: #ff8182; --high: #f0883e; --medium: #d9a93a; --low: #56d364;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1, h2, h3, h4 { line-height: 1.25; margin: 1.75em 0 0.5em; overflow-wrap: anywhere; }
h1 { margin-top: 0; font-size: 2rem; }
h2 { font-size: 1.5rem; padding-bottom: 0.3em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.2rem; }
h4 { font-size: 1rem; }
p, ul, ol { margin: 0.5em 0; }
li { margin: 0.25em 0; overflow-wrap: anywhere; }
header p, .note { color: var(--quiet); }
a { color: var(--accent); }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0; list-style: none; }
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { padding: 0.1em 0.3em; border-radius: 4px; background: var(--raised); overflow-wrap: anywhere; }
pre { padding: 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); overflow-x: auto; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: 0.75em 0; }
th, td { padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 0.75rem; margin: 1rem 0; }
.figures div { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
.figures dt { color: var(--quiet); font-size: 0.875rem; }
.figures dd { margin: 0; }
.figures .value { font-size: 1.6rem; font-weight: 600; }
.figures .note { font-size: 0.875rem; }
.priority { padding: 0.05em 0.5em; border: 1px solid; border-radius: 1em; font-size: 0.8125em; font-weight: 600; }
.critical { color: var(--critical); }
.high { color: var(--high); }
.medium { color: var(--medium); }
.low { color: var(--low); }
.bar { display: inline-block; width: 5rem; height: 0.6em; margin-right: 0.5em; border: 1px solid var(--line); border-radius: 3px; }
.bar span { display: block; height: 100%; background: var(--accent); }
@page { margin: 18mm 15mm; }
@media print {
  :root {
    color-scheme: light;
    --text: #000000; --quiet: #454c54; --line: #b7bfc7; --paper: #ffffff; --raised: #ffffff; --accent: #0550ae;
    --critical: #a40e26; --high: #953800; --medium: #7d4e00; --low: #116329;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  h2, h3, h4 { break-after: avoid; }
  li, tr, .figures div { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide, pre { overflow: visible; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
