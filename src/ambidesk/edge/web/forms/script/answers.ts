/** Articles that may answer what is being typed: links under the field, opened beside the form. */

const PAUSE = 450;
const SHORTEST = 4;
const LONGEST = 300;

interface Answer {
  title: string;
  text: string;
  url: string;
}

/** 32 random bytes, in letters that addresses bear. */
function token(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** Within another site no cookie goes: who reads there is told apart by a name that the page draws. */
function reader(form: HTMLFormElement): string {
  const field = form.querySelector<HTMLInputElement>("[name=reader]");
  if (!field || new URL(form.action).origin === location.origin) return "";
  field.value ||= token();
  return `#reader=${field.value}&door=form`;
}

function link({ title, text, url }: Answer, form: HTMLFormElement): HTMLLIElement {
  const made = document.createElement("a");
  Object.assign(made, { href: url + reader(form), target: "_blank", rel: "noopener" });
  const says = Object.assign(document.createElement("span"), { textContent: text });
  const name = Object.assign(document.createElement("b"), { textContent: title });
  made.append(name, says);
  const item = document.createElement("li");
  item.append(made);
  return item;
}

export function suggest(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("[data-answers]");
  const field = form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const list = box?.querySelector("ul");
  const says = form.querySelector<HTMLElement>("[data-found]");
  if (!box || !field || !list || !says) return;
  let waiting = 0;
  let asked = "";
  const show = async (text: string): Promise<void> => {
    asked = text;
    const body = new URLSearchParams({ text, language: form.lang });
    const answer = await fetch(box.dataset["answers"] ?? "", { method: "POST", body, credentials: "omit" }).catch(() => undefined);
    const found = answer?.ok ? ((await answer.json()) as { answers: Answer[] }).answers : [];
    if (asked !== text || !found.length) return;
    list.replaceChildren(...found.map((each) => link(each, form)));
    box.hidden = false;
    says.textContent = `${says.dataset["found"]} ${found.length}`;
  };
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    const text = field.value.trim().slice(-LONGEST);
    if (text.length < SHORTEST) box.hidden = true;
    else if (text !== asked) waiting = window.setTimeout(() => void show(text), PAUSE);
  });
}
