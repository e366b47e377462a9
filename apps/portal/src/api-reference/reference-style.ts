/** In the page itself: it is one answer, and the policy of the portal lets styles be inline, not scripts. */
export const referenceStyle = `
:root { color-scheme: light dark; --line: #d0d7de; --dim: #57606a; --soft: #f6f8fa; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --dim: #9aa4af; --soft: #1b2027; --link: #8ab4f8; }
  body { background: #12161c; color: #e6edf3; }
}
body { margin: 0 auto; max-width: 56rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 0.25rem; font-size: 1.05rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875rem; }
code { overflow-wrap: anywhere; }
pre { overflow: auto; max-height: 28rem; padding: 0.75rem; background: var(--soft); border: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
caption { text-align: left; color: var(--dim); }
th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
.scroll { overflow-x: auto; }
.route { margin: 0; }
.access { color: var(--dim); }
summary { cursor: pointer; padding: 0.25rem 0; }
`;
