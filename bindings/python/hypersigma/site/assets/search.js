// The search of the index page: filters, free text over titles, ids and
// indicators, results a screen at a time, keys. All text goes in as text.
"use strict";
(() => {
  const index = window.hypersigmaIndex;
  const form = document.querySelector("[data-search]");
  if (!index || !form) return;

  const TABLES = ["product", "category", "service", "level", "status", "source"];
  const NAMES = [...TABLES, "tactic", "field"];
  const LEVELS = ["critical", "high", "medium", "low", "informational"];
  const KINDS = {
    match: "contains", keyword: "contains", starts_with: "starts with",
    ends_with: "ends with", eq: "is", wildcard: "is like", regex: "matches",
    cidr: "is in", fieldref: "is the field", lt: "<", lte: "≤", gt: ">", gte: "≥",
  };
  const SCREEN = 60;
  const MIN_TEXT = 2; // a letter alone is in everything

  const query = document.getElementById("query");
  const list = document.querySelector("[data-list]");
  const results = document.querySelector("[data-results]");
  const count = document.querySelector("[data-count]");
  const more = document.querySelector("[data-more]");
  const reset = document.querySelector("[data-reset]");
  const active = document.querySelector("[data-active]");
  const filters = document.querySelector("[data-filters]");
  const manySources = index.tables.source.length > 1;

  const rules = index.rules.map((row, position) => ({
    position, key: row[0], title: row[1],
    lower: `${row[1]}\n${row[2] || row[0]}`.toLowerCase(),
    names: row.slice(3, 9), tactics: row[9], techniques: row[10], fields: row[11],
  }));
  rules.sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
  const byPosition = [];
  for (const rule of rules) byPosition[rule.position] = rule;

  // Values in lower case: made when first asked for.
  let values = null;
  const lowerValues = () => {
    if (values) return values;
    values = [];
    index.fields.forEach(([, rows], field) => {
      for (const row of rows) values.push([row[0].toLowerCase(), field, row]);
    });
    return values;
  };
  const positionsOf = (places) => {
    if (typeof places === "number") return [places];
    let at = 0;
    return places.map((step) => (at += step));
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // -- What is asked for, in the form and in the address ---------------------

  const fillForm = () => {
    for (const name of NAMES) {
      if (name === "field") continue;
      const select = form.elements[name];
      const table = index.tables[name];
      const uses = new Array(table.length).fill(0);
      for (const rule of rules) {
        const used = name === "tactic" ? rule.tactics
          : [rule.names[TABLES.indexOf(name)]];
        for (const at of used) uses[at] += 1;
      }
      const order = table.map((_, at) => at).filter((at) => table[at] && uses[at]);
      if (name === "level") {
        order.sort((a, b) => LEVELS.indexOf(table[a]) - LEVELS.indexOf(table[b]));
      } else if (name !== "tactic") {
        order.sort((a, b) => (table[a] < table[b] ? -1 : 1));
      }
      for (const at of order) {
        const label = name === "tactic" ? index.tacticNames[at] || table[at] : table[at];
        const option = element("option", "", `${label} (${uses[at]})`);
        option.value = table[at];
        select.append(option);
      }
      if (name === "source" && !manySources) select.parentElement.hidden = true;
    }
    const names = document.getElementById("field-names");
    for (const [name] of index.fields) {
      if (!name) continue;
      const option = element("option");
      option.value = name;
      names.append(option);
    }
  };

  let technique = "";

  const readAddress = () => {
    const hash = location.hash.slice(1);
    const asked = new URLSearchParams(hash === "find" ? "" : hash);
    query.value = asked.get("q") || "";
    technique = asked.get("technique") || "";
    for (const name of NAMES) {
      form.elements[name].value = asked.get(name) || "";
    }
    if (hash === "find") query.focus();
  };

  const writeAddress = () => {
    const asked = new URLSearchParams();
    if (query.value.trim()) asked.set("q", query.value.trim());
    for (const name of NAMES) {
      if (form.elements[name].value) asked.set(name, form.elements[name].value);
    }
    if (technique) asked.set("technique", technique);
    const text = asked.toString();
    history.replaceState(null, "", text ? `#${text}` : location.pathname);
  };

  // -- Finding ---------------------------------------------------------------

  const makeFilter = () => {
    const tests = [];
    for (const name of NAMES) {
      const value = form.elements[name].value.trim();
      if (!value) continue;
      if (name === "field") {
        const lower = value.toLowerCase();
        const exact = index.fields.findIndex(([field]) => field === value);
        const wanted = new Set();
        index.fields.forEach(([field], at) => {
          if (exact < 0 ? field.toLowerCase().includes(lower) : at === exact) wanted.add(at);
        });
        tests.push((rule) => rule.fields.some((at) => wanted.has(at)));
      } else if (name === "tactic") {
        const at = index.tables.tactic.indexOf(value);
        tests.push((rule) => rule.tactics.includes(at));
      } else {
        const at = index.tables[name].indexOf(value);
        const place = TABLES.indexOf(name);
        tests.push((rule) => rule.names[place] === at);
      }
    }
    if (technique) {
      // With the sub-techniques of a technique.
      const wanted = new Set();
      index.tables.technique.forEach((name, at) => {
        if (name === technique || name.startsWith(`${technique}.`)) wanted.add(at);
      });
      tests.push((rule) => rule.techniques.some((at) => wanted.has(at)));
    }
    return tests;
  };

  // Rules by the first indicator that holds the text.
  const findValues = (text) => {
    const found = new Map();
    for (const [lower, field, row] of lowerValues()) {
      if (!lower.includes(text)) continue;
      for (const at of positionsOf(row[2])) {
        if (!found.has(at)) found.set(at, { field, row });
      }
    }
    return found;
  };

  const find = () => {
    const tests = makeFilter();
    const kept = rules.filter((rule) => tests.every((test) => test(rule)));
    const text = query.value.trim().toLowerCase();
    if (text.length < MIN_TEXT) return kept.map((rule) => ({ rule }));
    // All words in the title, or the whole text in a value.
    const words = text.split(/\s+/);
    const inValues = findValues(text);
    const inTitles = [];
    const others = [];
    for (const rule of kept) {
      if (words.every((word) => rule.lower.includes(word))) inTitles.push({ rule });
      else if (inValues.has(rule.position)) others.push({ rule, by: inValues.get(rule.position) });
    }
    return [...inTitles, ...others];
  };

  // -- Showing ---------------------------------------------------------------

  let found = [];
  let shown = 0;
  let timer = 0;

  // Appends text with what was searched for in <mark>.
  const appendMarked = (parent, text, words) => {
    const lower = text.toLowerCase();
    let at = 0;
    // Folding may change lengths; then nothing is marked.
    while (lower.length === text.length && at < text.length) {
      let begin = -1;
      let length = 0;
      for (const word of words) {
        const next = lower.indexOf(word, at);
        if (next >= 0 && (begin < 0 || next < begin)) [begin, length] = [next, word.length];
      }
      if (begin < 0) break;
      parent.append(text.slice(at, begin), element("mark", "", text.slice(begin, begin + length)));
      at = begin + length;
    }
    parent.append(text.slice(at));
  };

  const makeRow = ({ rule, by }, text) => {
    const row = element("li");
    const level = index.tables.level[rule.names[3]];
    const known = LEVELS.includes(level) ? level : "none";
    row.append(element("span", `level level-${known}`, level || "no level"));
    const link = element("a");
    link.href = `rules/${rule.key}.html`;
    const title = element("bdi");
    appendMarked(title, rule.title, text ? text.split(/\s+/) : []);
    link.append(title);
    row.append(link);
    const where = TABLES.slice(0, 3)
      .map((name, place) => index.tables[name][rule.names[place]])
      .filter((name) => name).join(" / ");
    row.append(element("span", "where", where || "any log source"));
    if (manySources) {
      row.append(element("span", "from", index.tables.source[rule.names[5]] || "unlabelled"));
    }
    if (by) {
      const line = element("span", "by-value");
      const kind = index.kinds[by.row[1]];
      line.append(
        element("span", "field", index.fields[by.field][0] || "any field"), " ",
        element("span", "test", KINDS[kind] || kind), " ");
      const value = element("code", "value");
      appendMarked(value, by.row[0], [text]);
      line.append(value);
      row.append(line);
    }
    return row;
  };

  const showMore = () => {
    const text = query.value.trim().toLowerCase();
    const rows = found.slice(shown, shown + SCREEN)
      .map((one) => makeRow(one, text.length < MIN_TEXT ? "" : text));
    list.append(...rows);
    shown += rows.length;
    more.hidden = shown >= found.length;
    return rows[0];
  };

  const update = () => {
    found = find();
    shown = 0;
    list.replaceChildren();
    const used = NAMES.filter((name) => form.elements[name].value).length;
    active.textContent = used ? `(${used})` : "";
    reset.hidden = !used && !technique && !query.value;
    const all = found.length === rules.length ? "" : ` of ${rules.length.toLocaleString("en")}`;
    const tail = technique ? ` for ${technique}` : "";
    count.textContent = found.length
      ? `${found.length.toLocaleString("en")}${all} rules${tail}`
      : "No rule looks like that";
    showMore();
  };

  const clear = () => {
    query.value = "";
    technique = "";
    for (const name of NAMES) form.elements[name].value = "";
    writeAddress();
    update();
  };

  // -- Keys ------------------------------------------------------------------

  const links = () => [...list.querySelectorAll("a")];

  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (at < 0 && (document.activeElement !== query || step < 0)) return;
    event.preventDefault();
    if (at + step < 0) query.focus();
    else if (at + step < all.length) all[at + step].focus();
    else if (!more.hidden) showMore().querySelector("a").focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.contains(document.activeElement)) query.focus();
      else if (query.value || document.activeElement === query) {
        event.preventDefault();
        if (query.value) {
          query.value = "";
          writeAddress();
          update();
        } else query.blur();
      }
      return;
    }
    move(event);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    writeAddress();
    update();
    const first = links()[0];
    if (first && query.value.trim()) first.click();
  });

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      writeAddress();
      update();
    }, 60);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  reset.addEventListener("click", () => {
    clear();
    query.focus();
  });
  more.querySelector("button").addEventListener("click", () => showMore().querySelector("a").focus());
  window.addEventListener("hashchange", () => {
    readAddress();
    update();
  });

  fillForm();
  readAddress();
  if (matchMedia("(max-width: 720px)").matches) filters.open = false;
  update();
  form.hidden = false;
  results.hidden = false;
  if (location.hash === "#find") query.focus();
})();
