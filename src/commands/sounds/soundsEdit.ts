import type { Sound } from "../../catalogue/sound.ts";
import { UserError } from "../../kernel/errors.ts";
import type { GuildId } from "../../kernel/ids.ts";
import { plainName } from "../../kernel/names.ts";
import { text } from "../../kernel/text.ts";
import type { Autocomplete, CommandContext, CommandHandler } from "../command.ts";
import { strong } from "../markdown.ts";
import { choice } from "../soundChoices.ts";
import {
  autocompleteFlags,
  autocompleteLicence,
  autocompleteTrigger,
  parseFlags,
  resolveTrigger,
} from "./soundOptions.ts";
import { requireSoundManager } from "./soundsAdd.ts";

const MAX_CHOICES = 25;

const notOwn = () =>
  new UserError(
    "no-such-guild-sound",
    text`That sound is none of this server's own. /sounds browse shows what there is.`,
  );
const nothingToChange = () =>
  new UserError("nothing-to-change", text`Choose what to change: a title, a kind, flags or a licence.`);
const notHomeGuild = () =>
  new UserError("not-home", text`Only the home server of whoever runs Lull can share a sound with all.`);

const isOwn = (guild: GuildId) => (sound: Sound) => sound.added?.guild === guild;

/** The guild's own sounds, by what was typed. */
const autocompleteOwnSound: Autocomplete = (typed, { guild }, { catalogue }) =>
  catalogue
    .search(plainName(typed), catalogue.sounds.length)
    .filter(isOwn(guild))
    .slice(0, MAX_CHOICES)
    .map(({ id, title }) => choice(title, id));

/** @throws UserError when the guild has no such sound */
const resolveOwnSound = (typed: string, guild: GuildId, { catalogue }: CommandContext): Sound => {
  const own = catalogue.sounds.filter(isOwn(guild));
  const wanted = plainName(typed).toLowerCase();
  const found = own.find(({ id }) => id === typed) ?? own.find(({ title }) => title.toLowerCase() === wanted);
  if (found === undefined) throw notOwn();
  return found;
};

export const edit: CommandHandler = {
  autocomplete: {
    sound: autocompleteOwnSound,
    trigger: autocompleteTrigger,
    flags: autocompleteFlags,
    licence: autocompleteLicence,
  },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { options, guild } = call;
    const { id } = resolveOwnSound(options.text("sound"), guild, context);
    const [title, flags, licence] = ["title", "flags", "licence"].map((name) => options.optionalText(name));
    const [trigger, share] = [resolveTrigger(call), options.optionalText("heard-by")];
    if (share !== undefined && guild !== context.homeGuild) throw notHomeGuild();
    const change = {
      ...(title !== undefined && { title }),
      ...(trigger !== undefined && { trigger }),
      ...(flags !== undefined && { risks: parseFlags(flags) }),
      ...(licence !== undefined && { licence: plainName(licence) }),
      ...(share !== undefined && { shared: share === "everybody" }),
    };
    if (Object.keys(change).length === 0) throw nothingToChange();
    const changed = await context.uploads.change(guild, id, change);
    return { text: call.say`${strong(changed.title)} is changed. Every favourite of it goes on.` };
  },
};

export const remove: CommandHandler = {
  autocomplete: { sound: autocompleteOwnSound },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { id } = resolveOwnSound(call.options.text("sound"), call.guild, context);
    const { title } = await context.uploads.remove(call.guild, id);
    return { text: call.say`${strong(title)} is no longer here. Favourites and queues say so, and go on to the next.` };
  },
};
