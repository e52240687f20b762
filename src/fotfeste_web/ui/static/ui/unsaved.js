// Text that was not saved survives a lost connection and an ended session: docs/adr/0006. Pages work without this file.
// Encrypted in localStorage with a key that the server gives to the signed-in person and this page keeps in its memory.
(() => {
  const keyHref = document.currentScript?.dataset.key;
  if (!keyHref || !window.crypto?.subtle) return;
  const PREFIX = "fotfeste.utkast.";
  const LIVES = 24 * 60 * 60 * 1000;
  const PATIENCE = 8000; // as long as one waits for a phone that says it is connected
  const NOT_KEPT = ["csrfmiddlewaretoken", "form_key"];
  const IDENTITY = /(?<!\d)\d{6}\s?\d{5}(?!\d)/g;
  const bytes = (text) => new TextEncoder().encode(text);
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const fromText = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

  // What is stored: {at, sent, iv, text}. `sent` is the key of the form that it was last sent with: a random number.
  const stored = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const tidy = () => {
    const saved = document.cookie.match(/(?:^|; )fotfeste_lagret=([0-9a-f-]+)/)?.[1];
    for (const name of stored()) {
      const draft = read(name);
      if (!draft || !(Date.now() - draft.at < LIVES) || (saved && draft.sent === saved)) localStorage.removeItem(name);
    }
    if (saved) document.cookie = "fotfeste_lagret=; max-age=0; path=/; samesite=lax";
  };

  class SignedOut extends Error {}
  let person; // {secret, cipher, naming} of the one who opened this page
  const ask = async () => {
    const answer = await fetch(keyHref, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new SignedOut();
    return (await answer.json()).key;
  };
  const keys = async () => {
    if (person) return person;
    const secret = await ask();
    const base = await crypto.subtle.importKey("raw", fromText(secret), "HKDF", false, ["deriveKey"]);
    const derive = (use, kind, may) => crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(use) }, base, kind, false, may);
    person = {
      secret,
      cipher: await derive("text", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]),
      naming: await derive("names", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]),
    };
    return person;
  };

  const note = (form, color, text) => {
    form.querySelector(`[data-unsaved-note=${color}]`)?.remove(); // a warning leaves an offer where it is
    const alert = document.createElement("div");
    alert.className = "ds-alert";
    alert.dataset.color = color;
    alert.dataset.unsavedNote = color;
    alert.setAttribute("role", color === "info" ? "status" : "alert");
    alert.append(text);
    form.prepend(alert);
    return alert;
  };
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "ds-button";
    made.dataset.variant = "tertiary";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };
  const clock = (at) => {
    const then = new Date(at);
    const hour = `${String(then.getHours()).padStart(2, "0")}.${String(then.getMinutes()).padStart(2, "0")}`;
    return then.toDateString() === new Date().toDateString() ? `kl. ${hour}` : `i går kl. ${hour}`;
  };

  const keep = (form) => {
    const address = new URL(form.getAttribute("action") || location.href, location.href);
    // Two places: text that is written while older text waits for an answer is kept beside it.
    const places = ["", "#2"].map((place) => `${address.pathname}${address.search}${place}`);
    let place = 0;
    const isKept = (field) => field.name && !NOT_KEPT.includes(field.name)
      && !["password", "file", "submit", "button"].includes(field.type) && !field.matches("[data-not-kept]")
      && (field.type !== "hidden" || field.name === "version");
    const fields = () => [...form.elements].filter(isKept);
    const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
    const written = () => JSON.stringify(fields().filter((field) => !isChoice(field) || field.checked)
      .map((field) => [field.name, field.value.replace(IDENTITY, "…")]));
    const nameOf = async (address) => {
      const { naming } = await keys();
      return PREFIX + toText(await crypto.subtle.sign("HMAC", naming, bytes(address)));
    };
    const extra = (address, at) => bytes(`${address}\n${at}`);

    const store = async (sent) => {
      const text = written();
      if (text === latest && !sent) return; // nothing new: its day is counted from when it was written
      latest = text;
      const name = await nameOf(places[place]);
      if (text === begun && !sent) return localStorage.removeItem(name); // taken out again
      const at = Date.now();
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const hidden = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: extra(places[place], at) }, (await keys()).cipher, bytes(text));
      localStorage.setItem(name, JSON.stringify({ at, sent, iv: toText(iv), text: toText(hidden) }));
    };
    // One after the other, so that the last that was written is the last that is stored.
    let last = Promise.resolve();
    const storeInTurn = (sent) => (last = last.then(() => store(sent)).catch(() => {}));

    const open = async (address) => {
      const name = await nameOf(address);
      const draft = read(name);
      if (!draft) return null;
      try {
        const { cipher } = await keys();
        const how = { name: "AES-GCM", iv: fromText(draft.iv), additionalData: extra(address, draft.at) };
        const text = new TextDecoder().decode(await crypto.subtle.decrypt(how, cipher, fromText(draft.text)));
        return { name, at: draft.at, text };
      } catch {
        localStorage.removeItem(name); // of another key, or changed by somebody
        return null;
      }
    };
    const fill = (text) => {
      const values = JSON.parse(text);
      for (const field of fields()) {
        const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
        if (isChoice(field)) field.checked = mine.includes(field.value);
        else if (mine.length) field.value = mine[0];
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      form.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const offer = async () => {
      for (const [index, address] of places.entries()) {
        const draft = await open(address);
        if (!draft) continue;
        if (draft.text === written()) continue; // refused by the server, and shown again
        place = 1 - index;
        const line = note(form, "info", `Du har tekst som ikke ble lagret (${clock(draft.at)}). `);
        const settle = (taken) => async () => {
          line.remove();
          localStorage.removeItem(draft.name);
          if (taken) fill(draft.text);
          place = 0;
          await offer();
        };
        const answers = document.createElement("div");
        answers.className = "actions";
        answers.append(button("Hent den", settle(true)), button("Kast den", settle(false)));
        line.append(answers);
        return;
      }
    };

    const begun = written();
    let latest = begun;
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(storeInTurn, 300);
    });
    form.addEventListener("change", () => storeInTurn());
    // Now, while the server is there: what is typed after the connection is lost must be kept too.
    keys().then(offer).catch(() => {});

    // Before a form is sent: is the server there, and is it still the same person? If not, the page stays.
    let asking = false;
    let sure = false;
    window.addEventListener("pageshow", () => { asking = false; });
    form.addEventListener("submit", async (event) => {
      if (sure || event.defaultPrevented) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      clearTimeout(waiting);
      try {
        const { secret } = await keys();
        await storeInTurn(form.elements.form_key.value);
        if ((await ask()) !== secret) throw new SignedOut();
        sure = true;
        form.requestSubmit(event.submitter);
        sure = false;
        setTimeout(() => { asking = false; }, PATIENCE); // the connection may be lost just now; a double tap is not this
      } catch (fault) {
        asking = false;
        if (fault instanceof SignedOut) {
          const line = note(form, "warning", "Du er ikke lenger logget inn. Teksten er tatt vare på. ");
          const link = document.createElement("a");
          link.className = "ds-link";
          link.href = location.href;
          link.textContent = "Logg inn og gå videre";
          line.append(link);
        } else {
          note(form, "warning", "Ingen forbindelse. Ingenting er sendt, og teksten står her. Prøv igjen om litt.");
        }
        form.scrollIntoView({ block: "start" });
      }
    });
  };

  tidy();
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (!form.elements.form_key || form.querySelector("input[type=password]")) continue;
    if (form.matches("[data-unsaved]") || form.querySelector("textarea")) keep(form);
  }
})();
