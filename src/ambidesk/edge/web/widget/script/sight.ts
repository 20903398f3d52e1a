/** Sight: whether the page is before the visitor. Of several tabs the one that was in front last speaks. */

import type { Api } from "./api";
import { uuid } from "./dom";
import type { Store } from "./store";

// A tab that goes back waits whether another one comes to the front.
const AFTER = 1500;

export class Sight {
  private readonly tab = uuid();
  private timer = 0;
  private isInFront: boolean | undefined;

  constructor(
    private readonly api: Api,
    private readonly store: Store,
    private readonly isTalking: () => boolean,
  ) {
    document.addEventListener("visibilitychange", () => this.look());
    this.look();
  }

  private look(): void {
    if (!document.hidden) this.store.change({ front: this.tab });
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.tell(), AFTER);
  }

  private tell(): void {
    const isInFront = !document.hidden;
    if (isInFront === this.isInFront || !this.isTalking() || this.store.read().front !== this.tab) return;
    this.isInFront = isInFront;
    void this.api.sight(isInFront).catch(() => undefined);
  }
}
