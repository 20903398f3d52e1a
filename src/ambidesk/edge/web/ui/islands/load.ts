/** The live load: a person is dragged to another team; what is dropped sends the form of its menu. */

export function watchLoad(): void {
  let dragged: HTMLElement | undefined;
  const over = (event: DragEvent): HTMLElement | null => (event.target as Element).closest<HTMLElement>("[data-load] [data-team]");
  document.addEventListener("dragstart", (event) => {
    dragged = (event.target as Element).closest<HTMLElement>("[data-person]") ?? undefined;
    if (dragged && event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const team = over(event);
    if (!dragged || !team || team.contains(dragged)) return;
    event.preventDefault();
    team.dataset.over = "";
  });
  document.addEventListener("dragleave", (event) => {
    const team = over(event);
    if (team && !team.contains(event.relatedTarget as Node | null)) delete team.dataset.over;
  });
  document.addEventListener("drop", (event) => {
    const team = over(event);
    const form = team && dragged?.querySelector<HTMLFormElement>(`[data-move-to="${CSS.escape(team.dataset.team ?? "")}"]`);
    if (team) delete team.dataset.over;
    dragged = undefined;
    if (!form) return;
    event.preventDefault();
    // As if it was pressed: htmx sends the name of a button that was clicked, and of no other one.
    form.querySelector<HTMLButtonElement>("button[type=submit]")?.click();
  });
}
