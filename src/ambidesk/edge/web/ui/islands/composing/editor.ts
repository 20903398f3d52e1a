/** The editor: TipTap with what a mail can carry; it gives plain words and markup of the same look. */

import { Editor, type JSONContent } from "@tiptap/core";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Placeholder } from "@tiptap/extension-placeholder";
import { DOMSerializer } from "@tiptap/pm/model";
import { StarterKit } from "@tiptap/starter-kit";
import { mentions } from "./mentions";
import { plain } from "./plain";

export interface Slash {
  sign: "/" | "@";
  query: string;
  at: DOMRect;
  take: (text: string) => void;
}

export interface Listening {
  changed: () => void;
  slash: (slash: Slash | undefined) => void;
  key: (event: KeyboardEvent) => boolean;
  files: (files: FileList) => boolean;
  /** Whom a name behind an @ may mean here. */
  known: () => readonly string[];
}

export interface Writing {
  text: () => string;
  html: () => string;
  fill: (html: string, text: string) => void;
  insert: (text: string) => void;
  mark: (name: string, value?: string) => void;
  isMarked: (name: string) => boolean;
  focus: () => void;
  place: () => DOMRect;
  redraw: () => void;
}

// Control+Enter sends; only Shift+Enter breaks a line.
const Break = HardBreak.extend({ addKeyboardShortcuts: () => ({}) }).configure({ keepMarks: true });
const SLASH = /(?:^|\s)\/([^\s/]{0,40})$/u;
// A name may be of two words.
const NAME = /(?:^|[\s(])@([^\s@]{0,30}(?: [^\s@]{1,30})?)$/u;

export function write(place: HTMLElement, words: () => string, label: string, on: Listening): Writing {
  const editor = new Editor({
    element: place,
    injectCSS: false,
    extensions: [
      StarterKit.configure({
        heading: false, code: false, codeBlock: false, horizontalRule: false, strike: false, underline: false,
        hardBreak: false, dropcursor: false, gapcursor: false,
        link: { openOnClick: false, autolink: true, linkOnPaste: true, HTMLAttributes: { rel: null, target: null } },
      }),
      Break.extend({ addKeyboardShortcuts() { return { "Shift-Enter": () => this.editor.commands.setHardBreak() }; } }),
      Placeholder.configure({ placeholder: words }),
      mentions(on.known),
    ],
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label },
      handleKeyDown: (_view, event) => on.key(event),
      handlePaste: (_view, event) => (event.clipboardData?.files.length ? on.files(event.clipboardData.files) : false),
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ? on.files(event.dataTransfer.files) : false),
    },
    onUpdate: () => (on.changed(), on.slash(slash(editor))),
    onSelectionUpdate: () => on.slash(slash(editor)),
    onBlur: () => on.slash(undefined),
  });
  return {
    text: () => plain(editor.getJSON()),
    html: () => (editor.isEmpty ? "" : markup(editor)),
    fill: (html, text) => void editor.commands.setContent(spaced(html) || (text ? lines(text) : ""), { emitUpdate: false }),
    insert: (text) => void editor.chain().focus().insertContent(lines(text)).run(),
    mark: (name, value) => toggle(editor, name, value),
    isMarked: (name) => editor.isActive(name),
    focus: () => focus(editor),
    place: () => rect(editor, editor.state.selection.from),
    redraw: () => editor.view.dispatch(editor.state.tr),
  };
}

/** At once: TipTap's own focus comes a frame later, and letters typed until then would be keys of the desk. */
function focus(editor: Editor): void {
  editor.commands.setTextSelection(editor.state.doc.content.size);
  editor.view.focus();
}

function slash(editor: Editor): Slash | undefined {
  const { $from, empty } = editor.state.selection;
  if (!empty || !editor.isFocused) return undefined;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
  const named = NAME.exec(before)?.[1];
  const query = named ?? SLASH.exec(before)?.[1];
  if (query === undefined) return undefined;
  const range = { from: $from.pos - query.length - 1, to: $from.pos };
  const take = (text: string): void => void editor.chain().focus().deleteRange(range).insertContent(lines(text)).run();
  return { sign: named === undefined ? "/" : "@", query, at: rect(editor, range.from), take };
}

function rect(editor: Editor, position: number): DOMRect {
  const { left, top, bottom } = editor.view.coordsAtPos(position);
  return new DOMRect(left, top, 0, bottom - top);
}

function lines(text: string): JSONContent[] {
  const all = text.split("\n");
  if (all.length === 1) return [{ type: "text", text }];
  return all.map((line) => ({ type: "paragraph", ...(line ? { content: [{ type: "text", text: line }] } : {}) }));
}

/** Lines that follow each other are one paragraph, an empty one ends it: sent as it was seen. */
function markup(editor: Editor): string {
  const box = document.createElement("div");
  box.append(DOMSerializer.fromSchema(editor.schema).serializeFragment(editor.state.doc.content));
  let open: Element | undefined;
  for (const block of [...box.children]) {
    if (block.tagName !== "P") open = undefined;
    else if (!block.childNodes.length) (block.remove(), (open = undefined));
    else if (open) (open.append(document.createElement("br"), ...block.childNodes), block.remove());
    else open = block;
  }
  return box.innerHTML;
}

/** The other way round: paragraphs as they were typed, an empty one between two. */
function spaced(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const block of [...body.children]) {
    if (block.tagName === "P" && block.nextElementSibling?.tagName === "P") block.after(document.createElement("p"));
  }
  return body.innerHTML;
}

function toggle(editor: Editor, name: string, value?: string): void {
  const chain = editor.chain().focus();
  if (name === "bold") chain.toggleBold().run();
  else if (name === "italic") chain.toggleItalic().run();
  else if (name === "bulletList") chain.toggleBulletList().run();
  else if (name === "orderedList") chain.toggleOrderedList().run();
  else if (name === "blockquote") chain.toggleBlockquote().run();
  else if (value) chain.extendMarkRange("link").setLink({ href: value }).run();
  else chain.extendMarkRange("link").unsetLink().run();
}
