import { SlashCommandBuilder } from "discord.js";
import { type Text, text } from "../../kernel/text.ts";
import type { Consent } from "../../ports/listeners.ts";
import type { CommandHandler, GroupCommand } from "../command.ts";
import { avoidListText } from "./avoidListLine.ts";

const CONSENT_TEXTS: Readonly<Record<Consent, readonly [given: Text, not: Text]>> = {
  named: [text`The morning's line here may name you.`, text`The morning's line here does not name you.`],
  disconnect: [
    text`When the timer ends here, you are disconnected with the bot.`,
    text`When the timer ends here, you are not disconnected.`,
  ],
};

const show: CommandHandler = {
  async run({ guild, user, say }, { avoidLists, consents, personalData }) {
    const list = await avoidLists.of(user);
    const given = await consents.of(guild, user);
    const kept = await personalData.of(user);
    const entries = Object.values(kept).reduce<number>((sum, one) => sum + (Array.isArray(one) ? one.length : 0), 0);
    const total = entries + (list ? 1 : 0);
    const lines = [
      list ? avoidListText(list) : text`You have no list of what you would rather not hear. /avoid makes one.`,
      ...(["named", "disconnect"] as const).map((consent) => CONSENT_TEXTS[consent][given.includes(consent) ? 0 : 1]),
      total === 1
        ? text`With what carries your name elsewhere, such as favourites you added, that makes one entry. /privacy export gives you all of it, /privacy delete removes it.`
        : text`With what carries your name elsewhere, such as favourites you added, that makes ${total} entries. /privacy export gives you all of it, /privacy delete removes it.`,
      text`Nothing about mood or health is kept of anyone.`,
    ];
    return { text: lines.map(say.of).join("\n") };
  },
};

const exportData: CommandHandler = {
  async run({ user, say }, { personalData, now }) {
    const kept = { ...(await personalData.of(user)), takenAt: new Date(now()).toISOString() };
    const data = new TextEncoder().encode(`${JSON.stringify(kept, undefined, 2)}\n`);
    return {
      text: say`All that is kept about you, as a file. /privacy delete removes it.`,
      files: [{ name: "lull-about-me.json", data, description: say`What Lull keeps about you, as JSON` }],
    };
  },
};

const remove: CommandHandler = {
  async run({ user, say }, { personalData }) {
    await personalData.erase(user);
    return {
      text: say`Your list and what you had allowed are deleted, in every community, and your name is off what you had added. What the room shares stays.`,
    };
  },
};

const allow: CommandHandler = {
  async run({ guild, user, options, say }, { consents }) {
    const [consent, given] = [options.text("what") as Consent, options.text("answer") === "yes"];
    await consents.set(guild, user, consent, given);
    return { text: say.of(CONSENT_TEXTS[consent][given ? 0 : 1]) };
  },
};

export const privacy: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("privacy")
    .setDescription("See, take or delete what is kept about you")
    .addSubcommand((part) => part.setName("show").setDescription("Show what is kept about you"))
    .addSubcommand((part) => part.setName("export").setDescription("Take what is kept about you with you, as a file"))
    .addSubcommand((part) => part.setName("delete").setDescription("Delete what is kept about you, at once"))
    .addSubcommand((part) =>
      part
        .setName("allow")
        .setDescription("Choose what you agree to in this community")
        .addStringOption((option) =>
          option
            .setName("what")
            .setDescription("What it is about")
            .setRequired(true)
            .addChoices(
              { name: "my name in the morning's line", value: "named" },
              { name: "being disconnected when the timer ends", value: "disconnect" },
            ),
        )
        .addStringOption((option) =>
          option
            .setName("answer")
            .setDescription("Whether you agree; you can change it at any time")
            .setRequired(true)
            .addChoices({ name: "yes", value: "yes" }, { name: "no", value: "no" }),
        ),
    ),
  subcommands: { show, export: exportData, delete: remove, allow },
};
