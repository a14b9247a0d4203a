"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);

  /* light or dark */
  const theme = one(".theme");
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  const keep = (value) => { try { return value ? localStorage.setItem("pmlint-theme", value) : localStorage.getItem("pmlint-theme"); } catch { return null; } };
  if (keep()) root.dataset.theme = keep();
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; keep(root.dataset.theme); name(); });
  theme.hidden = false;
  name();

  const form = one("#filters");
  if (!form) return;

  /* what there is to filter */
  const told = new Map([...form.elements.rule.options].map((option) => [option.value, option.dataset]));
  const findings = all(".finding").map((element) => {
    const doc = element.closest(".doc");
    const rule = one(".rule", element).textContent;
    const reference = one(`.paper a[href="#${element.id}"]`, doc);
    const level = ["error", "warning", "info"].find((name) => element.classList.contains(name));
    element.tabIndex = -1;
    if (reference) reference.ariaLabel = `finding ${reference.textContent}, ${level}`;
    return { element, doc, rule, reference, level, words: null, shown: true, ...told.get(rule), ...element.dataset };
  });
  const byId = new Map(findings.map((each) => [each.element.id, each]));
  const docs = all(".doc");
  const marks = all("mark");
  const owners = (mark) => mark.dataset.f.split(" ").map((number) => byId.get(`${mark.closest(".doc").id}-f${number}`));
  const total = findings.length;
  const counted = (number) => (number === 1 ? "1 finding" : `${number} findings`);

  const apply = () => {
    const asked = new FormData(form);
    const levels = new Set(asked.getAll("level"));
    const words = asked.get("words").toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = (key) => asked.get(key) || "";
    let number = 0;
    for (const each of findings) {
      if (words.length && each.words === null) each.words = `${each.element.textContent} ${each.doc.dataset.path}`.toLowerCase();
      each.shown = levels.has(each.level)
        && ["rule", "family", "confidence"].every((key) => !narrowed(key) || narrowed(key) === each[key])
        && (!narrowed("document") || narrowed("document") === each.doc.id)
        && words.every((word) => each.words.includes(word));
      each.element.hidden = !each.shown;
      if (each.reference) each.reference.hidden = !each.shown;
      number += each.shown;
    }
    const filtered = number < total || Boolean(narrowed("document"));
    for (const mark of marks) mark.classList.toggle("off", !owners(mark).some((each) => each && each.shown));
    const left = new Map(docs.map((doc) => [doc, { error: 0, warning: 0, info: 0, all: 0 }]));
    for (const each of findings) if (each.shown) { left.get(each.doc)[each.level] += 1; left.get(each.doc).all += 1; }
    for (const doc of docs) {
      const found = left.get(doc);
      doc.hidden = filtered && found.all === 0 && narrowed("document") !== doc.id;
      for (const level of ["error", "warning", "info"]) {
        const cell = one(`.counts > .${level}`, doc);
        if (!cell) continue;
        one("b", cell).textContent = found[level];
        cell.classList.toggle("none", found[level] === 0);
      }
    }
    one("output", form).textContent = filtered ? `${number} of ${counted(total)}` : counted(total);
    one("button[type=reset]", form).hidden = !filtered && !words.length;
    one(".nothing").hidden = number > 0 || total === 0;
    return left;
  };

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
  form.elements.words.addEventListener("input", soon);
  form.addEventListener("change", (event) => {
    if (event.target.name === "family") narrowRules();
    apply();
    if (event.target.name === "document" && event.target.value) one(`#${event.target.value}`).open = true;
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  form.addEventListener("reset", () => setTimeout(() => { narrowRules(); apply(); }));
  const narrowRules = () => {
    const family = form.elements.family.value;
    for (const option of form.elements.rule.options) {
      const out = Boolean(family && option.value && option.dataset.family !== family);
      option.hidden = option.disabled = out;
      if (out && option.selected) form.elements.rule.value = "";
    }
  };
  for (const link of all("[data-only]")) link.addEventListener("click", (event) => {
    event.preventDefault();
    form.elements.family.value = "";
    narrowRules();
    form.elements.rule.value = link.dataset.only;
    apply();
    form.scrollIntoView();
  });
  form.parentElement.hidden = false;

  /* the order of the documents, and all of them at once */
  const list = one(".docs");
  const order = one("#order");
  if (order) {
    const original = [...docs];
    const score = (doc) => (doc.dataset.score === "" ? 101 : Number(doc.dataset.score));
    const number = (doc, selector) => all(selector, doc).length;
    const orders = {
      path: () => 0,
      score: (a, b) => score(a) - score(b),
      errors: (a, b) => number(b, ".finding.error") - number(a, ".finding.error") || number(b, ".finding") - number(a, ".finding"),
    };
    order.addEventListener("change", () => list.append(...[...original].sort(orders[order.value])));
    const open = one("#open");
    open.addEventListener("click", () => {
      const shown = docs.filter((doc) => !doc.hidden);
      const unfold = shown.some((doc) => !doc.open);
      for (const doc of shown) doc.open = unfold;
    });
    for (const element of all(".heading [hidden]")) element.hidden = false;
  }

  /* from a finding to its line and back */
  const wide = matchMedia("(min-width: 64.01rem)");
  let current = null;
  const show = (finding) => {
    for (const each of all(".on")) each.classList.remove("on");
    if (current) current.element.removeAttribute("aria-current");
    current = finding;
    if (!finding) return;
    finding.element.classList.add("on");
    finding.element.setAttribute("aria-current", "true");
    const paper = one(".paper", finding.doc);
    if (!paper) return;
    const number = finding.element.id.split("-f")[1];
    for (const mark of all("mark", paper)) mark.classList.toggle("on", mark.dataset.f.split(" ").includes(number));
    const line = finding.reference && finding.reference.closest("p");
    if (line) line.classList.add("on");
    if (finding.reference) finding.reference.classList.add("on");
    if (line && wide.matches) within(paper, line);
  };
  const within = (paper, line) => {
    const offset = line.getBoundingClientRect().top - paper.getBoundingClientRect().top;
    if (offset < 40 || offset > paper.clientHeight - 80) paper.scrollTop += offset - paper.clientHeight / 3;
  };
  const go = (finding) => {
    finding.doc.open = true;
    show(finding);
    finding.element.focus({ preventScroll: true });
    finding.element.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const to = event.target.closest("a[href^='#']");
    const mark = event.target.closest("mark");
    const inside = event.target.closest(".finding");
    if (to && byId.has(to.hash.slice(1))) {
      event.preventDefault();
      history.replaceState(null, "", to.hash);
      go(byId.get(to.hash.slice(1)));
    } else if (to && to.matches(".finding a.at") && wide.matches) {
      event.preventDefault();
      history.replaceState(null, "", to.hash);
      show(byId.get(inside.id));
      const line = one(to.hash);
      for (const each of all(".paper p.on", inside.closest(".doc"))) each.classList.remove("on");
      line.classList.add("on");
      within(line.closest(".paper"), line);
    } else if (to) {
      reveal(to.hash);
    } else if (mark && !mark.matches(".off")) {
      go(owners(mark).filter((each) => each && each.shown).at(-1));
    } else if (inside && !getSelection().toString()) {
      show(byId.get(inside.id));
      inside.focus({ preventScroll: true });
    }
  });
  document.addEventListener("keydown", (event) => {
    const inside = document.activeElement && document.activeElement.closest(".finding");
    if (!inside || event.ctrlKey || event.metaKey || event.altKey || !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    const shown = findings.filter((each) => each.shown && each.doc.open).sort((a, b) => a.element.compareDocumentPosition(b.element) & 2 ? 1 : -1);
    const step = event.key === "j" || event.key === "ArrowDown" ? 1 : -1;
    const next = shown[shown.findIndex((each) => each.element === inside) + step];
    event.preventDefault();
    if (next) go(next);
  });
  const reveal = (hash) => {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    const folded = target.closest("details");
    if (folded) folded.open = true;
    if (byId.has(target.id)) go(byId.get(target.id));
  };
  addEventListener("hashchange", () => reveal(location.hash));
  apply();
  reveal(location.hash);
})();
