/** Frames of complex mails: as high as their content; pictures from elsewhere on demand. */

import { each } from "./page";

const HIGHEST = 4000;

export function watchFrames(): void {
  each<HTMLIFrameElement>("[data-mail-frame]", (frame) => {
    const fit = (): void => {
      const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
      if (height) frame.style.setProperty("height", `${Math.min(height + 4, HIGHEST)}px`);
    };
    frame.addEventListener("load", () => {
      fit();
      const body = frame.contentDocument?.body;
      if (body) new ResizeObserver(fit).observe(body);
    });
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-show-pictures]");
    const frame = button?.parentElement?.querySelector<HTMLIFrameElement>("[data-mail-frame]");
    if (!button || !frame) return;
    frame.src = button.dataset.showPictures ?? frame.src;
    button.remove();
  });
}
