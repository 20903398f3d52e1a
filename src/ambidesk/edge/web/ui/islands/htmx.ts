/** htmx under our content policy: nothing evaluated, own addresses only, fragments morphed in place. */

import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { say, token } from "./page";
import { toast } from "./toasts";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyRestoreAsHxRequest = false;
htmx.config.scrollBehavior = "instant";
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true, error: true },
  { code: "[45]..", swap: false, error: true },
];

// Refreshed parts are morphed: focus, scroll and what is typed stay.
htmx.defineExtension("morph", {
  isInlineSwap: (style: string) => style === "morph",
  handleSwap: (style: string, target: Element, fragment: Node): Element[] | boolean => {
    if (style !== "morph") return false;
    const fresh = fragment instanceof DocumentFragment ? fragment.firstElementChild : fragment;
    const morphed = Idiomorph.morph(target, fresh as Element, { morphStyle: "outerHTML" }) as Node[] | undefined;
    return (morphed ?? []).filter((node): node is Element => node instanceof Element);
  },
} as never);

document.addEventListener("htmx:configRequest", (event) => {
  const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
  headers["X-CSRFToken"] = token();
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
