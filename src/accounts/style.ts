import { readFileSync } from 'node:fs';

/** The house's one set of colours and sizes, as every screen reads it. */
const tokens = readFileSync(new URL('../app/ui/tokens.css', import.meta.url), 'utf8');

/** The look of the pages outside the rooms: paper, ink and seal, in one small sheet that needs nothing else loaded. */
export const style = `${tokens}
:root:not([data-type='large']) { --type-m: 16px; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; grid-template-rows: auto 1fr auto;
}
main { width: 100%; max-width: 420px; margin: 0 auto; padding: 40px 20px 24px; }
header { margin-bottom: 28px; }
header p { margin: 0 0 2px; color: var(--ink-2); }
h1 { margin: 0; font-size: var(--type-xl); line-height: 1.3; font-weight: 600; }
h2 { margin: 32px 0 4px; font-size: var(--type-l); font-weight: 600; }
.lead { margin: 10px 0 0; color: var(--ink-2); }
label { display: block; margin: 18px 0 6px; font-weight: 600; }
label small, .hint { font-size: var(--type-s); font-weight: 400; color: var(--ink-2); }
.hint { margin: 6px 0 0; }
.hint.after { margin-top: 24px; }
input {
  width: 100%; height: var(--touch); padding: 0 14px; font: inherit; color: inherit; background: var(--sheet);
  border: 1px solid var(--line-strong); border-radius: var(--radius);
}
input[aria-invalid] { border-color: var(--seal); }
.short { max-width: 180px; }
button, .button {
  display: block; width: 100%; min-height: var(--touch); padding: 12px; font: 600 var(--type-l)/1.5 var(--font); text-align: center; text-decoration: none;
  color: var(--on-act); background: var(--act); border: 1px solid var(--act); border-radius: var(--radius); cursor: pointer;
}
form > button { margin-top: 28px; }
.second { color: var(--act); background: transparent; }
.or { display: flex; align-items: center; gap: 12px; margin: 20px 0; color: var(--ink-2); font-size: var(--type-s); }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
nav { max-width: 420px; width: 100%; margin: 0 auto; padding: 12px 20px 0; text-align: right; }
nav a { display: inline-block; padding: 10px 0 10px 18px; font-size: var(--type-s); color: var(--ink-2); text-decoration: none; }
[hidden] { display: none !important; }
.fault { margin: 0 0 20px; padding: 12px 14px; color: var(--seal); background: var(--seal-wash); border-radius: var(--radius); }
.note { margin: 0 0 20px; padding: 12px 14px; background: var(--act-wash); border-radius: var(--radius); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
a { color: var(--act); }
footer { padding: 16px 20px calc(20px + env(safe-area-inset-bottom)); text-align: center; font-size: var(--type-s); color: var(--ink-2); }
footer a { display: inline-block; padding: 10px 0; }
@media (min-width: 800px) {
  main { padding-top: min(16vh, 140px); }
  main.long { max-width: 760px; padding-top: 64px; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; align-items: start; }
  .pair .whole { grid-column: 1 / -1; max-width: calc(50% - 12px); }
  main.long form > button { width: auto; min-width: 240px; }
}
`;
