/** A board fills the whole screen; the rail is gone there, Escape brings it back. */

export function watchScreen(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-fills-screen]");
    if (!button) return;
    if (document.fullscreenElement) void document.exitFullscreen();
    else void document.documentElement.requestFullscreen();
  });
}
