// Dialogs: each promises what was entered, or null when it was closed.

function ask(id, values = {}) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  form.reset();
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = value ?? "";
  }
  return new Promise((resolve) => {
    let entered = null;
    form.onsubmit = (event) => {
      event.preventDefault();
      entered = Object.fromEntries(new FormData(form));
      dialog.close();
    };
    form.querySelector('[value="cancel"]').onclick = () => dialog.close();
    closeFromOutside(dialog);
    dialog.onclose = () => resolve(entered);
    dialog.showModal();
  });
}

// Beware of a short arrow here: a handler that returns false takes every button its meaning.
function closeFromOutside(dialog) {
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
}

export function askPerson(values, title) {
  document.getElementById("person-title").textContent = title;
  return ask("person-dialog", values);
}

export const askContact = () => ask("contact-dialog");

export function askFile(file) {
  const dialog = document.getElementById("file-dialog");
  const picture = /^image\/(png|jpeg|webp)$/.test(file.type);
  dialog.querySelector(".chosen").textContent = file.name;
  dialog.querySelector(".as-photo").hidden = !picture;
  dialog.querySelector("[name=photo]").defaultChecked = picture;
  return ask("file-dialog");
}

export function showAlert(text) {
  const dialog = document.getElementById("alert-dialog");
  dialog.querySelector("p").textContent = text;
  if (!dialog.open) dialog.showModal();
}

export function showPicture(url, text) {
  const viewer = document.getElementById("viewer");
  const image = viewer.querySelector("img");
  image.src = url;
  image.alt = text || "Picture";
  image.classList.remove("zoomed");
  image.onclick = () => image.classList.toggle("zoomed");
  closeFromOutside(viewer);
  viewer.showModal();
}
