/** The look: a sheet of its own under the shadow root, which no policy against inline styles forbids. */

const LIGHT = "--g:#fff;--l:#858b99;--t:#1b1f29;--t2:#545b6b;--bad:#b3261e;--n:#eef2fb";
const DARK = "--g:#1a1d23;--l:#7d8596;--t:#e9ebf0;--t2:#a9b1bf;--bad:#ff9d94;--n:#252c3d";
const RULES = `
:host{all:initial;display:block}
*{box-sizing:border-box}
[hidden],template{display:none!important}
form{display:grid;gap:16px;max-width:560px;font:400 16px/24px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--t)}
.form{display:grid;gap:16px}.form:not(form):empty{display:none}
h1{margin:0;font-size:22px;line-height:30px;font-weight:600}
p{margin:0}
input,select,textarea,button{font:inherit;color:inherit;margin:0}
input:not([type=radio],[type=checkbox]),select,textarea{width:100%;min-height:44px;padding:9px 12px;border:1px solid var(--l);border-radius:6px;background:var(--g)}
input[type=radio],input[type=checkbox]{width:18px;height:18px;flex:none;margin:3px 0;accent-color:var(--a)}
.field{display:grid;gap:4px;min-width:0;border:0;margin:0;padding:0}
.field>label,.label{font-weight:600;padding:0}
.optional,.help,.unit{font-weight:400;color:var(--t2);font-size:14px;line-height:20px}
.error{color:var(--bad);font-size:14px;line-height:20px}
.error svg{display:none}
[data-wrong] :is(input,select,textarea){border-color:var(--bad)}
.choices-list{display:grid;gap:6px;padding-top:4px}
.choices-list label{display:flex;gap:8px}
.with-unit{display:flex;gap:8px;align-items:center}
.form-group{display:grid;gap:16px;border:0;margin:0;padding:16px 0 0;border-top:1px solid var(--l)}
.form-group>legend{float:left;width:100%;font-size:18px;font-weight:600;padding:0}
.face-note{padding:10px 14px;border-radius:6px;background:var(--n)}
.button{min-height:48px;padding:0 24px;border:0;border-radius:6px;background:var(--a);color:var(--ai);font-weight:600;cursor:pointer}
.button[data-busy]{opacity:.6}
:focus-visible{outline:2px solid var(--a);outline-offset:2px}
h1:focus{outline:none}
.answers{display:grid;gap:4px;font-size:14px;line-height:20px}
.answers p{color:var(--t2)}
.answers ul{list-style:none;margin:0;padding:0}
.answers a{display:grid;padding:8px 12px;border-left:2px solid var(--a);color:inherit;text-decoration:none}
.answers a:hover{background:var(--n)}
.answers b{font-weight:600}
.answers span{color:var(--t2);display:-webkit-box;-webkit-line-clamp:1;-webkit-box-orient:vertical;overflow:hidden}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.web-form-more{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
`;

export function sheet(accent: string, ink: string, theme: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  const palette = theme === "dark" ? `:host{${DARK};color-scheme:dark}` : `:host{${LIGHT};color-scheme:light}`;
  const auto = theme === "auto" ? `@media (prefers-color-scheme:dark){:host{${DARK};color-scheme:dark}}` : "";
  made.replaceSync(`${RULES}${palette}${auto}:host{--a:${accent};--ai:${ink}}`);
  return made;
}
