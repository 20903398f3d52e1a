/** A table of marks: arrows go from one to the next, as in a sheet; Space and digits are the browser's own. */

import { each } from "./page";

const STEPS: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function watchMarks(): void {
  each<HTMLTableElement>("[data-marks-table]", (table) => {
    table.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const cell = (event.target as Element).closest("td");
      const row = cell?.parentElement as HTMLTableRowElement | null;
      if (!step || !cell || !row || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = table.tBodies[0]?.rows[row.sectionRowIndex + step[0]]?.cells[cell.cellIndex + step[1]];
      next?.querySelector<HTMLElement>("input[type=checkbox], select")?.focus();
    });
  });
}
