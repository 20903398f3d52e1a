/** Browser push: this browser asks to be told, and says no more. */

import { each, say, send, token } from "./page";
import { toast } from "./toasts";

function bytes(letters: string): Uint8Array<ArrayBuffer> {
  const text = atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
  const made = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) made[at] = text.charCodeAt(at);
  return made;
}

async function subscribe(box: HTMLElement): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") {
    toast({ message: say("The browser does not allow it. Its settings for this page say so."), kind: "refused" });
    return;
  }
  const worker = await navigator.serviceWorker.register("/sw.js");
  const answer = await fetch(box.dataset.keyUrl ?? "", { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
  const { key } = (await answer.json()) as { key: string };
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const told = await send(box.dataset.subscriptionUrl ?? "", "POST", JSON.stringify(made));
  if (told.ok) toast({ message: say("This browser tells you from now on.") });
}

async function unsubscribe(box: HTMLElement): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration("/sw.js");
  const known = await worker?.pushManager.getSubscription();
  if (!known) return;
  await send(box.dataset.subscriptionUrl ?? "", "DELETE", JSON.stringify(known));
  await known.unsubscribe();
}

async function draw(box: HTMLElement): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration("/sw.js");
  const known = await worker?.pushManager.getSubscription();
  const [on, off] = ["[data-push-on]", "[data-push-off]"].map((name) => box.querySelector<HTMLElement>(name));
  if (on) on.hidden = Boolean(known);
  if (off) off.hidden = !known;
}

export function watchPush(): void {
  each<HTMLElement>("[data-push]", (box) => {
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
      box.hidden = true;
      return;
    }
    const failed = (): void => toast({ message: say("This browser cannot be told. It may have no push service."), kind: "refused" });
    box.querySelector("[data-push-on]")?.addEventListener("click", () => void subscribe(box).catch(failed).then(() => draw(box)));
    box.querySelector("[data-push-off]")?.addEventListener("click", () => void unsubscribe(box).then(() => draw(box)));
    void draw(box);
  });
}
