/** Passwords can be looked at while they are typed. */

import { each, say } from "./page";

export function watchPasswords(): void {
  each<HTMLInputElement>(".field input[type=password]", (field) => {
    const frame = document.createElement("span");
    frame.className = "reveal";
    field.replaceWith(frame);
    const button = document.createElement("button");
    button.type = "button";
    const show = (visible: boolean): void => {
      field.type = visible ? "text" : "password";
      button.textContent = visible ? say("Hide") : say("Show");
      button.ariaLabel = visible ? say("Hide the password") : say("Show the password");
    };
    button.addEventListener("click", () => show(field.type === "password"));
    field.form?.addEventListener("submit", () => show(false));
    frame.append(field, button);
    show(false);
    if (field.autofocus) field.focus();
  });
}
