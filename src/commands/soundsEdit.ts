import { UserError } from "../kernel/errors.ts";
import type { GuildId } from "../kernel/ids.ts";
import { plainName } from "../kernel/names.ts";
import { text } from "../kernel/text.ts";
import type { Sound } from "../library/sound.ts";
import { choice } from "./choices.ts";
import type { Complete, House, Part } from "./command.ts";
import { strong } from "./markdown.ts";
import { mustAdd } from "./soundsAdd.ts";
import { completeFlags, completeLicence, completeTrigger, flagsMeant, triggerMeant } from "./soundWords.ts";

const MOST_CHOICES = 25;

const notOwn = () =>
  new UserError(
    "no-such-guild-sound",
    text`That sound is none of this server's own. /sounds browse shows what there is.`,
  );
const nothingToChange = () =>
  new UserError("nothing-to-change", text`Choose what to change: a title, a kind, flags or a licence.`);
const notHome = () =>
  new UserError("not-home", text`Only the home server of whoever runs Lull can share a sound with all.`);

const isOwn = (guild: GuildId) => (sound: Sound) => sound.added?.guild === guild;

/** The guild's own sounds, by what was typed. */
const completeOwn: Complete = (typed, { guild }, { catalogue }) =>
  catalogue
    .search(plainName(typed), catalogue.sounds.length)
    .filter(isOwn(guild))
    .slice(0, MOST_CHOICES)
    .map(({ id, title }) => choice(title, id));

/** @throws UserError when the guild has no such sound */
const ownMeant = (typed: string, guild: GuildId, { catalogue }: House): Sound => {
  const own = catalogue.sounds.filter(isOwn(guild));
  const wanted = plainName(typed).toLowerCase();
  const found = own.find(({ id }) => id === typed) ?? own.find(({ title }) => title.toLowerCase() === wanted);
  if (found === undefined) throw notOwn();
  return found;
};

export const edit: Part = {
  complete: { sound: completeOwn, trigger: completeTrigger, flags: completeFlags, licence: completeLicence },
  async run(call, house) {
    await mustAdd(call, house);
    const { options, guild } = call;
    const { id } = ownMeant(options.text("sound"), guild, house);
    const [title, flags, licence] = ["title", "flags", "licence"].map((name) => options.textIfGiven(name));
    const [trigger, share] = [triggerMeant(call), options.textIfGiven("heard-by")];
    if (share !== undefined && guild !== house.homeGuild) throw notHome();
    const change = {
      ...(title !== undefined && { title }),
      ...(trigger !== undefined && { trigger }),
      ...(flags !== undefined && { risks: flagsMeant(flags) }),
      ...(licence !== undefined && { licence: plainName(licence) }),
      ...(share !== undefined && { shared: share === "everybody" }),
    };
    if (Object.keys(change).length === 0) throw nothingToChange();
    const changed = await house.uploads.change(guild, id, change);
    return { text: call.say`${strong(changed.title)} is changed. Every favourite of it goes on.` };
  },
};

export const remove: Part = {
  complete: { sound: completeOwn },
  async run(call, house) {
    await mustAdd(call, house);
    const { id } = ownMeant(call.options.text("sound"), call.guild, house);
    const { title } = await house.uploads.remove(call.guild, id);
    return { text: call.say`${strong(title)} is no longer here. Favourites and queues say so, and go on to the next.` };
  },
};
