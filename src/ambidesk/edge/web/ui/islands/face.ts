import { WebForm } from "../../forms/script/form";
import "./face.css";

/**
 * Pages for customers: the brand's colour, and a survey that sends the mark chosen in a mail once a
 * person is there. Scanners open links too: they are out of sight, without focus, or drive a browser.
 */

const PATIENCE = 700;

function paint(): void {
  const { accent, ink } = document.body.dataset;
  if (!accent || !ink) return;
  document.documentElement.style.setProperty("--accent", accent);
  document.documentElement.style.setProperty("--accent-ink", ink);
}

function someoneIsThere(): boolean {
  return document.visibilityState === "visible" && document.hasFocus() && !navigator.webdriver;
}

function sendItself(form: HTMLFormElement): void {
  let sent = false;
  const send = (): void => {
    if (sent || !someoneIsThere()) return;
    sent = true;
    // Without the button: the desk believes a pressed one more than this.
    form.submit();
  };
  form.addEventListener("submit", () => (sent = true));
  form.addEventListener("change", () => (sent = true));
  const soon = (): number => window.setTimeout(send, PATIENCE);
  if (document.readyState === "complete") soon();
  else window.addEventListener("load", soon);
  window.addEventListener("focus", soon);
  document.addEventListener("visibilitychange", soon);
}

/** A mark that is there already is changed by choosing another one: the button comes only then. */
function hideUntilChanged(button: HTMLButtonElement): void {
  button.hidden = true;
  button.form?.addEventListener("change", () => (button.hidden = false));
}

paint();
document.querySelectorAll<HTMLFormElement>("[data-web-form]").forEach((form) => new WebForm(form, (thanks) => (form.replaceChildren(thanks), form.querySelector("h1")?.focus())));
document.querySelectorAll<HTMLFormElement>("[data-sends-itself]").forEach(sendItself);
document.querySelectorAll<HTMLButtonElement>("[data-change-mark]").forEach(hideUntilChanged);
