/** The look: a sheet of its own under the shadow root, which no policy against inline styles forbids. */

const LIGHT = "--g:#fff;--g2:#f5f6f8;--l:#e2e5eb;--ls:#858b99;--t:#1b1f29;--t2:#545b6b;--w:#8a5a00;--wg:#fff6e0;--bad:#b3261e;--ok:#1c6b3f;--sh:0 12px 40px rgb(20 24 40/.18)";
const DARK = "--g:#1a1d23;--g2:#252932;--l:#343a46;--ls:#7d8596;--t:#e9ebf0;--t2:#a9b1bf;--w:#f0b95c;--wg:#33291a;--bad:#ff9d94;--ok:#7dd3a3;--sh:0 12px 44px rgb(0 0 0/.55)";

const RULES = `
:host{all:initial;display:block}
@media print{:host{display:none}}
*{box-sizing:border-box}
.r{${LIGHT};color-scheme:light;font:400 15px/22px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--t);-webkit-font-smoothing:antialiased}
.r[data-theme=dark]{${DARK};color-scheme:dark}
@media (prefers-color-scheme:dark){.r[data-theme=auto]{${DARK};color-scheme:dark}}
button,input,textarea{font:inherit;color:inherit;margin:0}
button{cursor:pointer;border:0;background:none;padding:0}
button:disabled{cursor:default;opacity:.5}
:focus{outline:none}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;display:block}
[hidden]{display:none!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.dot{position:fixed;z-index:2147483000;bottom:20px;inset-inline-end:20px;width:56px;height:56px;border-radius:50%;background:var(--a);color:var(--ai);display:grid;place-items:center;box-shadow:0 6px 20px rgb(20 24 40/.24);transition:transform .12s ease-out}
.dot:hover{transform:scale(1.05)}.dot svg{width:26px;height:26px}
.left .dot,.left .p{inset-inline-end:auto;inset-inline-start:20px}
.n{position:absolute;top:-2px;inset-inline-end:-2px;min-width:20px;height:20px;padding:0 6px;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
.p{position:fixed;z-index:2147483000;bottom:88px;inset-inline-end:20px;width:384px;max-width:calc(100vw - 40px);height:min(640px,calc(100dvh - 112px));background:var(--g);border-radius:14px;box-shadow:var(--sh);display:flex;flex-direction:column;overflow:hidden;animation:up .12s ease-out}
@keyframes up{from{opacity:0;transform:translateY(8px)}}
.h{display:flex;align-items:center;gap:12px;padding:14px 12px 14px 20px;border-bottom:1px solid var(--l)}
.f{flex:none;width:36px;height:36px;border-radius:50%;background:var(--a);color:var(--ai);display:grid;place-items:center;font-weight:600}
.h div{flex:1;min-width:0}.h h2{margin:0;font-size:15px;line-height:20px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.h p{margin:0;font-size:13px;line-height:18px;color:var(--t2);display:flex;align-items:center;gap:6px}
.h p::before{content:"";width:8px;height:8px;border-radius:50%;background:var(--ls)}
.h p.on::before{background:var(--ok)}
.b{flex:none;width:36px;height:36px;border-radius:8px;display:grid;place-items:center;color:var(--t2);position:relative}
.more svg{stroke-width:3}
.b:hover{background:var(--g2);color:var(--t)}
.m{position:absolute;z-index:2;top:56px;inset-inline-end:12px;background:var(--g);border-radius:10px;box-shadow:var(--sh);padding:6px;min-width:230px}
.m button{display:flex;gap:10px;align-items:center;width:100%;min-height:40px;padding:8px 10px;border-radius:6px;text-align:start}
.m button:hover{background:var(--g2)}.m svg{width:18px;height:18px;color:var(--t2)}
.s{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px 20px 8px}
.hi{padding:4px 0 16px;font-size:20px;line-height:28px;font-weight:600;overflow-wrap:anywhere}
.mg{display:flex;gap:12px;align-items:center;margin:0 0 16px;padding:10px 12px;border:1px solid var(--l);border-radius:12px;overflow-wrap:anywhere}
.mg img{flex:none;border-radius:50%;object-fit:cover}.mg p{margin:0;font-size:13px;line-height:18px;color:var(--t2)}.mg strong{font-weight:600}
.q{margin:0 0 16px;color:var(--t2);overflow-wrap:anywhere}
ol{list-style:none;margin:0;padding:0}
.d{text-align:center;color:var(--t2);font-size:12px;line-height:16px;padding:12px 0 8px}
.x{display:flex;flex-direction:column;align-items:flex-start;margin-top:12px}
.x.same{margin-top:3px}.x.mine{align-items:flex-end}
.who{font-size:12px;line-height:16px;color:var(--t2);margin:0 4px 3px}
.t{max-width:84%;padding:8px 13px;border-radius:16px;background:var(--g2);white-space:pre-wrap;overflow-wrap:anywhere}
.mine .t{background:var(--a);color:var(--ai)}
.t a{color:inherit;text-decoration:underline;text-underline-offset:2px}
.st{font-size:12px;line-height:16px;color:var(--t2);margin:3px 4px 0;display:flex;gap:8px}
.st button{color:var(--t);text-decoration:underline;text-underline-offset:2px}
.st.no{color:var(--bad)}
.img{display:block;margin-top:3px;border-radius:12px;overflow:hidden;max-width:84%;background:var(--g2)}
.img img{display:block;max-width:100%;max-height:220px;min-height:40px;min-width:60px;object-fit:cover}
.doc{display:inline-flex;gap:8px;align-items:center;max-width:84%;margin-top:3px;padding:8px 12px;border-radius:12px;border:1px solid var(--l);color:inherit;text-decoration:none}
.doc span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.doc svg{flex:none;width:18px;height:18px;color:var(--t2)}
.ty{display:flex;gap:8px;align-items:center;min-height:22px;padding:6px 0 2px;font-size:13px;line-height:18px;color:var(--t2)}
.ty i{display:inline-flex;gap:3px}.ty i b{width:5px;height:5px;border-radius:50%;background:currentColor;animation:bl 1.2s infinite}
.ty i b:nth-child(2){animation-delay:.15s}.ty i b:nth-child(3){animation-delay:.3s}
@keyframes bl{0%,60%,100%{opacity:.3}30%{opacity:1}}
.c{border-top:1px solid var(--l);padding:8px 8px 8px 12px;display:flex;align-items:flex-end;gap:4px}
.c textarea{flex:1;resize:none;border:0;background:none;padding:8px 4px;min-height:38px;max-height:132px;line-height:22px}
.c textarea:focus-visible{outline:none}.c:focus-within{box-shadow:inset 0 2px 0 var(--ring)}
::placeholder{color:var(--t2);opacity:1}
.go{background:var(--a);color:var(--ai)}.go:hover{background:var(--a);color:var(--ai)}
.ch{display:flex;flex-wrap:wrap;gap:6px;padding:8px 12px 0}
form .ch{padding:0}
.ch>span{display:flex;align-items:center;gap:6px;max-width:100%;padding:4px 4px 4px 8px;border:1px solid var(--l);border-radius:8px;font-size:13px;line-height:18px}
.ch em{font-style:normal;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:180px}.ch canvas{width:28px;height:28px;object-fit:cover;border-radius:4px}
.ch button{width:24px;height:24px;display:grid;place-items:center;border-radius:4px}.ch button svg{width:14px;height:14px}
progress{width:96px;height:4px;accent-color:var(--a)}
form{display:flex;flex-direction:column;gap:14px}
label{display:block;font-size:13px;line-height:18px;font-weight:500}
label span{font-weight:400;color:var(--t2)}
.i{display:block;width:100%;margin-top:4px;padding:9px 12px;border:1px solid var(--ls);border-radius:8px;background:var(--g);font-weight:400;font-size:15px;line-height:22px}
textarea.i{min-height:88px;resize:vertical}
.i[aria-invalid=true]{border-color:var(--bad)}
.er{margin:4px 0 0;color:var(--bad);font-size:13px;line-height:18px;font-weight:400}
.w{min-height:44px;padding:10px 16px;border-radius:8px;background:var(--a);color:var(--ai);font-weight:600;text-align:center}
.v{min-height:40px;padding:8px 14px;border-radius:8px;border:1px solid var(--l)}
.row{display:flex;gap:8px;align-items:center}
.e{margin-top:16px;padding:14px 16px;border:1px solid var(--l);border-radius:12px;display:flex;flex-direction:column;gap:10px}
.e p{margin:0}.e legend,.e h3{font-size:15px;line-height:20px;font-weight:600;margin:0;padding:0}
.e fieldset{border:0;margin:0;padding:0}
.sc{display:flex;gap:4px;margin-top:8px}.sc button{width:44px;height:44px;border-radius:8px;display:grid;place-items:center;color:var(--ls)}
.sc button:hover{background:var(--g2)}.sc button.on{color:var(--star)}.sc button.on svg{fill:currentColor}.sc svg{width:26px;height:26px}
.an{display:flex;flex-direction:column;gap:4px;font-size:13px;line-height:18px}
.c+.an,.an:has(+.c){padding:10px 12px 8px;border-top:1px solid var(--l);max-height:40vh;overflow-y:auto}.an:has(+.c)+.c{border-top:0}
.an p{margin:0;color:var(--t2)}.an ul{list-style:none;margin:0;padding:0}
.an a{display:grid;grid-template-columns:1fr 16px;gap:0 8px;padding:8px;margin:0 -8px;border-radius:8px;color:inherit;text-decoration:none}
.an a:hover{background:var(--g2)}.an b{font-weight:600;overflow-wrap:anywhere}.an svg{width:16px;height:16px;color:var(--t2);grid-area:1/2}
.an span:not(.sr){grid-column:1;color:var(--t2);display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
form .an a{padding:6px 8px}form .an span:not(.sr){-webkit-line-clamp:1}
.an:not([hidden])~.row{position:sticky;bottom:-8px;z-index:1;margin:0 -20px -8px;padding:10px 20px;border-top:1px solid var(--l);background:var(--g)}
.o{display:block;margin:0 auto 8px}
.k{margin:0;padding:6px 20px;background:var(--g2);font-size:13px;line-height:18px;color:var(--t2)}
.bn{display:flex;gap:12px;padding:12px 20px;border-bottom:1px solid var(--l);background:var(--wg);max-height:40%;overflow-y:auto}
.bn svg{flex:none;margin-top:1px;color:var(--w)}.bn div{min-width:0;display:flex;flex-direction:column;align-items:flex-start;gap:8px}
.bn p{margin:0;font-size:14px;line-height:20px;overflow-wrap:anywhere}.bn a{color:inherit}.bn .v{min-height:36px;padding:6px 12px;background:var(--g);border-color:var(--ls)}.bn .ok{color:var(--t2);font-size:13px;line-height:18px}
.dr{position:absolute;inset:0;z-index:3;display:grid;place-items:center;background:color-mix(in srgb,var(--g) 88%,transparent);border:2px dashed var(--a);border-radius:14px;font-weight:600;pointer-events:none}
@media (max-width:480px){.p,.left .p{inset:0;width:auto;max-width:none;height:100dvh;border-radius:0}.open .dot{display:none}.dr{border-radius:0}input,textarea,.i{font-size:16px}}
@media (max-height:480px){.p{bottom:8px;height:calc(100dvh - 16px)}.open .dot{display:none}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.dot,.w,.go,.mine .t{border:1px solid}}
`;

/** The sheet of one brand: its colour, and ink upon it that can be read. */
export function sheetOf(accent: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  const colour = /^#[0-9a-f]{6}$/i.test(accent) ? accent : "#3b5bdb";
  const ink = brightness(colour) > 0.179 ? "#000" : "#fff";
  sheet.replaceSync(`${RULES}.r{--a:${colour};--ai:${ink};--ring:#3b6fe0;--star:#a05a00}.r[data-theme=dark]{--ring:#8fb2ff;--star:#f0b95c}@media (prefers-color-scheme:dark){.r[data-theme=auto]{--ring:#8fb2ff;--star:#f0b95c}}`);
  return sheet;
}

/** Relative luminance. Source: WCAG 2.2. */
function brightness(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
