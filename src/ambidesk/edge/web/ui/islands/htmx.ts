/** htmx under our content policy: nothing evaluated, own addresses only, fragments morphed in place. */

import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { hearTriggers, say, token } from "./page";
import { toast } from "./toasts";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyRestoreAsHxRequest = false;
// A part says itself where its answer goes; what stands around it has no say.
// A style attribute, set anew as markup, is what the content policy forbids.
htmx.config.attributesToSettle = ["class"];
htmx.config.disableInheritance = true;
htmx.config.scrollBehavior = "instant";
// Pages hold what customers wrote: none of it is kept in the browser, going back asks again.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true, error: true },
  { code: "[45]..", swap: false, error: true },
];

/** What islands have made of a part stays when the part is refreshed, unless its version changed. */
function kept(old: Node, fresh: Node): boolean {
  if (!(old instanceof HTMLElement) || !(fresh instanceof HTMLElement) || old.dataset.keep === undefined) return false;
  return old.id === fresh.id && old.dataset.keep === fresh.dataset.keep;
}

/** A part that asks for its content once: htmx asks again for a new element only, never for a morphed one. */
function loadsItself(part: Node): part is HTMLElement {
  return part instanceof HTMLElement && part.dataset.keep !== undefined && part.getAttribute("hx-trigger") === "load";
}

/** Attributes that the reader or an island set, which the server knows nothing of. */
function own(name: string, node: Element): boolean {
  if (name === "open") return node.matches("details, dialog");
  if (["hidden", "data-mode", "data-empty", "aria-selected"].includes(name)) return node.closest("[data-composer]") !== null;
  return (name === "checked" && node.matches(".pick, .row-check")) || name === "data-picking";
}

/** Another ticket takes the place of the shown one, so that nothing of the old finds its way into it. */
function isAnother(target: Element, fresh: Node | null): fresh is HTMLElement {
  if (!(fresh instanceof HTMLElement) || !(target instanceof HTMLElement)) return false;
  return target.dataset.ticket !== fresh.dataset.ticket;
}

// Refreshed parts are morphed: focus, scroll and what is typed stay.
htmx.defineExtension("morph", {
  isInlineSwap: (style: string) => style === "morph",
  handleSwap: (style: string, target: Element, fragment: Node): Element[] | boolean => {
    if (style !== "morph") return false;
    const fresh = fragment instanceof DocumentFragment ? fragment.firstElementChild : fragment;
    // A refresh of a ticket that is no longer shown comes too late.
    if (!target.isConnected) return [];
    if (isAnother(target, fresh)) {
      target.replaceWith(fresh);
      return [fresh];
    }
    const outdated: [HTMLElement, HTMLElement][] = [];
    const morphed = Idiomorph.morph(target, fresh as Element, {
      morphStyle: "outerHTML",
      ignoreActiveValue: true,
      callbacks: {
        beforeNodeMorphed: (old: Node, next: Node) => {
          if (kept(old, next)) return false;
          if (!loadsItself(old) || !loadsItself(next) || old.id !== next.id) return true;
          outdated.push([old, next]);
          return false;
        },
        beforeAttributeUpdated: (name: string, node: Element) => !own(name, node),
      },
    }) as Node[] | undefined;
    for (const [old, next] of outdated) {
      // What it showed stays to be read until its content is there.
      const part = next.cloneNode(false) as HTMLElement;
      part.append(...old.childNodes);
      old.replaceWith(part);
    }
    return (morphed ?? []).filter((node): node is Element => node instanceof Element);
  },
} as never);

document.addEventListener("htmx:configRequest", (event) => {
  const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
  headers["X-CSRFToken"] = token();
});

interface Exchange {
  elt: Element;
  xhr: XMLHttpRequest;
  requestConfig: { verb: string; triggeringEvent?: Event };
  shouldSwap: boolean;
}

// A refresh asked for before a change was answered shows the time before it: what was said would
// vanish again, or the form that waits for its answer. Such a refresh is asked for anew.
const changing = new Set<XMLHttpRequest>();
const asked = new WeakMap<XMLHttpRequest, number>();
let changed = 0;

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr, requestConfig } = (event as CustomEvent<Exchange>).detail;
  if (requestConfig.verb === "get") return void asked.set(xhr, performance.now());
  changing.add(xhr);
  xhr.addEventListener("loadend", () => (changing.delete(xhr), (changed = performance.now())));
  // Who sent and went on to the next ticket still hears what became of it, with its undo.
  xhr.addEventListener("readystatechange", () => {
    if (xhr.readyState === XMLHttpRequest.DONE && !elt.isConnected) hearTriggers(xhr.getResponseHeader("HX-Trigger"));
  });
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event as CustomEvent<Exchange>;
  if (detail.requestConfig.triggeringEvent?.type !== "refresh") return;
  const isOld = (asked.get(detail.xhr) ?? 0) < changed;
  if (!changing.size && !isOld) return;
  detail.shouldSwap = false;
  if (!changing.size) window.setTimeout(() => detail.elt.dispatchEvent(new Event("refresh")));
});

document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (xhr.getResponseHeader("HX-Trigger")?.includes("toast")) return;
  if (xhr.status === 404) toast({ message: say("It is not there any more."), kind: "refused" });
  else if (xhr.status >= 500) toast({ message: say("Something broke here. Try again."), kind: "refused" });
});

document.addEventListener("htmx:sendError", () => {
  toast({ message: say("No connection. Nothing is lost: try again."), kind: "refused" });
});

export default htmx;
