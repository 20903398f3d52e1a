/** Passkeys: forms whose credential the browser makes or proves; errors stand beside the button. */

import { each, say } from "./page";

type Options = { publicKey: Record<string, unknown> };

export function watchPasskeys(): void {
  each<HTMLElement>("[data-passkey-here]", (note) => {
    if (!isPossible()) note.textContent = note.dataset.passkeyHere ?? "";
  });
  each<HTMLFormElement>("form[data-passkey]", (form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void prove(form);
    });
  });
}

/** A passkey belongs to the name of a host: addresses of numbers have none. */
function isPossible(): boolean {
  const isNumber = /^[\d.]+$|^\[/.test(location.hostname);
  return window.isSecureContext && "PublicKeyCredential" in window && !isNumber;
}

async function prove(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const field = form.querySelector<HTMLInputElement>("input[name=credential]");
  const error = form.querySelector<HTMLElement>("[data-passkey-error]");
  if (!button || !field || !error) return;
  error.hidden = true;
  button.disabled = true;
  try {
    if (!isPossible()) throw new Error("no passkeys here");
    field.value = JSON.stringify(written(await credential(form)));
    form.submit();
  } catch (fault) {
    const wasRefused = fault instanceof DOMException && fault.name === "NotAllowedError";
    const known = fault instanceof DOMException && fault.name === "InvalidStateError";
    error.textContent = wasRefused
      ? say("Nothing was chosen. Try again when you are ready.")
      : known
        ? say("This device is known already.")
        : say("Passkeys do not work here. They need a secure address with a name.");
    error.hidden = false;
    button.disabled = false;
  }
}

async function credential(form: HTMLFormElement): Promise<PublicKeyCredential> {
  const { publicKey } = await asked(form);
  const made =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: toCreate(publicKey, isAlone(form)) })
      : await navigator.credentials.get({ publicKey: toGet(publicKey) });
  if (!(made instanceof PublicKeyCredential)) throw new DOMException("nothing chosen", "NotAllowedError");
  return made;
}

/** What the desk asks: in the page, or fetched when a sign-in begins. */
async function asked(form: HTMLFormElement): Promise<Options> {
  const block = document.getElementById(form.dataset.passkeyOptions ?? "");
  if (block) return JSON.parse(block.textContent ?? "") as Options;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return ((await answer.json()) as { request_options: Options }).request_options;
}

function isAlone(form: HTMLFormElement): boolean {
  return form.querySelector<HTMLInputElement>("input[name=passwordless]")?.checked ?? false;
}

function toCreate(options: Record<string, unknown>, alone: boolean): PublicKeyCredentialCreationOptions {
  const user = options.user as { id: string; name: string; displayName: string };
  const selection = options.authenticatorSelection as AuthenticatorSelectionCriteria;
  return {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: bytes(options.challenge as string),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: described(options.excludeCredentials),
    authenticatorSelection: {
      ...selection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    },
  };
}

function toGet(options: Record<string, unknown>): PublicKeyCredentialRequestOptions {
  return {
    ...(options as unknown as PublicKeyCredentialRequestOptions),
    challenge: bytes(options.challenge as string),
    allowCredentials: described(options.allowCredentials),
  };
}

function described(given: unknown): PublicKeyCredentialDescriptor[] {
  const list = (given ?? []) as { id: string; type: "public-key"; transports?: AuthenticatorTransport[] }[];
  return list.map((each) => ({ ...each, id: bytes(each.id) }));
}

/** The credential in the JSON form of the standard. Source: W3C Web Authentication 3, 5.1.8. */
function written(made: PublicKeyCredential): Record<string, unknown> {
  const answer = made.response;
  const response: Record<string, unknown> = { clientDataJSON: text(answer.clientDataJSON) };
  if (answer instanceof AuthenticatorAttestationResponse) {
    response.attestationObject = text(answer.attestationObject);
    response.transports = answer.getTransports();
  } else if (answer instanceof AuthenticatorAssertionResponse) {
    response.authenticatorData = text(answer.authenticatorData);
    response.signature = text(answer.signature);
    response.userHandle = answer.userHandle ? text(answer.userHandle) : null;
  }
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response,
    clientExtensionResults: made.getClientExtensionResults(),
    authenticatorAttachment: made.authenticatorAttachment,
  };
}

/** What came back from a company's sign-in is sent on at once; without a script there is the button. */
export function watchReturning(): void {
  document.querySelector<HTMLFormElement>("form[data-goes-on]")?.requestSubmit();
}

function bytes(given: string): ArrayBuffer {
  const plain = atob(given.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(given: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(given));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
