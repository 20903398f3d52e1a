/** The editor of articles: TipTap that reads and writes Markdown; files stand in it by their keys. */

import { Editor } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Markdown } from "@tiptap/markdown";
import { StarterKit } from "@tiptap/starter-kit";

export interface Place {
  label: string;
  address: (key: string) => string;
  changed: () => void;
  files: (files: FileList) => void;
}

export interface ArticleEditor {
  text: () => string;
  fill: (markdown: string) => void;
  act: (what: string, value?: string) => void;
  isOn: (what: string) => boolean;
  show: (source: string, name: string, kind: string) => void;
}

const KEY = /^file:([A-Za-z0-9_-]{16,43})$/;

/** A picture of ours is kept as "file:KEY" and shown from where it lies; of others only the name stays. */
const Picture = (address: (key: string) => string): typeof Image =>
  Image.extend({
    renderHTML({ HTMLAttributes }) {
      const source = String(HTMLAttributes["src"] ?? "");
      const key = KEY.exec(source)?.[1];
      return ["img", { alt: String(HTMLAttributes["alt"] ?? ""), "data-source": source, ...(key ? { src: address(key) } : {}) }];
    },
    parseHTML() {
      return [{ tag: "img[data-source]", getAttrs: (node) => ({ src: (node as HTMLElement).dataset["source"] ?? "", alt: (node as HTMLImageElement).alt }) }];
    },
  });

const EXTENSIONS = (address: (key: string) => string) => [
  StarterKit.configure({
    underline: false,
    heading: { levels: [2, 3, 4] },
    link: { openOnClick: false, autolink: true, protocols: ["file", "article"], isAllowedUri: () => true, HTMLAttributes: { rel: null, target: null } },
  }),
  Picture(address),
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader,
  TableCell,
  Markdown,
];

export function edit(home: HTMLElement, place: Place): ArticleEditor {
  const editor = new Editor({
    element: home,
    injectCSS: false,
    extensions: EXTENSIONS(place.address),
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": place.label, class: "prose-edit" },
      // What a word processor adds is no part of a text.
      transformPastedHTML: (html) => html.replace(/<!--[\s\S]*?-->/g, "").replace(/<\/?(o|w|v|m):[^>]*>/gi, "").replace(/<(style|xml|script)[\s\S]*?<\/\1>/gi, ""),
      handlePaste: (_view, event) => take(event.clipboardData?.files, event, place),
      handleDrop: (_view, event) => take(event.dataTransfer?.files, event, place),
    },
    onUpdate: () => place.changed(),
  });
  return {
    text: () => editor.getMarkdown().trimEnd(),
    fill: (markdown) => void editor.commands.setContent(markdown, { contentType: "markdown", emitUpdate: false }),
    act: (what, value) => act(editor, what, value),
    isOn: (what) => (what.startsWith("heading") ? editor.isActive("heading", { level: Number(what.slice(-1)) }) : editor.isActive(what)),
    show: (source, name, kind) =>
      void (kind === "file"
        ? editor.chain().focus().insertContent({ type: "text", text: name, marks: [{ type: "link", attrs: { href: source } }] }).run()
        : editor.chain().focus().insertContent({ type: "image", attrs: { src: source, alt: name } }).run()),
  };
}

function take(files: FileList | undefined, event: Event, place: Place): boolean {
  if (!files?.length) return false;
  event.preventDefault();
  place.files(files);
  return true;
}

function act(editor: Editor, what: string, value?: string): void {
  const chain = editor.chain().focus();
  if (what === "heading2" || what === "heading3") chain.toggleHeading({ level: what === "heading2" ? 2 : 3 }).run();
  else if (what === "bold") chain.toggleBold().run();
  else if (what === "italic") chain.toggleItalic().run();
  else if (what === "bulletList") chain.toggleBulletList().run();
  else if (what === "orderedList") chain.toggleOrderedList().run();
  else if (what === "blockquote") chain.toggleBlockquote().run();
  else if (what === "code") chain.toggleCodeBlock().run();
  else if (what === "table") chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run();
  else if (what === "link" && value) chain.extendMarkRange("link").setLink({ href: value }).run();
  else if (what === "link") chain.extendMarkRange("link").unsetLink().run();
}
