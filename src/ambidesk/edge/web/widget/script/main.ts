/** One line on a page: finds its own tag, looks which talk this browser has, and puts up the chat. */

import { Api, type Shown } from "./api";
import { Chat } from "./chat";
import { Store } from "./store";
import { View } from "./view";
import { wordsOf } from "./words";

const tag = document.currentScript as HTMLScriptElement | null;

function language(): string {
  const told = tag?.dataset["language"] || document.documentElement.lang || navigator.language;
  return told.toLowerCase().startsWith("ru") ? "ru" : "en";
}

/** Whom the site's token names: read to tell users of one browser apart, believed by nobody. */
function subject(token: string): string {
  try {
    const body = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    return String((JSON.parse(atob(body)) as { sub?: unknown }).sub ?? "");
  } catch {
    return "";
  }
}

function raise(): void {
  const channel = tag?.dataset["channel"] ?? "";
  const preview = tag?.dataset["preview"];
  if (!tag?.src || (!channel && !preview) || document.querySelector("ambidesk-widget")) return;
  const api = new Api(new URL(tag.src).origin, channel, language());
  const { chat, view } = raised(api, language(), channel && `ambidesk.${channel}`, tag.dataset["user"] ?? "");
  if (preview) return show(chat, view, preview);
  Object.assign(window, {
    Ambidesk: {
      open: () => view.toggle(true),
      close: () => view.toggle(false),
      forget: () => void api.leave().catch(() => undefined).finally(() => chat.forget()),
    },
  });
  // A page that this widget may not stand on shows nothing at all.
  void chat.wake().then(() => chat.kept.isOpen && window.innerWidth > 480 && view.toggle(true), () => retry(chat));
}

function raised(api: Api, spoken: string, name: string, proof: string): { chat: Chat; view: View } {
  const host = document.createElement("ambidesk-widget");
  document.body.append(host);
  const chat = new Chat(api, new Store(name), name, { token: proof, subject: subject(proof) });
  return { chat, view: new View(chat, wordsOf(spoken), spoken, host) };
}

function retry(chat: Chat): void {
  window.addEventListener("online", () => void chat.wake().catch(() => undefined), { once: true });
}

/** In the settings: how it looks, without a word to the desk; another language is another chat. */
function show(chat: Chat, view: View, preview: string): void {
  let shown = { chat, view, language: language() };
  const told = (text: string): void => {
    const { language: spoken = shown.language, open, ...facts } = JSON.parse(text) as Partial<Shown> & { language?: string; open?: boolean };
    if (spoken !== shown.language) {
      document.querySelector("ambidesk-widget")?.remove();
      shown = { ...raised(chat.api, spoken, "", ""), language: spoken };
    }
    shown.chat.isPreview = true;
    shown.chat.shown = { hours: "", attended: true, banner: null, asks: { name: "may", email: "may" }, limits: { file_bytes: 0, files: 0, text: 0 }, brand: "", accent: "", theme: "auto", position: "right", greeting: "", ...facts };
    shown.view.draw();
    if (open) shown.view.toggle(true);
  };
  told(preview);
  document.addEventListener("ambidesk:preview", (event) => told((event as CustomEvent<string>).detail));
}

if (document.body) raise();
else document.addEventListener("DOMContentLoaded", raise, { once: true });
