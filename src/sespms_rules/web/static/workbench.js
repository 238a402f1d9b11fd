// What a page can do beyond reading and sending forms: go to a line, say that a text is not saved yet, and put what is
// typed into the form of a text where it stands there. Every change goes through the text area, so that it can be undone.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const text = document.getElementById("text");
  if (!link || !text) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line - 1].length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(line - 5, 0);
});

for (const each of document.querySelectorAll(".scripted")) each.hidden = false;

// A slider counts places; what a place means is worked out in whole numbers, as text, and put into the field beside it.
const exactly = (whole, places) => {
  const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, "0");
  const end = digits.length - places;
  const rest = digits.slice(end).replace(/0+$/, "");
  return `${whole < 0n ? "-" : ""}${digits.slice(0, end)}${rest ? `.${rest}` : ""}`;
};
const meaning = (slider) => BigInt(slider.dataset.first) + BigInt(slider.value) * BigInt(slider.dataset.step);
for (const slider of document.querySelectorAll("input[type=range][data-field]")) {
  const field = document.getElementById(slider.dataset.field);
  const places = Number(slider.dataset.places);
  slider.addEventListener("input", () => {
    field.value = exactly(meaning(slider), places);
    slider.setAttribute("aria-valuetext", field.value);
  });
  field.addEventListener("input", () => {
    const found = /^\s*(-?\d+)(?:\.(\d+))?\s*$/.exec(field.value);
    if (!found) return;
    const scaled = BigInt(found[1] + (found[2] ?? "").padEnd(places, "0").slice(0, places));
    const place = (scaled - BigInt(slider.dataset.first)) / BigInt(slider.dataset.step);
    const last = BigInt(slider.max);
    slider.value = String(place < 0n ? 0n : place > last ? last : place);
    slider.setAttribute("aria-valuetext", field.value);
  });
}

const saved = document.getElementById("saved");
const writing = document.getElementById("writing");
if (saved && writing) {
  let open = false;
  document.getElementById("text").addEventListener("input", () => {
    open = true;
    saved.textContent = "Not saved yet";
  });
  new MutationObserver(() => {
    if (saved.textContent.trim() === "Saved") open = false;
  }).observe(saved, { childList: true, subtree: true });
  writing.addEventListener("submit", () => { open = false; });
  window.addEventListener("beforeunload", (event) => { if (open) event.preventDefault(); });
}

// What is found is announced when it is another number, and not at each pause of the pen.
const findings = document.getElementById("findings");
const announced = document.getElementById("found-said");
if (findings && announced) {
  const headline = () => findings.querySelector("strong")?.textContent ?? "";
  let last = headline();
  new MutationObserver(() => {
    if (headline() === last) return;
    last = headline();
    announced.textContent = last;
  }).observe(findings, { childList: true, subtree: true });
}

const form = document.getElementById("form");
if (form && writing) {
  const text = document.getElementById("text");
  const told = document.getElementById("form-said");
  let filling = false;
  let pause = 0;
  let last = Promise.resolve();

  const put = (start, end, words) => {
    const back = document.activeElement;
    text.focus({ preventScroll: true });
    text.setSelectionRange(start, end);
    document.execCommand("insertText", false, words);
    if (back && back !== text && back !== document.body) back.focus({ preventScroll: true });
  };

  const post = (fields) =>
    fetch(writing.getAttribute("action"), { method: "POST", body: new URLSearchParams({ text: text.value, ...fields }) });

  const fill = async (blank) => {
    if (!blank.isConnected) return;
    const before = text.value;
    const found = await (await post({ do: "fill in", blank: blank.name, now: blank.value })).json();
    if (text.value !== before) return fill(blank);
    blank.toggleAttribute("aria-invalid", false);
    if (found.wrong) blank.setAttribute("aria-invalid", "true");
    told.textContent = found.wrong;
    if (!found.edit) return;
    filling = true;
    put(found.edit.start, found.edit.end, found.edit.words);
    filling = false;
    for (const each of blank.closest("li").querySelectorAll("[name^='field ']")) {
      const words = each.name.split(" ");  // field, part, sentence, place, mark, value
      words[4] = found.mark;
      each.name = words.join(" ");
    }
    blank.name = found.blank;
  };

  const anew = async () => {
    const open = [...form.querySelectorAll("details[open]")].map((each) => each.id).filter(Boolean);
    const found = await post({ do: "form" });
    if (!found.ok || form.contains(document.activeElement)) return;
    form.innerHTML = await found.text();
    for (const each of open) document.getElementById(each)?.setAttribute("open", "");
    told.textContent = "";
  };

  form.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("field ")) last = last.then(() => fill(event.target)).catch(() => {
      told.textContent = "The workbench does not answer; what is typed in the form is not in the text yet.";
    });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });
  text.addEventListener("input", () => {
    clearTimeout(pause);
    if (!filling) pause = setTimeout(anew, 600);
  });
  writing.addEventListener("formdata", (event) => {
    for (const name of [...event.formData.keys()]) if (name.startsWith("field ")) event.formData.delete(name);
  });
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-history]");
    const phrase = event.target.closest("[data-insert]");
    if (step) {
      // A browser takes back what was typed in the form too, a step at a time: go on until the text has changed.
      const before = text.value;
      text.focus({ preventScroll: true });
      for (let steps = 0; steps < 100 && text.value === before; steps += 1) {
        if (!document.execCommand(step.dataset.history)) break;
      }
      step.focus({ preventScroll: true });
    } else if (phrase) {
      const end = text.value.indexOf("\n", text.selectionEnd);
      const at = end < 0 ? text.value.length : end;
      put(at, at, `\n  ${phrase.dataset.insert}`);
    }
  });
}
