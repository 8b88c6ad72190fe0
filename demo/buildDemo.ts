import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { readStoredSound } from "../src/audio/storedSound.ts";
import { bundleClient } from "../src/remote/bundleClient.ts";
import { openCatalogue } from "../src/render/openCatalogue.ts";
import { packPackets } from "./packetFile.ts";
import { renderSounds } from "./renderSounds.ts";
import { SCENES, type Scene } from "./scenes.ts";

const CLIENT = resolve(import.meta.dirname, "client");
const ICON = resolve(import.meta.dirname, "../src/rehearsal/icon.svg");

/** What the first scene may cost a visitor, in bytes as the files are. */
export const MOST_FIRST_BYTES = 6_000_000;
/** The length of each loop. */
export const LOOP_SECONDS = 120;

/** What was written, in bytes. */
export interface BuiltDemo {
  readonly first: number;
  readonly total: number;
  readonly files: number;
}

const manifest = {
  name: "Lull",
  short_name: "Lull",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#0e111c",
  theme_color: "#0e111c",
  icons: [
    { src: "icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
    { src: "icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
  ],
};

/** The icon as launchers want it. @param full without round corners, which they cut themselves */
const icon = (size: number, full = false): Promise<Buffer> => {
  const svg = readFileSync(ICON, "utf8");
  return sharp(Buffer.from(full ? svg.replace('rx="32"', 'rx="0"') : svg), { density: (72 * size) / 64 })
    .resize(size)
    .png({ compressionLevel: 9 })
    .toBuffer();
};

/** The packets of every sound of the scenes, under names that change with them. */
const soundFiles = async (scenes: readonly Scene[], seconds: number) => {
  const ids = [...new Set(scenes.flatMap(({ layers }) => layers.map(({ id }) => id)))];
  const rendered = await renderSounds(ids, seconds);
  return new Map(
    rendered.map(({ path }, index) => {
      const body = Buffer.from(packPackets(readStoredSound(path).packets));
      const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
      return [ids[index]!, { name: `sounds/${ids[index]}-${hash}.packets`, body }] as const;
    }),
  );
};

/**
 * Builds the demo: files for any static host, below any path.
 * @param out is replaced
 * @param options shorter loops and fewer scenes are for tests
 * @throws Error when the first scene costs more than {@link MOST_FIRST_BYTES}
 */
export const buildDemo = async (
  out: string,
  { scenes = SCENES, seconds = LOOP_SECONDS }: { readonly scenes?: readonly Scene[]; readonly seconds?: number } = {},
): Promise<BuiltDemo> => {
  const [catalogue, sounds] = [openCatalogue(), await soundFiles(scenes, seconds)];
  const listed = scenes.map(({ layers, ...scene }) => ({
    ...scene,
    layers: layers.map((layer) => ({
      ...layer,
      title: catalogue.find(layer.id)?.title,
      url: sounds.get(layer.id)!.name,
    })),
  }));
  const files = new Map<string, Buffer>([
    ["index.html", readFileSync(join(CLIENT, "index.html"))],
    ...(await bundleClient(CLIENT, ["page.ts", "page.css", "mixWorker.ts", "visualWorker.ts", "outputWorklet.ts"])),
    ["scenes.json", Buffer.from(JSON.stringify(listed))],
    ["manifest.webmanifest", Buffer.from(JSON.stringify(manifest))],
    ["icon.svg", readFileSync(ICON)],
    ["icon-192.png", await icon(192)],
    ["icon-512.png", await icon(512)],
    ["icon-maskable.png", await icon(512, true)],
  ]);
  const ofFirst = new Set<string>(scenes[0]!.layers.map(({ id }) => sounds.get(id)!.name));
  for (const { name, body } of sounds.values()) files.set(name, body);
  const names = ["", ...files.keys()];
  const first = names.filter((name) => !name.startsWith("sounds/") || ofFirst.has(name));
  const hash = createHash("sha256");
  for (const [name, body] of files) hash.update(name).update(body);
  const define = {
    FIRST: JSON.stringify(first),
    ALL: JSON.stringify(names),
    VERSION: JSON.stringify(hash.digest("hex").slice(0, 12)),
  };
  for (const [name, body] of await bundleClient(CLIENT, ["sw.ts"], define)) files.set(name, body);

  const sizeOf = (list: Iterable<string>) => [...list].reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0);
  const built = { first: sizeOf([...first, "sw.js"]), total: sizeOf(files.keys()), files: files.size };
  if (built.first > MOST_FIRST_BYTES) throw new Error(`The first scene costs ${built.first} bytes`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "sounds"), { recursive: true });
  for (const [name, body] of files) writeFileSync(join(out, name), body);
  return built;
};
