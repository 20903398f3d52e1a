/** What islands need to know of the page: its words, its token, what appears in it later. */

const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Record<string, string>;

/** A sentence in the language of the page, by its English form. */
export function say(english: string, facts: Record<string, string> = {}): string {
  const sentence = words[english] ?? english;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? "");
}

export function language(): string {
  return document.documentElement.lang || "en";
}

/** How dates are written: English as the server writes it, the day first. */
export function locale(): string {
  return language() === "en" ? "en-GB" : language();
}

/** The token that proves that a change comes from our own page. */
export function token(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

export function send(url: string, method: string, body?: BodyInit): Promise<Response> {
  const headers: Record<string, string> = { "X-CSRFToken": token(), "HX-Request": "true" };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  return fetch(url, { method, headers, credentials: "same-origin", ...(body === undefined ? {} : { body }) });
}

/** Send what is said again soon anyway: without a network it is not worth a word. */
export function mention(url: string, method: string, body?: BodyInit): Promise<Response | undefined> {
  return send(url, method, body).catch(() => undefined);
}

/** Pass on what an answer triggers, as htmx does with its own requests. */
export function heard(answer: Response): void {
  hearTriggers(answer.headers.get("HX-Trigger"));
}

export function hearTriggers(trigger: string | null): void {
  const events = trigger ? (JSON.parse(trigger) as Record<string, unknown>) : {};
  for (const [name, detail] of Object.entries(events)) document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, facts: Partial<HTMLElementTagNameMap[K]> = {}): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), facts);
}

/** Call `found` for each element that matches, now and whenever one appears. */
export function each<E extends HTMLElement>(selector: string, found: (element: E) => void): void {
  const seen = new WeakSet<Element>();
  const look = (): void => {
    for (const element of document.querySelectorAll<E>(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      found(element);
    }
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
