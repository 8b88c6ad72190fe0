import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { MAX_TAKES, MIN_TAKE_LENGTH, takePath } from "../audio/takes.ts";
import type { Sound } from "../catalogue/sound.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { type Frames, framesIn, seconds } from "../kernel/units.ts";
import { areChoices } from "../synth/recipe.ts";
import { RECIPES } from "../synth/recipes.ts";

/** Raised when what happens between recipe and file changes what is heard. */
const PIPELINE = 3;
/** Raised when a script is spoken otherwise. */
const SPOKEN = 5;

/** The length of the opening that plays until the whole sound has been rendered. */
const OPENING: Frames = 800;
/** Speech takes twice as long to render; an opening lasts until the end of a line. */
const SPOKEN_OPENING: Frames = 500;

/** What a sound is rendered from. */
export type RenderableOrigin = Extract<Sound["origin"], { readonly kind: "recipe" | "script" }>;

/** Which take, and of what. */
interface Take {
  /** From 1; the first take is the sound itself. */
  readonly number: number;
  /** The file of the first take. */
  readonly first: string;
}

/** Something to make a file of; plain data, as it goes to a process. */
export interface RenderJob {
  readonly title: MemberText;
  readonly licence: MemberText;
  /** Where the file is to lie. */
  readonly path: string;
  readonly origin: RenderableOrigin;
  /** Only its beginning, of this length. */
  readonly opening?: Frames;
  /** Another take of a sound that is there. */
  readonly take?: Take;
  /** Where a process writes that may write nowhere else: who started it syncs and renames the file. */
  readonly part?: string;
}

const openingOf = (origin: RenderableOrigin): Frames => {
  if (origin.kind === "script") return SPOKEN_OPENING;
  const { period = 1 } = RECIPES.get(origin.recipe) ?? {};
  return Math.ceil(OPENING / period) * period;
};

/** A file name made of everything the rendered sound depends on. */
const nameOf = (...from: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(from)).digest("hex").slice(0, 12);

const versionsOf = (origin: RenderableOrigin): readonly unknown[] | undefined => {
  if (origin.kind === "script") return ["script", SPOKEN, origin.text, origin.seed];
  const { recipe, seed, seconds, settings } = origin;
  const known = RECIPES.get(recipe);
  if (known === undefined || !areChoices(known, settings)) return undefined;
  return [recipe, known.version, seed, seconds, ...(settings === undefined ? [] : [settings])];
};

/**
 * @param cache directory of rendered sounds
 * @param opening for its beginning alone
 * @returns the job that makes the sound, or undefined when its recipe or a choice of it is unknown,
 * or it has none
 */
export const renderJobOf = (
  { id, title, licence, origin }: Sound,
  cache: string,
  opening = false,
): RenderJob | undefined => {
  if (origin.kind !== "recipe" && origin.kind !== "script") return undefined;
  const from = versionsOf(origin);
  if (from === undefined) return undefined;
  const length = openingOf(origin);
  const name = nameOf(PIPELINE, ...from, ...(opening ? ["opening", length] : []));
  const path = join(cache, `${id}-${name}.opus`);
  return { origin, title, licence, path, ...(opening && { opening: length }) };
};

/** The jobs of a sound's other takes; none where it has an end or is short. */
export const takeJobsOf = (sound: Sound, cache: string): readonly RenderJob[] => {
  const job = renderJobOf(sound, cache);
  if (job?.origin.kind !== "recipe" || framesIn(seconds(job.origin.seconds)) < MIN_TAKE_LENGTH) return [];
  return Array.from({ length: MAX_TAKES - 1 }, (_, index) => {
    const take = { number: index + 1, first: job.path };
    return { ...job, path: takePath(job.path, take.number), take };
  });
};

/** Whether a file in the cache is a take other than the first. */
export const isTake = (file: string): boolean => /-[0-9a-f]{12}\.take-\d\.opus$/.test(file);

/** Whether a file in the cache belongs to this sound, by its current or an earlier recipe. */
export const isRenderOf = (file: string, sound: Sound): boolean =>
  file.startsWith(`${sound.id}-`) && /^[0-9a-f]{12}(\.take-\d)?\.opus$/.test(file.slice(sound.id.length + 1));

/** What a render process reports about its job. It has read a member's text: what it sends is parsed. */
export const renderReport = z.discriminatedUnion("type", [
  z.object({ type: z.literal("advanced"), fraction: z.number().min(0).max(1) }),
  z.object({ type: z.literal("done"), effort: z.object({ memory: z.number(), processor: z.number() }) }),
  z.object({ type: z.literal("failed"), reason: z.string().max(10_000) }),
]);
/** One report. */
export type RenderReport = z.infer<typeof renderReport>;
