/** The forms: before a talk, a question when nobody is there, a transcript, a rating. */

import type { Answers } from "./answers";
import { Refused, type Asks, type Guest, type Question } from "./api";
import type { Bringing } from "./bringing";
import type { Chat } from "./chat";
import { h, icon } from "./dom";
import { filled, type Words } from "./words";

interface Field {
  name: string;
  label: string;
  asks: Asks;
  type?: string;
  value?: string;
}

function field(words: Words, told: Field, wrong: Chat["wrong"]): { part: HTMLElement; input: HTMLInputElement } {
  const id = `f-${told.name}`;
  const error = wrong?.field === told.name ? wrong.sentence : "";
  const input = h("input", { id, class: "i", name: told.name, type: told.type ?? "text", value: told.value, maxlength: 320, autocomplete: told.name, required: told.asks === "must" });
  if (error) (input.setAttribute("aria-invalid", "true"), input.setAttribute("aria-describedby", `${id}-e`));
  const optional = told.asks === "may" && h("span", {}, ` ${words.optional}`);
  const part = h("div", {}, h("label", { for: id }, told.label, optional), input, error && h("p", { class: "er", id: `${id}-e`, role: "alert" }, error));
  return { part, input };
}

/** What is asked before the first word; the word itself is part of it, so that one step is enough. */
export function beginning(chat: Chat, words: Words, bringing: Bringing, attach: HTMLElement, answers: Answers): HTMLElement {
  const asks = chat.shown?.asks ?? { name: "no", email: "no" };
  const offline = chat.shown?.attended === false;
  const kept = chat.kept.guest;
  const name = asks.name === "no" ? undefined : field(words, { name: "name", label: words.name, asks: asks.name, value: kept?.name ?? "" }, chat.wrong);
  const must: Asks = offline ? "must" : asks.email;
  const email = must === "no" ? undefined : field(words, { name: "email", label: words.email, asks: must, type: "email", value: kept?.email ?? "" }, chat.wrong);
  const text = h("textarea", { id: "f-text", class: "i", name: "text", maxlength: chat.shown?.limits.text, oninput: () => (chat.keep({ draft: text.value }), answers.seek(text.value)) });
  text.value = chat.kept.draft;
  const general = chat.wrong && !["name", "email"].includes(chat.wrong.field ?? "") && h("p", { class: "er", role: "alert" }, chat.wrong.sentence || words.wrong);
  const form = h("form", { novalidate: true },
    name?.part, email?.part,
    h("div", {}, h("label", { for: "f-text" }, words.message), text),
    answers.box, answers.says, bringing.row, bringing.says, general,
    h("div", { class: "row" }, attach, h("button", { class: "w", type: "submit" }, offline ? words.leave : words.start)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = [name?.input, email?.input].find((input) => input?.required && !input.value.trim());
    if (missing) return flag(missing, words.fill);
    if (!text.value.trim() && bringing.isEmpty) return flag(text, words.fill);
    const guest: Guest = { name: name?.input.value.trim() ?? "", email: email?.input.value.trim() ?? "", offline };
    answers.clear();
    chat.speak(text.value.trim(), bringing.take(), guest);
  });
  return form;
}

function flag(input: HTMLInputElement | HTMLTextAreaElement, sentence: string): void {
  input.setAttribute("aria-invalid", "true");
  const id = `${input.id}-e`;
  input.parentElement?.querySelector(".er")?.remove();
  input.parentElement?.append(h("p", { class: "er", id, role: "alert" }, sentence));
  input.setAttribute("aria-describedby", id);
  input.focus();
}

/** Have the talk sent by mail, once or to go on there. */
export function byMail(chat: Chat, words: Words, moves: boolean, done: () => void): HTMLElement {
  const title = moves ? words.onByMail : words.transcript;
  const told = moves ? words.onByMailSent : words.transcriptSent;
  const { part, input } = field(words, { name: "email", label: words.email, asks: "must", type: "email", value: chat.kept.guest?.email ?? "" }, undefined);
  const form = h("form", { class: "e", novalidate: true, "aria-label": title },
    h("h3", {}, title), part,
    h("div", { class: "row" }, h("button", { class: "w", type: "submit" }, moves ? words.onSend : words.transcriptSend), h("button", { class: "v", type: "button", onclick: done }, words.cancel)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const email = input.value.trim();
    if (!email) return flag(input, words.fill);
    (moves ? chat.api.move("email", email) : chat.api.transcript(email)).then(
      () => form.replaceChildren(h("p", { role: "status" }, filled(told, { email })), h("button", { class: "v", type: "button", onclick: done }, "OK")),
      (wrong: unknown) => flag(input, (wrong instanceof Refused && wrong.sentence) || words.wrong),
    );
  });
  return form;
}

/** A talk that is over is rated in place: one click, and a word if somebody likes. */
export function rating(chat: Chat, words: Words, asked: Question): HTMLElement {
  const stars = asked.choices.length === 5;
  const says = h("p", { class: "er", role: "alert", hidden: true });
  const give = async (score: number, comment: string): Promise<void> => {
    try {
      await chat.rate(score, comment);
    } catch (wrong) {
      says.textContent = (wrong instanceof Refused && wrong.sentence) || words.wrong;
      says.hidden = false;
    }
  };
  const buttons = asked.choices.map(({ score, words: name }) => {
    const on = asked.score !== null && (stars ? score <= asked.score : score === asked.score);
    return h("button", { type: "button", class: on ? "on" : "", "aria-pressed": String(score === asked.score), "aria-label": stars ? `${score} – ${name}` : name, title: name, onclick: () => void give(score, "") }, stars ? icon("star") : String(score));
  });
  const box = h("div", { class: "e" }, h("fieldset", {}, h("legend", {}, asked.question), h("div", { class: "sc" }, ...buttons)), says);
  if (asked.score !== null) box.append(h("p", { role: "status" }, words.thanks));
  if (asked.score !== null && !asked.comment) box.append(comment(words, (said) => void give(asked.score ?? 0, said)));
  return box;
}

function comment(words: Words, give: (said: string) => void): HTMLElement {
  const text = h("textarea", { id: "f-comment", class: "i", maxlength: 2000 });
  const form = h("form", { novalidate: true }, h("div", {}, h("label", { for: "f-comment" }, words.comment), text), h("div", { class: "row" }, h("button", { class: "v", type: "submit" }, words.send)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim()) give(text.value.trim());
  });
  return form;
}
