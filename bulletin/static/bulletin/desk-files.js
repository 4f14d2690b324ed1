// Files dropped on a form: one Word document becomes drafts where that is offered, anything
// else joins the supporting files. Both can be done with the file fields alone.
"use strict";

(() => {
  const reading = document.querySelector("[data-document]");
  const files = document.getElementById("files");
  if (!reading && !files) return;

  const holdsFiles = (event) => [...event.dataTransfer.types].includes("Files");
  const isWord = (file) => file.name.toLowerCase().endsWith(".docx");

  function give(field, dropped) {
    const all = new DataTransfer();
    if (field.multiple) [...field.files].forEach((file) => all.items.add(file));
    dropped.forEach((file) => all.items.add(file));
    field.files = all.files;
  }

  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    const dropped = [...event.dataTransfer.files];
    const onFiles = event.target.closest && event.target.closest(".files");
    if (reading && !onFiles && dropped.length === 1 && isWord(dropped[0])) {
      give(reading.querySelector("[type=file]"), dropped);
      reading.requestSubmit();
    } else if (files) {
      give(files, dropped);
      files.focus();
    }
  });
})();
