/** Files at the composer: picked, pasted or dropped, looked at, and kept until the word is sent. */

import type { Chat } from "./chat";
import { h, icon, uuid } from "./dom";
import type { Waiting } from "./store";
import { filled, type Words } from "./words";

const SMALL = 56;

export class Bringing {
  readonly row = h("div", { class: "ch", hidden: true });
  readonly says = h("p", { class: "er", role: "alert" });
  readonly picker: HTMLInputElement;
  private files: Waiting["files"] = [];

  constructor(
    private readonly chat: Chat,
    private readonly words: Words,
    private readonly changed: () => void,
  ) {
    this.picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true", onchange: () => (this.add([...(this.picker.files ?? [])]), (this.picker.value = "")) });
    this.says.hidden = true;
  }

  get isEmpty(): boolean {
    return !this.files.length;
  }

  take(): Waiting["files"] {
    const taken = this.files;
    this.files = [];
    this.draw();
    return taken;
  }

  add(files: File[]): void {
    const limits = this.chat.shown?.limits;
    if (!limits) return;
    this.tell("");
    for (const file of files) {
      if (file.size > limits.file_bytes) this.tell(filled(this.words.large, { name: file.name, mb: Math.floor(limits.file_bytes / 1e6) }));
      else if (this.files.length >= limits.files) this.tell(filled(this.words.many, { n: limits.files }));
      else this.keep(file);
    }
    this.changed();
  }

  /** Files of a paste or a drop; text goes its usual way. */
  of(data: DataTransfer | null): boolean {
    const files = [...(data?.files ?? [])];
    if (files.length) this.add(files);
    return files.length > 0;
  }

  private keep(file: File): void {
    const id = uuid();
    this.files.push({ id, name: file.name || this.words.file, size: file.size });
    void this.chat.files.put(id, file);
    this.draw();
    if (file.type.startsWith("image/")) void this.show(id, file);
  }

  /** Drawn on a canvas: the policy of a site may forbid pictures from memory. */
  private async show(id: string, file: File): Promise<void> {
    const picture = await createImageBitmap(file).catch(() => undefined);
    const chip = this.row.querySelector(`[data-id="${id}"]`);
    if (!picture || !chip) return;
    const canvas = h("canvas", { width: SMALL, height: SMALL, "aria-hidden": "true" });
    const side = Math.min(picture.width, picture.height);
    canvas.getContext("2d")?.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SMALL, SMALL);
    chip.prepend(canvas);
  }

  private draw(): void {
    for (const chip of [...this.row.children]) if (!this.files.some((each) => each.id === (chip as HTMLElement).dataset["id"])) chip.remove();
    for (const file of this.files) {
      if (this.row.querySelector(`[data-id="${file.id}"]`)) continue;
      const drop = h("button", { type: "button", "aria-label": filled(this.words.remove, { name: file.name }), onclick: () => this.drop(file.id) }, icon("close"));
      this.row.append(h("span", { "data-id": file.id }, h("em", {}, file.name), drop));
    }
    this.row.hidden = this.isEmpty;
  }

  private drop(id: string): void {
    this.files = this.files.filter((each) => each.id !== id);
    void this.chat.files.drop(id);
    this.draw();
    this.changed();
  }

  private tell(sentence: string): void {
    this.says.textContent = sentence;
    this.says.hidden = !sentence;
  }
}
