/**
 * The stream: hints about topics, one connection a browser. One tab leads and holds it; the others
 * hear by a broadcast channel. A hint makes parts of the page fetch themselves again.
 */

import { say } from "./page";

const CHANNEL = "ambidesk.hints";
const LOCK = "ambidesk.stream";
const PAUSE = 1000;
const JITTER = 400;
const channel = new BroadcastChannel(CHANNEL);
const wanted = new Map<string, Set<string>>();
const me = crypto.randomUUID();
let source: EventSource | undefined;
let leads = false;

function topics(): string[] {
  const found = new Set<string>();
  for (const part of document.querySelectorAll<HTMLElement>("[data-topics], [data-refresh-on]")) {
    const named = `${part.dataset.topics ?? ""} ${part.dataset.refreshOn ?? ""}`;
    for (const topic of named.split(/\s+/)) if (topic) found.add(topic);
  }
  return [...found].sort();
}

const fetched = new WeakMap<Element, number>();

function refresh(part: HTMLElement): void {
  const since = performance.now() - (fetched.get(part) ?? -PAUSE);
  const wait = Math.max(0, PAUSE - since);
  if (wait > 0 && part.dataset.refreshing) return;
  part.dataset.refreshing = "1";
  window.setTimeout(() => {
    delete part.dataset.refreshing;
    fetched.set(part, performance.now());
    if (part.isConnected) part.dispatchEvent(new Event("refresh"));
  }, wait);
}

function hear(topic: string): void {
  document.dispatchEvent(new CustomEvent("hint", { detail: topic }));
  for (const part of document.querySelectorAll<HTMLElement>("[data-refresh-on]")) {
    if ((part.dataset.refreshOn ?? "").split(/\s+/).includes(topic)) refresh(part);
  }
}

/** Have every part fetch itself again: at once, or each within some milliseconds, so that not all browsers come together. */
export function refreshAll(within = 0): void {
  const parts = document.querySelectorAll<HTMLElement>("[data-refresh-on]");
  parts.forEach((part) => (within ? window.setTimeout(() => refresh(part), Math.random() * within) : refresh(part)));
}

function online(is: boolean): void {
  document.documentElement.dataset.stream = is ? "open" : "cut";
  const bar = document.getElementById("offline");
  if (bar) bar.hidden = is;
  if (bar && !is) bar.textContent = say("No connection. Nothing you type is lost.");
}

function connect(): void {
  source?.close();
  const all = new Set([...wanted.values()].flatMap((set) => [...set]));
  if (!all.size) return;
  source = new EventSource(`/stream?topics=${encodeURIComponent([...all].sort().join(","))}`);
  source.addEventListener("open", () => channel.postMessage({ opened: true }));
  source.addEventListener("open", () => {
    online(true);
    refreshAll(JITTER);
  });
  source.addEventListener("error", () => online(navigator.onLine && source?.readyState !== EventSource.CLOSED));
  source.addEventListener("hint", (event) => {
    const { topic } = JSON.parse((event as MessageEvent<string>).data) as { topic: string };
    channel.postMessage({ topic });
    hear(topic);
  });
}

function want(who: string, list: string[]): void {
  const before = JSON.stringify([...(wanted.get(who) ?? [])]);
  wanted.set(who, new Set(list));
  if (leads && before !== JSON.stringify(list)) connect();
}

function ask(): void {
  want(me, topics());
  channel.postMessage({ who: me, topics: topics() });
}

export function watchStream(): void {
  channel.addEventListener("message", (event: MessageEvent<Record<string, unknown>>) => {
    const { topic, who, topics: list, gone, leader, opened } = event.data;
    if (typeof topic === "string") hear(topic);
    else if (opened) refreshAll(JITTER);
    else if (leader) channel.postMessage({ who: me, topics: topics() });
    else if (typeof gone === "string") wanted.delete(gone);
    else if (typeof who === "string" && Array.isArray(list)) want(who, list as string[]);
  });
  ask();
  let known = topics().join();
  new MutationObserver(() => {
    const now = topics().join();
    if (now === known) return;
    known = now;
    ask();
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-topics", "data-refresh-on"] });
  void navigator.locks.request(LOCK, () => {
    leads = true;
    channel.postMessage({ leader: true });
    connect();
    return new Promise<void>((resolve) => window.addEventListener("pagehide", () => resolve()));
  });
  window.addEventListener("pagehide", () => channel.postMessage({ gone: me }));
  window.addEventListener("online", () => (leads ? connect() : refreshAll(JITTER)));
  window.addEventListener("offline", () => online(false));
  if (!navigator.onLine) online(false);
  let asleep = Date.now();
  window.setInterval(() => {
    // A timer that comes late by much means that the machine slept: what is shown may be old.
    if (Date.now() - asleep > 15_000) leads ? connect() : refreshAll(JITTER);
    asleep = Date.now();
  }, 5000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refreshAll(JITTER);
  });
}
