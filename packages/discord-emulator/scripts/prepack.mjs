// Before npm packs the package: JavaScript and declarations into dist, the page bundled, and package.json pointing there.
// Node does not strip types inside node_modules, so that what is published has to be JavaScript.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const manifest = join(root, "package.json");

rmSync(dist, { recursive: true, force: true });
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], {
  stdio: ["ignore", 2, 2],
});
if (status !== 0) process.exit(status ?? 1);

const { buildBundle } = await import(pathToFileURL(join(dist, "page", "bundle.js")).href);
const client = join(dist, "page", "client");
mkdirSync(client, { recursive: true });
for (const [name, body] of await buildBundle(join(root, "src", "page", "client")))
  writeFileSync(join(client, name), body);

// postpack.mjs puts the manifest of the repository back.
mkdirSync(join(root, ".pack"), { recursive: true });
copyFileSync(manifest, join(root, ".pack", "package.json"));
const { devDependencies: _, scripts: __, ...published } = JSON.parse(readFileSync(manifest, "utf8"));
const built = (source) => source.replace("./src/", "./dist/").replace(/\.ts$/, "");
published.bin = { [published.name]: `${built(published.bin[published.name])}.js` };
published.exports = Object.fromEntries(
  Object.entries(published.exports).map(([path, source]) => [
    path,
    { types: `${built(source)}.d.ts`, default: `${built(source)}.js` },
  ]),
);
writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
