"use strict";
// Works the level out again from the code on this page, in whole numbers and fractions of them alone.
(function () {
  function gcd(a, b) { while (b) { [a, b] = [b, a % b]; } return a < 0n ? -a : a; }
  function fraction(top, bottom) {
    if (bottom < 0n) { top = -top; bottom = -bottom; }
    const common = gcd(top, bottom) || 1n;
    return [top / common, bottom / common];
  }
  function read(text) {
    const [top, bottom] = text.split("/"), [whole, rest] = (top + ".").split(".");
    return fraction(BigInt(whole + rest), BigInt(bottom || "1") * 10n ** BigInt(rest.length));
  }
  function plus(a, b) { return fraction(a[0] * b[1] + b[0] * a[1], a[1] * b[1]); }
  function times(a, b) { return fraction(a[0] * b[0], a[1] * b[1]); }
  function less(a, b) { return a[0] * b[1] < b[0] * a[1]; }
  function same(a, b) { return a[0] === b[0] && a[1] === b[1]; }

  function exact(number) {
    const top = number[0], bottom = number[1], least = top < 0n ? "-" : "";
    let rest = bottom, places = 0;
    [2n, 5n].forEach(function (prime) {
      let power = 0;
      while (rest % prime === 0n) { rest /= prime; power += 1; }
      places = Math.max(places, power);
    });
    if (rest !== 1n) { return top + "/" + bottom; }
    const digits = String((least ? -top : top) * 10n ** BigInt(places) / bottom).padStart(places + 1, "0");
    return least + (places ? digits.slice(0, -places) + "." + digits.slice(-places) : digits);
  }

  function passes(test, level) {
    if (test[0] === "at") { return level === test[1]; }
    if (test[0] === "below") { return level < test[1]; }
    if (test[0] === "at or better") { return level >= test[1]; }
    throw new Error("a test is not known");
  }
  function holds(when, plan, levels) {
    const asked = Object.keys(levels).filter(function (name) {
      if (Array.isArray(when.of)) { return when.of.includes(name); }
      return when.of === "element" || plan[name].critical === (when.of === "critical element");
    });
    const count = asked.filter(function (name) { return passes(when.test, levels[name]); }).length;
    if (when.kind === "every") { return count === asked.length; }
    if (when.kind === "majority") { return 2 * count > asked.length; }
    let number = read(String(count));
    if (when.kind === "share") {
      if (!asked.length) { throw new Error("a share of nothing"); }
      number = fraction(100n * BigInt(count), BigInt(asked.length));
    } else if (when.kind !== "number") { throw new Error("a condition is not known"); }
    const low = when.low === null || !less(number, read(String(when.low)));
    return low && (when.high === null || !less(read(String(when.high)), number));
  }
  function within(band, score) {
    const low = band[0] === null || less(read(band[0]), score) || (band[1] && same(read(band[0]), score));
    return low && (band[2] === null || less(score, read(band[2])) || (band[3] && same(score, read(band[2]))));
  }
  function rated(code) {
    const figures = code.figures, plan = figures.plans[0].elements, levels = {};
    let score = read(figures.plans[0].constant);
    code.appraisal.elements.forEach(function (each) {
      const element = plan[each.name], level = Number(each.rating);
      if (!element || !element.levels.includes(level)) { throw new Error("a rating is none of its levels"); }
      levels[each.name] = level;
      let factor = read(element.by_itself);
      if (each.weight !== null) { factor = plus(factor, times(read(element.weighted), read(each.weight))); }
      score = plus(score, times(read(figures.points[String(level)]), factor));
    });
    function given(lines) {
      return lines.filter(function (each) { return holds(each.when, plan, levels); })
        .map(function (each) { return each.level; });
    }
    let level;
    const over = given(figures.overrides);
    if (over.length) { level = Math.min(...over); } else {
      const fitting = figures.lines.filter(function (each) { return within(each.band, score); });
      if (!fitting.length || (figures.reads === "unique" && fitting.length > 1)) { throw new Error("no line fits"); }
      level = fitting[0].level;
    }
    return [score, Math.min(level, ...given(figures.caps))];
  }

  const place = document.getElementById("again");
  try {
    const code = JSON.parse(document.getElementById("code").textContent);
    if (!code.figures) { return; }
    const [score, level] = rated(code);
    const words = "score " + exact(score) + ", level " + level;
    const agrees = document.getElementById("told").textContent === words &&
      level === code.told.level && same(score, read(code.told.score));
    place.textContent = "This page worked it out again from the code below: " + words +
      (agrees ? ", as it says above." : ". That is not what it says above: this receipt was changed.");
    place.className = agrees ? "good" : "bad";
  } catch (fault) {
    place.textContent = "This page could not work the level out again: the code below was changed.";
    place.className = "bad";
  }
})();
