// The font must be there before the terminal measures its cells. Keys belong to the application at
// once, without a click first. The button opens it again after it was closed. A picture that the
// application opens is shown here, over the terminal, until a key or a click.
const start = window.onload;
window.onload = async (event) => {
  await Promise.allSettled([document.fonts.load('16px "Roboto Mono"')]);
  start(event);
};
const toTerminal = () => {
  if (document.body.classList.contains("-first-byte")) {
    document.querySelector(".xterm-helper-textarea").focus();
  }
};
const elsewhere = window.open.bind(window);
window.open = (address, ...rest) => {
  if (!String(address).startsWith("/gambar/")) {
    return elsewhere(address, ...rest);
  }
  const shown = document.querySelector("#gambar");
  shown.querySelector("img").src = `${address}?${Date.now()}`;
  shown.hidden = false;
  shown.focus();
  return null;
};
const closePicture = () => {
  const shown = document.querySelector("#gambar");
  if (!shown.hidden) {
    shown.hidden = true;
    shown.querySelector("img").removeAttribute("src");
    toTerminal();
  }
};
window.addEventListener("focus", toTerminal);
document.addEventListener("DOMContentLoaded", () => {
  new MutationObserver(toTerminal).observe(document.body, { attributeFilter: ["class"] });
  const shown = document.querySelector("#gambar");
  shown.addEventListener("click", closePicture);
  shown.addEventListener("keydown", (event) => {
    event.preventDefault();
    closePicture();
  });
  document.querySelector("#lagi").addEventListener("click", () => location.replace("/"));
});
