/** What fills the screen: a board without its rail; the place in a long table of contents, in sight. */

import { each } from "./page";

/** Only the table of contents scrolls: the page stays at its beginning. */
function show(link: HTMLElement): void {
  const contents = link.closest<HTMLElement>(".contents");
  contents?.scrollTo({
    top: link.offsetTop - contents.clientHeight / 2,
    left: link.offsetLeft - (contents.clientWidth - link.offsetWidth) / 2,
  });
}

export function watchScreen(): void {
  each<HTMLElement>(".contents [aria-current=page]", show);
  // The font that swaps in is wider: what lay in the middle would lie beyond the edge of a phone.
  void document.fonts.ready.then(() => each<HTMLElement>(".contents [aria-current=page]", show));
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-fills-screen]");
    if (!button) return;
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen();
  });
}
