/** Scanning: the camera reads the label of a thing; where it cannot, the number is typed. */

import { each } from "./page";

interface Detector { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
type Made = new (how: { formats: string[] }) => Detector;
type Reading = (video: HTMLVideoElement) => Promise<string>;

const EVERY = 200;

/** The browser's own reader; null where it has none for the codes of our labels. */
async function reader(): Promise<Reading | null> {
  const own = (window as { BarcodeDetector?: Made & { getSupportedFormats?: () => Promise<string[]> } }).BarcodeDetector;
  const formats = (await own?.getSupportedFormats?.()) ?? [];
  if (!own || !formats.includes("qr_code")) return null;
  const known = ["qr_code", "data_matrix", "code_128", "ean_13"].filter((one) => formats.includes(one));
  const detector = new own({ formats: known });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
}

async function scan(form: HTMLFormElement, video: HTMLVideoElement, read: Reading): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  const stop = (): void => stream.getTracks().forEach((track) => track.stop());
  addEventListener("pagehide", stop, { once: true });
  video.srcObject = stream;
  await video.play();
  const field = form.querySelector<HTMLInputElement>("[name=code]");
  const look = async (): Promise<void> => {
    if (!video.isConnected) return stop();
    const found = await read(video).catch(() => "");
    if (!found || !field) return void setTimeout(() => void look(), EVERY);
    stop();
    field.value = found.slice(0, 500);
    form.submit();
  };
  await look();
}

async function offer(form: HTMLFormElement): Promise<void> {
  const [button, box, wrong] = ["[data-scan-on]", "[data-camera]", "[data-scan-error]"].map((name) => form.querySelector<HTMLElement>(name));
  const video = form.querySelector("video");
  const read = "mediaDevices" in navigator ? await reader() : null;
  if (!button || !box || !wrong || !video || !read) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.hidden = true;
    box.hidden = false;
    scan(form, video, read).catch(() => {
      box.hidden = true;
      button.hidden = false;
      wrong.hidden = false;
    });
  });
}

export function watchScans(): void {
  each<HTMLFormElement>("[data-scan]", (form) => void offer(form));
}
