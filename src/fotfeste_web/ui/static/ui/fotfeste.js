// Makes what already works a little nicer. Every page works without this file.
(() => {
  // <a href="/own/page" data-dialog="id">: opens the dialog on the page instead of the page of its own.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-dialog]");
    const dialog = link && document.getElementById(link.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });

  // data-shown-when="name=value other=value": shown while one of the choices of its form is made.
  const showDependents = (root) => {
    for (const part of root.querySelectorAll("[data-shown-when]")) {
      const form = part.closest("form");
      const chosen = (pair) => {
        const [name, value] = pair.split("=");
        return form && new FormData(form).getAll(name).includes(value);
      };
      part.hidden = !part.dataset.shownWhen.split(" ").some(chosen);
    }
  };
  document.addEventListener("change", (event) => event.target.form && showDependents(event.target.form));
  document.addEventListener("htmx:load", (event) => showDependents(event.target));
  showDependents(document);

  // <form data-unsaved>: the browser asks before what was written, or written and refused, is left.
  let unsaved = document.querySelector("form[data-unsaved] .ds-error-summary") !== null;
  document.addEventListener("input", (event) => { unsaved ||= event.target.closest("form[data-unsaved]") !== null; });
  document.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // A form that is gone back to and sent again is the same form; written in anew it is another. No page is kept, so its
  // key would be new each time: its place in the history remembers the one that was sent.
  const key = document.querySelector("form[data-unsaved] [name=form_key]");
  if (key) {
    let fresh = key.value;
    const keep = (value) => { key.value = value; history.replaceState({ ...history.state, formKey: value }, ""); };
    keep(history.state?.formKey ?? fresh);
    key.form.addEventListener("input", () => keep(fresh));
    window.addEventListener("pageshow", (event) => { if (event.persisted) fresh = crypto.randomUUID(); });
  }

  // <button data-copy="id" data-copied="word" hidden>: copies the text of a field, and says so in its own place.
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = button.dataset.copied;
      } catch {
        field.focus(); // the text is selected: it can be copied by hand
      }
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // allauth says in an event only that a passkey failed; the person must be told too.
  document.addEventListener("allauth.error", () => {
    const alert = document.createElement("div");
    alert.className = "ds-alert";
    alert.dataset.color = "danger";
    alert.textContent = "Passnøkkelen ble ikke brukt. Prøv igjen, eller velg en annen måte.";
    document.getElementById("messages").replaceChildren(alert);
  });
})();
