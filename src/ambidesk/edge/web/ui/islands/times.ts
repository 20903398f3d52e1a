/** Instants: relative up to a day, then a date; as a clock after "since"; the exact one on hover. */

import { language, locale } from "./page";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function relative(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const far = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto", style: "short" });
  if (far < MINUTE) return words.format(0, "minute");
  if (far < HOUR) return words.format(Math.trunc(seconds / MINUTE), "minute");
  if (far < DAY) return words.format(Math.trunc(seconds / HOUR), "hour");
  const year = at.getFullYear() === now.getFullYear() ? undefined : ("numeric" as const);
  return new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year }).format(at);
}

function exact(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** What follows "since": the time of today, the day of an earlier one. */
function clock(at: Date, now: Date): string {
  const isToday = at.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(locale(), isToday ? { timeStyle: "short" } : { dateStyle: "medium" }).format(at);
}

function told(form: string | undefined, at: Date, now: Date): string {
  if (form === "relative") return relative(at, now);
  return form === "clock" ? clock(at, now) : exact(at);
}

/** How near something due is: late, near (two hours), or far, which is not shown. */
function level(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  return seconds < 0 ? "late" : seconds < 2 * HOUR ? "near" : "far";
}

function show(element: HTMLTimeElement, now: Date): void {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const chip = element.closest<HTMLElement>(".due");
  if (chip && chip.dataset.level !== level(at, now)) chip.dataset.level = level(at, now);
  element.title = exact(at);
  const words = told(element.dataset.form, at, now);
  if (element.textContent !== words) element.textContent = words;
}

export function watchTimes(): void {
  const all = (): void => {
    const now = new Date();
    document.querySelectorAll<HTMLTimeElement>("time[data-form]").forEach((element) => show(element, now));
  };
  all();
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true, characterData: true });
  window.setInterval(all, 30_000);
}

/** Tell the server the zone of this browser, so that what it renders is right at once. */
export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const cookie = `ambidesk_zone=${zone}`;
  if (document.cookie.split("; ").includes(cookie)) return;
  document.cookie = `${cookie}; path=/; max-age=31536000; SameSite=Lax`;
}
