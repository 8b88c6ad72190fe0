import { z } from "zod";
import { UserError } from "../kernel/errors.ts";
import { foldName, plainName } from "../kernel/names.ts";
import { GOALS, RISKS, TRIGGERS } from "./sound.ts";

/** The manifest in a pack. */
export const PACK_MANIFEST = "pack.json";
/** As many sounds as a server may add. */
export const MAX_PACK_SOUNDS = 200;

/** Licences under which a pack may be passed on. `own`: its authors made it, and allow it to be played and passed on. */
const PACK_LICENCES = ["CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "own"] as const;

const FILE = /^[\p{L}\p{N}][\p{L}\p{N} ()_.-]{0,99}\.[a-z0-9]{2,4}$/iu;

const text = z
  .string()
  .transform(plainName)
  .refine((shown) => shown !== "", "must not be empty");
const licence = z.enum(PACK_LICENCES);
const authors = z.array(text).min(1, "must name who made it").max(10);

const PackSound = z.strictObject({
  file: z.string().regex(FILE, "must be the name of a file of the pack, such as attic-rain.flac, without folders"),
  title: text,
  description: text.optional(),
  trigger: z.enum(TRIGGERS),
  goals: z.array(z.enum(GOALS)).min(1, "must name one goal or more, or be left out").optional(),
  intensity: z.int().min(1).max(5).optional(),
  flags: z.array(z.enum(RISKS)),
  tags: z.array(text).max(30).optional(),
  authors: authors.optional(),
  licence: licence.optional(),
  /** LUFS of the file, integrated. */
  loudness: z.number().min(-70).max(0).optional(),
  ends: z.boolean().optional(),
});

const Pack = z.strictObject({
  format: z.literal(1, "must be 1"),
  name: text,
  authors,
  licence,
  sounds: z.array(PackSound).min(1, "must list one sound or more").max(MAX_PACK_SOUNDS),
});

/** A pack's manifest: what its sounds are, who made them, and under which licence they may be passed on. */
export type Pack = z.infer<typeof Pack>;
/** One sound of a pack. */
export type PackSound = Pack["sounds"][number];

const bad = (why: string) => new UserError("bad-pack", `The pack's ${PACK_MANIFEST} can't be read: ${why}.`);

/** Where it is wrong: `sound 3 (attic.flac), trigger`. */
const place = (path: readonly PropertyKey[], manifest: unknown): string => {
  const [list, index, ...field] = path;
  if (list !== "sounds" || typeof index !== "number") return path.map(String).join(".") || "the whole";
  const sounds = (manifest as { sounds: readonly ({ file?: unknown } | null)[] }).sounds;
  const file = sounds[index]?.file;
  const name = typeof file === "string" ? ` (${plainName(file)})` : "";
  return [`sound ${index + 1}${name}`, ...(field.length > 0 ? [field.map(String).join(".")] : [])].join(", ");
};

/**
 * Reads a pack's manifest.
 * @throws UserError that names the first place that is wrong
 */
export const parsePack = (json: string): Pack => {
  let manifest: unknown;
  try {
    manifest = JSON.parse(json);
  } catch {
    throw bad("it is not JSON");
  }
  const { data, error } = Pack.safeParse(manifest);
  if (data === undefined) {
    const [issue] = error.issues;
    throw bad(`${place(issue?.path ?? [], manifest)}: ${issue?.message}`);
  }
  const seen = new Set<string>();
  for (const { file } of data.sounds) {
    if (seen.has(foldName(file))) throw bad(`${file} is listed twice`);
    seen.add(foldName(file));
  }
  return data;
};
