import { UserError } from "../kernel/errors.ts";
import { cut } from "../kernel/graphemes.ts";
import { type Text, text, titled } from "../kernel/text.ts";
import { fromShareCode, fromShareFile, type NamedMix, toShareCode, toShareFile } from "../library/mixCode.ts";
import { completeFavourite, favouriteNamed } from "./choices.ts";
import type { Asker, GivenFile, House, Part, Reply } from "./command.ts";

/** 500 favourites of six layers are far below this. */
const LARGEST_FILE = 1_000_000;

const named = ({ name, mix }: NamedMix): NamedMix => ({ name, mix });

const nothingToShare = () =>
  new UserError("no-favourites", text`There are no favourites to share yet. /favourites add keeps what plays now.`);

const nothingGiven = () =>
  new UserError("nothing-given", text`Give a share code or a file. /favourites export makes both.`);

/** One as a code to paste, or all as a file. */
export const shareFavourites: Part = {
  complete: { name: completeFavourite },
  async run({ guild, options, say }, house) {
    const name = options.textIfGiven("name");
    if (name !== undefined) {
      const favourite = await favouriteNamed(name, guild, house);
      return {
        text: `${say`Paste this on another server with /favourites import:`}\n\`\`\`\n${toShareCode(named(favourite))}\n\`\`\``,
      };
    }
    const all = await house.favourites.list(guild);
    if (all.length === 0) throw nothingToShare();
    return {
      text: say`Give this file to /favourites import on another server.`,
      files: [
        {
          name: "lull-favourites.json",
          data: new TextEncoder().encode(toShareFile(all.map(named))),
          description: say`The favourites of this server, for Lull on another one`,
        },
      ],
    };
  },
};

const read = async (
  code: string | undefined,
  file: GivenFile | undefined,
  house: House,
): Promise<readonly NamedMix[]> => {
  if (code !== undefined) return [fromShareCode(code)];
  if (file === undefined) throw nothingGiven();
  return fromShareFile(new TextDecoder().decode(await house.attachments.read(file, LARGEST_FILE)));
};

/** Keeps one; a name that is taken gets a number. @returns the name, or undefined when the list is full */
const keepOne = async ({ name, mix }: NamedMix, { guild, user }: Asker, house: House): Promise<string> => {
  const taken = new Set((await house.favourites.list(guild)).map((one) => one.name.toLowerCase()));
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${cut(name, 70, 200)} ${number}`;
  return (await house.favourites.add(guild, { name: free, mix, by: user })).name;
};

const unknownIn = (mixes: readonly NamedMix[], { catalogue }: House): number =>
  mixes.filter(({ mix }) => mix.some(({ sound }) => catalogue.find(sound) === undefined)).length;

const whatCame = (kept: readonly string[]): Text => {
  const [only] = kept;
  return kept.length === 1 && only !== undefined
    ? text`${titled(only)} is a favourite now. /play offers it first.`
    : text`${kept.length} favourites are here now. /play offers them first.`;
};

const whatLacks = (lacking: number): readonly Text[] => {
  if (lacking === 0) return [];
  return lacking === 1
    ? [text`One of them has a sound that this server does not have. It is left out until somebody adds it.`]
    : [
        text`${lacking} of them have sounds that this server does not have. These are left out until somebody adds them.`,
      ];
};

/** Brings favourites of another server here, as they were there. */
export const importFavourites: Part = {
  async run(call, house): Promise<Reply> {
    const mixes = await read(call.options.textIfGiven("code"), call.options.file("file"), house);
    const kept: string[] = [];
    for (const mix of mixes) kept.push(await keepOne(mix, call, house));
    return { text: [whatCame(kept), ...whatLacks(unknownIn(mixes, house))].map(call.say.of).join("\n") };
  },
};
