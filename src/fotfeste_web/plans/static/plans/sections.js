// <form data-saves>: saved when a field of it is left, as its button would. Without this file the button does it.
(() => {
  const OWN = ["csrfmiddlewaretoken", "form_key", "version"];
  const written = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => !OWN.includes(name)));
  const forms = [...document.querySelectorAll("form[data-saves]")];
  const saved = new Map(forms.map((form) => [form, form.querySelector("[data-field=validation]") ? "" : written(form)]));
  let sent = false;

  const save = async (form) => {
    const now = written(form);
    if (sent || now === saved.get(form)) return;
    let answer = {};
    try {
      const options = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive: true };
      answer = await (await fetch(form.action, options)).json();
    } catch { /* no connection, or signed out: nothing was said, and nothing was saved */ }
    if (answer.version) {
      saved.set(form, now);
      form.elements.version.value = answer.version;
    }
    form.querySelector("[data-said]").textContent = answer.said ?? "Ikke lagret ennå. Prøv «Lagre».";
  };

  // One after the other, so that each knows the version that the one before it made.
  let last = Promise.resolve();
  for (const form of forms) form.addEventListener("change", () => { last = last.then(() => save(form)); });
  document.addEventListener("submit", () => { sent = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && forms.some((form) => written(form) !== saved.get(form))) event.preventDefault();
  });
})();
