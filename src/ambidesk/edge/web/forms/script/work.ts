/** The work of a challenge: tries in slices, so that who types notices nothing; no worker, no policy to ask. */

import { firstWord } from "./sha256";

const SLICE_MS = 12;

export function solve(token: string, bits: number): Promise<string> {
  const text = new TextEncoder();
  let next = Math.floor(Math.random() * 1e6);
  return new Promise((done) => {
    const slice = (): void => {
      const until = performance.now() + SLICE_MS;
      do {
        if (firstWord(text.encode(`${token}:${next}`)) >>> (32 - bits) === 0) return done(String(next));
        next++;
      } while (performance.now() < until);
      setTimeout(slice);
    };
    setTimeout(slice);
  });
}
