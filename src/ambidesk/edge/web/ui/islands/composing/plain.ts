/** Plain words of what was written: lists with dashes, quotes with their sign, links with addresses. */

import type { JSONContent } from "@tiptap/core";

export function plain(document: JSONContent): string {
  return blocks(document.content ?? []).join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

function blocks(nodes: JSONContent[]): string[] {
  return nodes.flatMap((node, index) => {
    const apart = index > 0 && (isList(node) || isList(nodes[index - 1])) ? [""] : [];
    return [...apart, ...block(node)];
  });
}

function isList(node: JSONContent | undefined): boolean {
  return node?.type === "bulletList" || node?.type === "orderedList" || node?.type === "blockquote";
}

function block(node: JSONContent): string[] {
  const inside = node.content ?? [];
  switch (node.type) {
    case "bulletList":
      return inside.flatMap((item) => indented(blocks(item.content ?? []), "- "));
    case "orderedList":
      return inside.flatMap((item, index) => indented(blocks(item.content ?? []), `${index + 1}. `));
    case "blockquote":
      return blocks(inside).flatMap((line) => line.split("\n")).map((line) => `> ${line}`.trimEnd());
    default:
      return [inside.map(inline).join("")];
  }
}

function indented(lines: string[], sign: string): string[] {
  return lines.map((line, index) => (index ? " ".repeat(sign.length) : sign) + line);
}

function inline(node: JSONContent): string {
  if (node.type === "hardBreak") return "\n";
  const text = node.text ?? "";
  const link = node.marks?.find((mark) => mark.type === "link")?.attrs?.["href"] as string | undefined;
  return link && !link.endsWith(text) ? `${text} <${link}>` : text;
}
