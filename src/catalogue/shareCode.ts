import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { id, type SoundId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { plainName } from "../kernel/names.ts";
import { PLACEMENTS } from "../kernel/placement.ts";
import { MAX_LAYERS, type Mix, SOFTEST_LAYER } from "./mix.ts";

/** A mix under its name, as it goes from one guild to another. */
export interface NamedMix {
  readonly name: MemberText;
  readonly mix: Mix;
}

const Layers = z
  .array(
    z.object({
      sound: z
        .string()
        .regex(/^[\w.-]{1,80}$/)
        .transform((sound) => id<SoundId>(sound)),
      gainDb: z.number().min(SOFTEST_LAYER).max(0).default(0),
      place: z.enum(PLACEMENTS).default("centre"),
    }),
  )
  .min(1)
  .max(MAX_LAYERS)
  .refine((layers) => new Set(layers.map(({ sound }) => sound)).size === layers.length);

/** As many as a guild can have. */
const MOST = 500;

const Named = z.object({ name: z.string().min(1).max(400).transform(plainName), mix: Layers });
const File = z.object({ lull: z.literal(1), favourites: z.array(Named).max(MOST) });

const PREFIX = "lull1.";
/** What a code may unfold to, in bytes; a mix of six layers takes about 500. */
const LONGEST = 16_384;

const unreadable = () => new UserError("bad-share-code", message("favourites.badShareCode"));

const unreadableFile = () => new UserError("bad-share-file", message("favourites.badShareFile"));

/** @throws ZodError when it is no mix */
export const parseMix = (value: unknown): Mix => Layers.parse(value);

/** A mix as a line of text, to be pasted on another server. */
export const toShareCode = ({ name, mix }: NamedMix): string =>
  PREFIX + deflateRawSync(JSON.stringify({ name, mix }), { level: 9 }).toString("base64url");

/** @throws UserError when the text is no share code */
export const fromShareCode = (text: string): NamedMix => {
  const code = text.trim();
  if (!code.startsWith(PREFIX)) throw unreadable();
  try {
    const json = inflateRawSync(Buffer.from(code.slice(PREFIX.length), "base64url"), { maxOutputLength: LONGEST });
    return Named.parse(JSON.parse(json.toString()));
  } catch {
    throw unreadable();
  }
};

/** Favourites as a JSON file. */
export const toShareFile = (favourites: readonly NamedMix[]): string =>
  `${JSON.stringify({ lull: 1, favourites }, null, 2)}\n`;

/** @throws UserError when the file holds no favourites */
export const fromShareFile = (json: string): readonly NamedMix[] => {
  try {
    return File.parse(JSON.parse(json)).favourites;
  } catch {
    throw unreadableFile();
  }
};
