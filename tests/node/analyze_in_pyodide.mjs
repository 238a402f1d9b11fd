// Runs the analysis in Pyodide, as a browser would, and prints its document.
// node analyze_in_pyodide.mjs ROOT SITE_PACKAGES POLICY   (a path below ROOT)
import { createRequire } from "node:module";
import path from "node:path";
import { loadPyodide } from "pyodide";

const [root, packages, policy] = process.argv.slice(2);
const here = path.dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
const python = await loadPyodide({ indexURL: here + path.sep });
for (const [from, to] of [[root, "/root_of_project"], [packages, "/packages"]]) {
  python.FS.mkdirTree(to);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: from }, to);
}
python.globals.set("policy", policy);
process.stdout.write(
  await python.runPythonAsync(`
import json, os, shutil, sys
# Two libraries of plain Python, and nothing else of what is installed.
os.makedirs("/pure", exist_ok=True)
for name in ("lark", "interegular"):
    shutil.copytree(f"/packages/{name}", f"/pure/{name}")
sys.path[:0] = ["/root_of_project/src", "/pure"]
os.environ["SESPMS_CACHE"] = "/kept"
from pathlib import Path
from sespms_rules.authoring.analysis import analyzed
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.traversal import plain
from sespms_rules.language.resolution import FolderLibrary
text = Path("/root_of_project", policy).read_text(encoding="utf-8")
json.dumps(plain(analyzed(Source(policy, text), FolderLibrary())), sort_keys=True)
`),
);
