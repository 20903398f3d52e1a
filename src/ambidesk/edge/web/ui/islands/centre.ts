import "./centre.css";

/**
 * The help centre: everything works without this. It suggests while somebody types, and tells that
 * an article was opened by a person; what a browser keeps for it names nobody.
 */

const PAUSE = 180;
// So long an article is before somebody's eyes until it counts as opened.
const GLANCE = 2_000;

function suggest(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=q]");
  const address = form.dataset["suggest"];
  if (!field || !address) return;
  const list = document.createElement("div");
  list.className = "hints";
  list.id = "hints";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.placeholder);
  form.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", "hints");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
  let waiting = 0;
  let asked = "";
  const close = (): void => ((list.hidden = true), field.setAttribute("aria-expanded", "false"), undefined);
  const show = async (): Promise<void> => {
    const words = field.value.trim();
    if (words.length < 2) return close();
    asked = words;
    const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`).catch(() => undefined);
    if (!answer?.ok || asked !== words) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const links = [...page.querySelectorAll("a")];
    links.forEach((link, place) => ((link.id = `hint-${place}`), (link.tabIndex = -1)));
    list.replaceChildren(...links);
    list.hidden = !links.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  };
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void show(), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.findIndex((link) => link.ariaSelected === "true");
    if (event.key === "Escape") return close();
    if (list.hidden || !links.length) return;
    if (event.key === "Enter" && at >= 0) return event.preventDefault(), links[at]?.click();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = (at + (event.key === "ArrowDown" ? 1 : -1) + links.length) % links.length;
    links.forEach((link, place) => (link.ariaSelected = String(place === next)));
    field.setAttribute("aria-activedescendant", links[next]?.id ?? "");
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget as Node | null)) window.setTimeout(close, 150);
  });
}

/** Who came from a chat or a form of another site reads as who writes there, while this tab stays. */
function came(): URLSearchParams {
  const told = new URLSearchParams(location.hash.slice(1));
  try {
    if (told.has("reader")) {
      sessionStorage.setItem("came", told.toString());
      history.replaceState(null, "", location.pathname + location.search);
    }
    return new URLSearchParams(sessionStorage.getItem("came") ?? "");
  } catch {
    return told;
  }
}

/** A prefetch, a robot, or a page behind others is no reader. */
function tell(address: string): void {
  let told = false;
  const look = (): void => {
    if (told || document.visibilityState !== "visible") return;
    told = true;
    void fetch(address, { method: "POST", body: came(), keepalive: true, credentials: "same-origin" }).catch(() => undefined);
  };
  window.setTimeout(look, GLANCE);
  document.addEventListener("visibilitychange", () => window.setTimeout(look, GLANCE));
}

document.querySelectorAll<HTMLFormElement>("form[data-suggest]").forEach(suggest);
const reading = document.querySelector<HTMLElement>("[data-reading]")?.dataset["reading"];
if (reading) tell(reading);
// A long table of contents would hide the text on a phone.
const contents = document.querySelector<HTMLDetailsElement>("details.contents");
if (contents && window.matchMedia("(max-width: 899px)").matches) contents.open = false;
