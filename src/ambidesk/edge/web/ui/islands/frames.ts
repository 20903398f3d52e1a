/** Frames of complex mails: as high as their content; pictures from elsewhere on demand. */

import { each } from "./page";

const HIGHEST = 4000;
const MARGINS = 24;

export function watchFrames(): void {
  each<HTMLIFrameElement>("[data-mail-frame]", (frame) => {
    const fit = (): void => {
      // Of the body: the root is never lower than the frame, which would grow for ever.
      const height = frame.contentDocument?.body?.scrollHeight ?? 0;
      if (height) frame.style.setProperty("height", `${Math.min(height + MARGINS, HIGHEST)}px`);
    };
    frame.addEventListener("load", () => {
      fit();
      // Its pictures come later.
      frame.contentDocument?.addEventListener("load", fit, true);
    });
    // A frame later: what fits at once resizes again within the same round.
    new ResizeObserver(() => requestAnimationFrame(fit)).observe(frame);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-show-pictures]");
    const frame = button?.parentElement?.querySelector<HTMLIFrameElement>("[data-mail-frame]");
    if (!button || !frame) return;
    frame.src = button.dataset.showPictures ?? frame.src;
    button.remove();
  });
}
