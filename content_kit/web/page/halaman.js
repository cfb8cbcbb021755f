// The font must be there before the terminal measures its cells. Keys belong to the application at
// once, without a click first. The button opens it again after it was closed.
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
window.addEventListener("focus", toTerminal);
document.addEventListener("DOMContentLoaded", () => {
  new MutationObserver(toTerminal).observe(document.body, { attributeFilter: ["class"] });
  document.querySelector("#lagi").addEventListener("click", () => location.replace("/"));
});
