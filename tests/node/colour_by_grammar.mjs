// Colours policies by a TextMate grammar with the library that editors use.
// node colour_by_grammar.mjs GRAMMAR POLICY…  prints for each policy [line, start, end, scope] of each run.
import { createRequire } from "node:module";
import fs from "node:fs";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");
const [grammarPath, ...policies] = process.argv.slice(2);
await oniguruma.loadWASM(fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")).buffer);
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(grammarPath, "utf8"), grammarPath),
});
const grammar = await registry.loadGrammar("source.sespms");
const found = policies.map((policy) => {
  const runs = [];
  let state = textmate.INITIAL;
  fs.readFileSync(policy, "utf8").split("\n").forEach((line, number) => {
    const made = grammar.tokenizeLine(line, state);
    state = made.ruleStack;
    for (const token of made.tokens) runs.push([number, token.startIndex, token.endIndex, token.scopes.at(-1)]);
  });
  return runs;
});
process.stdout.write(JSON.stringify(found));
