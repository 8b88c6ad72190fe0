import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildDemo } from "./buildDemo.ts";

/** `npm run demo`: writes the demo into `site/`, and says how large it is. */
const { out } = parseArgs({ options: { out: { type: "string", default: "site" } } }).values;
const folder = resolve(import.meta.dirname, "..", out);
const { first, total, files } = await buildDemo(folder);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
process.stdout.write(`${out}: ${files} files, ${megabytes(total)}; the first scene costs ${megabytes(first)}.\n`);
