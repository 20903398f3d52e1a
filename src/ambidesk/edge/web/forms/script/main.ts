/** One line on a page: puts the form where its tag stands, under a shadow root, in the words of the desk. */

import { WebForm } from "./form";
import { sheet } from "./styles";

interface Part {
  html: string;
  accent: string;
  ink: string;
  language: string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): { createHTML: (text: string) => string };
}

const tag = document.currentScript as HTMLScriptElement | null;

/** Our own server's markup: read apart from the page, in which a script of it would never run. */
function parsed(html: string): Node[] {
  const types = (window as unknown as { trustedTypes?: TrustedTypes }).trustedTypes;
  const text = types ? types.createPolicy("ambidesk-forms", { createHTML: (each) => each }).createHTML(html) : html;
  return [...new DOMParser().parseFromString(text, "text/html").body.childNodes].map((each) => document.importNode(each, true));
}

async function raise(): Promise<void> {
  const name = tag?.dataset["form"];
  if (!tag?.src || !name) return;
  const spoken = tag.dataset["language"] || document.documentElement.lang || navigator.language;
  const answer = await fetch(`${new URL(tag.src).origin}/forms/${encodeURIComponent(name)}/part?language=${encodeURIComponent(spoken)}`, { credentials: "omit" });
  // A page that this form may not stand on shows nothing at all.
  if (!answer.ok) return;
  const part = (await answer.json()) as Part;
  const host = document.createElement("ambidesk-form");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet(part.accent, part.ink, tag.dataset["theme"] ?? "light")];
  root.append(...parsed(part.html));
  tag.after(host);
  const form = root.querySelector<HTMLFormElement>("[data-web-form]");
  if (form) new WebForm(form, (thanks) => (form.replaceChildren(thanks), form.querySelector("h1")?.focus()));
}

void raise().catch(() => undefined);
