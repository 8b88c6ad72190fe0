import type { EmulatedGuild, FileUpload } from "discord-emulator";
import { toShareCode, toShareFile } from "../../src/catalogue/shareCode.ts";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { rawText } from "../../src/kernel/memberText.ts";
import { plainName } from "../../src/kernel/names.ts";
import type { Random } from "../../src/kernel/random.ts";
import { noise, wav } from "../support/soundFiles.ts";
import { HOSTILE, LINK } from "./hostile.ts";

const SUBCOMMAND = 1;
/** Discord's numbers for the types of options. */
const Type = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, attachment: 11 } as const;
/** Discord's numbers for the types of components. */
export const Component = {
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  channelSelect: 8,
  fileUpload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;
/** … and for a command in the menu of a message. */
export const MESSAGE_COMMAND = 3;
/** An option of a command, or a component, as the bot has sent it. */
export interface Field {
  readonly name: string;
  readonly custom_id: string;
  readonly type: number;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: string | number }[];
  readonly options?: readonly (Field & { readonly value: string })[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_values?: number;
  readonly max_length?: number;
}

/** What is made by a process of its own: it would take nearly all the time. */
const SLOW = /^(sample|tingles|visual|whisper|sounds (add|show))\b/;
/** A file that can be added to a server's sounds; one import at a time, so it is not drawn often. */
const RECORDING = wav(noise(3, 8_000), { rate: 8_000 });
/** Sounds that are rendered before the tests, and one that there is not. */
const SOUNDS = ["ocean", "brown-noise", "pink-noise", "breath-swell", "Deep Brown", "none of these"];
/** The components that can be used, wherever they are. */
export const fieldsOf = (shown: unknown): readonly Field[] => {
  if (Array.isArray(shown)) return shown.flatMap(fieldsOf);
  if (typeof shown !== "object" || shown === null) return [];
  const own = "custom_id" in shown && typeof shown.custom_id === "string" ? [shown as Field] : [];
  return [...own, ...Object.values(shown).flatMap(fieldsOf)];
};

/** Chance, by one generator. */
export const createChance = (random: Random) => {
  const below = (count: number) => Math.floor(random() * count);
  return {
    below,
    pick: <T>(of: readonly T[]): T => of[below(of.length)]!,
    chance: (share: number) => random() < share,
  };
};

/**
 * Draws what members type, choose and attach in a guild.
 * @param commands all that the bot has registered
 */
export const createDraws = (
  guild: EmulatedGuild,
  members: readonly string[],
  commands: () => readonly unknown[],
  { below, pick, chance }: ReturnType<typeof createChance>,
) => {
  const mix = [{ sound: id<SoundId>("ocean"), gainDb: -6, place: "left" as const }];
  const nameOf = (text: string) => plainName(text || "name");

  const textOf = ({ max_length: most = 4_000 }: Pick<Field, "max_length">): string => {
    const known = [
      () => pick(SOUNDS),
      () => pick(["sleep", "calm", "discovery", "20m", "2h", "23:15", "daily", "mon,fri", "Europe/Berlin", "30"]),
      () => toShareCode({ name: nameOf(pick(HOSTILE)), mix }),
      () => `lull1.${Buffer.from(pick(HOSTILE)).toString("base64url")}`,
      () => (chance(0.5) ? "https://evil.example/a.mp3" : "http://127.0.0.1/a.mp3"),
    ];
    return (chance(0.6) ? pick(known)() : pick(HOSTILE)).slice(0, most);
  };

  const file = (): FileUpload => {
    const many = Array.from({ length: below(20) }, (_, at) => ({
      name: nameOf(`${pick(HOSTILE)}${at}`.slice(0, 300)),
      mix,
    }));
    const text = pick([toShareFile(many), pick(HOSTILE), `{"lull":1,"favourites":[${"[".repeat(2_000)}`]);
    return {
      name: pick(["list.json", "sound.wav", "sound.mp3", "picture.png", `${rawText(nameOf(LINK))}.wav`]),
      bytes: chance(0.05) ? RECORDING : new TextEncoder().encode(text || " "),
    };
  };

  const ids = (type: number): readonly string[] => {
    if (type === Component.userSelect) return members;
    if (type === Component.roleSelect) return guild.roles().map((role) => role.id);
    return guild.channels().map((channel) => channel.id);
  };

  const optionValue = (option: Field): string | number | boolean | FileUpload => {
    if (option.choices !== undefined && option.choices.length > 0) return pick(option.choices).value;
    if (option.type === Type.integer) {
      const [least, most] = [option.min_value ?? -5, option.max_value ?? 900];
      return least + below(most - least + 1);
    }
    if (option.type === Type.boolean) return chance(0.5);
    if (option.type === Type.attachment) return file();
    if (option.type === Type.channel) return pick(ids(Component.channelSelect));
    if (option.type === Type.role) return pick(ids(Component.roleSelect));
    if (option.type === Type.user) return pick(members);
    return textOf(option);
  };

  /** The path and the options of a command, or of the subcommand that is drawn. */
  const chosen = (): { readonly path: string; readonly options: readonly Field[] } => {
    for (;;) {
      const { name, type, options = [] } = pick(commands() as readonly Field[]);
      if (type === MESSAGE_COMMAND) continue;
      const parts = options.filter((option) => option.type === SUBCOMMAND);
      const part = parts.length > 0 ? pick(parts) : undefined;
      const path = part === undefined ? name : `${name} ${part.name}`;
      if (SLOW.test(path) && chance(0.97)) continue;
      return { path, options: part === undefined ? options : (part.options ?? []) };
    }
  };
  const given = (options: readonly Field[]) =>
    Object.fromEntries(
      options
        .filter(({ required }) => required === true || chance(0.4))
        .map((option) => [option.name, optionValue(option)]),
    );
  const fieldValue = (field: Field): string | boolean | readonly (string | FileUpload)[] => {
    if (field.type === Component.textInput) return textOf(field);
    if (field.type === Component.checkbox) return chance(0.5);
    if (field.type === Component.fileUpload) return chance(0.5) ? [file()] : [];
    const all = (field.options ?? []).map(({ value }) => value);
    if (field.type === Component.radio) return all.length > 0 ? pick(all) : "";
    if (field.type === Component.stringSelect || field.type === Component.checkboxes)
      return all.length > 0 && chance(0.9) ? [pick(all)] : [];
    return [pick(ids(field.type))];
  };

  return { textOf, file, ids, chosen, given, fieldValue };
};
