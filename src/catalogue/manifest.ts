import { z } from "zod";
import { UserError } from "../kernel/errors.ts";
import { id } from "../kernel/ids.ts";
import { GOALS, MOTIONS, RISKS, type Sound, TRIGGERS } from "./sound.ts";

const text = (longest: number) => z.string().trim().min(1, "must not be empty").max(longest);

const hyphened = (example: string) =>
  z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, `must be lower-case words joined by hyphens, such as ${example}`);

const Variant = z.strictObject({
  name: hyphened("heavy").max(30),
  title: text(40),
  settings: z
    .record(text(30), text(30))
    .refine((settings) => Object.keys(settings).length > 0, 'must choose something, such as { "rain": "heavy" }'),
});

const Entry = z.strictObject({
  id: hyphened("rain-window").max(60),
  title: text(80),
  description: text(200),
  trigger: z.enum(TRIGGERS),
  tags: z.array(text(40)).max(30),
  goals: z.array(z.enum(GOALS)).min(1, "must name one goal or more"),
  intensity: z.int().min(1).max(5),
  risks: z.array(z.enum(RISKS)),
  motion: z.enum(MOTIONS),
  licence: text(60),
  recipe: text(60),
  seed: z.int(),
  seconds: z.int().min(10).max(3_600),
  optIn: z.literal(true).exactOptional(),
  variants: z.array(Variant).min(1, "must name one variant or more, or be left out").max(12).optional(),
});

const Manifest = z.strictObject({ sounds: z.array(Entry) });

const bad = (text: string) => new UserError("bad-manifest", `The catalogue cannot be read: ${text}`);

/** Where it is wrong, as the operator would look for it: `entry 3 (rain-tin), intensity`. */
const place = (path: readonly PropertyKey[], manifest: unknown): string => {
  const [list, index, ...field] = path;
  if (list !== "sounds" || typeof index !== "number") return path.map(String).join(".") || "the whole";
  const entry = (manifest as { sounds: readonly unknown[] }).sounds[index] as { id?: unknown } | null | undefined;
  const name = typeof entry?.id === "string" ? ` (${entry.id.slice(0, 60)})` : "";
  return [`entry ${index + 1}${name}`, ...(field.length > 0 ? [field.map(String).join(".")] : [])].join(", ");
};

/**
 * Reads the manifest of the built-in sounds.
 * @throws UserError that names the first entry and field that is wrong
 */
export const parseManifest = (json: string): readonly Sound[] => {
  let manifest: unknown;
  try {
    manifest = JSON.parse(json);
  } catch (error) {
    throw bad(`it is not JSON (${(error as Error).message}).`);
  }
  const parsed = Manifest.safeParse(manifest);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(`${place(issue?.path ?? [], manifest)}: ${issue?.message}.`);
  }
  const seen = new Map<string, number>();
  const take = (name: string, index: number, where: string) => {
    const first = seen.get(name);
    if (first !== undefined) throw bad(`${where}: is that of entry ${first + 1} already.`);
    seen.set(name, index);
  };
  for (const [index, { id: name }] of parsed.data.sounds.entries())
    take(name, index, `entry ${index + 1} (${name}), id`);
  return parsed.data.sounds.map(({ recipe, seed, seconds, id: name, variants, ...rest }, index) => {
    for (const [place, one] of (variants ?? []).entries())
      take(`${name}-${one.name}`, index, `entry ${index + 1} (${name}), variants.${place}.name: ${name}-${one.name}`);
    return { ...rest, id: id(name), origin: { kind: "recipe", recipe, seed, seconds }, ...(variants && { variants }) };
  });
};
