import { readdirSync, rmSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { constants, setPriority } from "node:os";
import { basename, dirname, join } from "node:path";
import { sourcesOf } from "./strippedCode.ts";
import { writeFileAtomic } from "./writeFileAtomic.ts";

// Nobody waits for it.
setPriority(constants.priority.PRIORITY_LOW);

const { STRIP_SCRIPT: script = "", STRIP_INTO: path = "" } = process.env;
const code = [...sourcesOf(new URL(script))].map(([url, text]) => [url, stripTypeScriptTypes(text)]);
writeFileAtomic(path, [Buffer.from(JSON.stringify(code))]);
// Of the same script's earlier sources. A process that still looks for them does without.
const name = basename(path).replace(/-[0-9a-f]+\.json$/, "");
for (const other of readdirSync(dirname(path)))
  if (other !== basename(path) && other.replace(/-[0-9a-f]+\.json$/, "") === name)
    rmSync(join(dirname(path), other), { force: true });
process.exit();
