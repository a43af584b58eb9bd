// "Attach" tells which passage, and where the cursor stands in the letter.
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-attach]');
  const box = document.querySelector('#draft-body textarea');
  if (!button || !box) return;
  trigger('click', {passage: button.dataset.passage, sentence: Number(button.dataset.sentence), at: box.selectionStart});
});
