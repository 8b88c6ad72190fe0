import { fromShareCode, fromShareFile, type NamedMix, toShareCode, toShareFile } from "../../catalogue/shareCode.ts";
import { UserError } from "../../kernel/errors.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { type Text, text, titled } from "../../kernel/text.ts";
import type { AttachedFile, CommandContext, CommandHandler, Invoker, Reply } from "../command.ts";
import { autocompleteFavourite, requireFavourite } from "../soundChoices.ts";

/** 500 favourites of six layers are far below this. */
const MAX_FILE_SIZE = 1_000_000;

const named = ({ name, mix }: NamedMix): NamedMix => ({ name, mix });

const nothingToShare = () =>
  new UserError("no-favourites", text`There are no favourites to share yet. /favourites add keeps what plays now.`);

const nothingGiven = () =>
  new UserError("nothing-given", text`Give a share code or a file. /favourites export makes both.`);

/** One as a code to paste, or all as a file. */
export const shareFavourites: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, options, say }, context) {
    const name = options.optionalText("name");
    if (name !== undefined) {
      const favourite = await requireFavourite(name, guild, context);
      return {
        text: `${say`Paste this on another server with /favourites import:`}\n\`\`\`\n${toShareCode(named(favourite))}\n\`\`\``,
      };
    }
    const all = await context.favourites.list(guild);
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
  file: AttachedFile | undefined,
  context: CommandContext,
): Promise<readonly NamedMix[]> => {
  if (code !== undefined) return [fromShareCode(code)];
  if (file === undefined) throw nothingGiven();
  return fromShareFile(new TextDecoder().decode(await context.attachments.read(file, MAX_FILE_SIZE)));
};

/** Keeps one; a name that is taken gets a number. @returns the name, or undefined when the list is full */
const importOne = async (
  { name, mix }: NamedMix,
  { guild, user }: Invoker,
  context: CommandContext,
): Promise<string> => {
  const taken = new Set((await context.favourites.list(guild)).map((one) => one.name.toLowerCase()));
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${truncate(name, 70, 200)} ${number}`;
  return (await context.favourites.add(guild, { name: free, mix, by: user })).name;
};

const countIncomplete = (mixes: readonly NamedMix[], { catalogue }: CommandContext): number =>
  mixes.filter(({ mix }) => mix.some(({ sound }) => catalogue.find(sound) === undefined)).length;

const importedText = (kept: readonly string[]): Text => {
  const [only] = kept;
  return kept.length === 1 && only !== undefined
    ? text`${titled(only)} is a favourite now. /play offers it first.`
    : text`${kept.length} favourites are here now. /play offers them first.`;
};

const incompleteText = (lacking: number): readonly Text[] => {
  if (lacking === 0) return [];
  return lacking === 1
    ? [text`One of them has a sound that this server does not have. It is left out until somebody adds it.`]
    : [
        text`${lacking} of them have sounds that this server does not have. These are left out until somebody adds them.`,
      ];
};

/** Brings favourites of another server here, as they were there. */
export const importFavourites: CommandHandler = {
  async run(call, context): Promise<Reply> {
    const mixes = await read(call.options.optionalText("code"), call.options.file("file"), context);
    const kept: string[] = [];
    for (const mix of mixes) kept.push(await importOne(mix, call, context));
    return {
      text: [importedText(kept), ...incompleteText(countIncomplete(mixes, context))].map(call.say.of).join("\n"),
    };
  },
};
