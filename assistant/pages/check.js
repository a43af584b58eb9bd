// "Copy to say it": copies the short wording beside the button and says that it did. Without scripts the wording can be selected by hand.
for (const button of document.querySelectorAll("button[data-say]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const words = document.getElementById(button.dataset.say).textContent;
    const told = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(words);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "It could not be copied; select the words above.";
    }
  });
}
// What takes a moment says so, once.
for (const form of document.querySelectorAll("form[data-wait]")) {
  form.addEventListener("submit", () => {
    form.querySelector("[role=status]").textContent = form.dataset.wait;
  });
}
