/** Mentions: names behind an @ stand in a note as chips, and go as a whole; the words stay plain. */

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

interface Chip {
  from: number;
  to: number;
}

/** `known` are the names of colleagues and teams; where none may be mentioned there are none. */
export function mentions(known: () => readonly string[]): Extension {
  return Extension.create({
    name: "mentions",
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations: ({ doc }) => DecorationSet.create(doc, chips(doc, known()).map(({ from, to }) => Decoration.inline(from, to, { class: "mention" }))),
          handleKeyDown: (view, event) => {
            const chip = event.key === "Backspace" ? before(view.state, known()) : undefined;
            if (chip) view.dispatch(view.state.tr.delete(chip.from, chip.to));
            return chip !== undefined;
          },
        },
      }),
    ],
  });
}

function before({ doc, selection }: EditorState, names: readonly string[]): Chip | undefined {
  return selection.empty ? chips(doc, names).find((chip) => chip.to === selection.from) : undefined;
}

function chips(doc: Node, names: readonly string[]): Chip[] {
  const form = formOf(names);
  const found: Chip[] = [];
  if (!form) return found;
  doc.descendants((node, at) => {
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
    for (const match of text.matchAll(form)) found.push({ from: at + 1 + match.index, to: at + 1 + match.index + match[0].length });
    return false;
  });
  return found;
}

/** The longest name that fits is meant, as where the note is read. */
function formOf(names: readonly string[]): RegExp | undefined {
  const words = names.filter(Boolean).sort((one, other) => other.length - one.length);
  const escaped = words.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length ? new RegExp(`(?<![\\p{L}\\p{N}_])@(?:${escaped.join("|")})(?![\\p{L}\\p{N}_])`, "giu") : undefined;
}
