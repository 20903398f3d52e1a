/** What a browser keeps: the token, what was typed, and what waits to be sent; shared by its tabs. */

import type { Guest } from "./api";

export interface Waiting {
  key: string;
  text: string;
  at: string;
  files: { id: string; name: string; size: number; key?: string }[];
  failed?: string;
}

export interface Kept {
  token: string;
  until: string | null;
  subject: string;
  isOpen: boolean;
  draft: string;
  guest: Guest | null;
  outbox: Waiting[];
  hasSound: boolean;
  /** The tab that was in front last. */
  front: string;
  /** As whom articles are read, and whether one was since the last word; it names nobody. */
  reader: string;
  hasRead: boolean;
}

const EMPTY: Kept = { token: "", until: null, subject: "", isOpen: false, draft: "", guest: null, outbox: [], hasSound: false, front: "", reader: "", hasRead: false };

export class Store {
  private memory: string | null = null;

  /** Without a name nothing outlives the page. */
  constructor(private readonly name: string) {}

  read(): Kept {
    try {
      const kept = JSON.parse(this.raw() ?? "{}") as Partial<Kept>;
      return { ...EMPTY, ...kept };
    } catch {
      return { ...EMPTY };
    }
  }

  change(values: Partial<Kept>): void {
    const next = JSON.stringify({ ...this.read(), ...values });
    this.memory = next;
    try {
      if (this.name) localStorage.setItem(this.name, next);
    } catch {
      // A browser that keeps nothing still holds a talk while its page is open.
    }
  }

  private raw(): string | null {
    try {
      return (this.name && localStorage.getItem(this.name)) || this.memory;
    } catch {
      return this.memory;
    }
  }
}

/** Files that wait to be brought; they outlive the page where the browser lets them. */
export class Files {
  private readonly memory = new Map<string, Blob>();
  private base: Promise<IDBDatabase | undefined> | undefined;

  async put(id: string, file: Blob): Promise<void> {
    this.memory.set(id, file);
    await this.ask("readwrite", (files) => files.put(file, id));
  }

  async get(id: string): Promise<Blob | undefined> {
    return this.memory.get(id) ?? ((await this.ask("readonly", (files) => files.get(id))) as Blob | undefined);
  }

  async drop(id: string): Promise<void> {
    this.memory.delete(id);
    await this.ask("readwrite", (files) => files.delete(id));
  }

  private async ask(mode: IDBTransactionMode, act: (files: IDBObjectStore) => IDBRequest): Promise<unknown> {
    const base = await (this.base ??= this.open());
    if (!base) return undefined;
    return new Promise((resolve) => {
      try {
        const request = act(base.transaction("files", mode).objectStore("files"));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
  }

  private open(): Promise<IDBDatabase | undefined> {
    return new Promise((resolve) => {
      try {
        const request = indexedDB.open("ambidesk.widget", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("files");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
  }
}
