import { SlashCommandBuilder } from "discord.js";
import { choiceName, descriptionOf } from "../../i18n/english.ts";
import { type Message, message } from "../../i18n/message.ts";
import { CONSENTS, type Consent } from "../../ports/listeners.ts";
import type { CommandHandler, GroupCommand } from "../command.ts";
import { avoidListText } from "./avoidListLine.ts";

const CONSENT_TEXTS: Readonly<Record<Consent, readonly [given: Message, not: Message]>> = {
  named: [message("privacy.namedInMorning"), message("privacy.notNamedInMorning")],
  disconnect: [message("privacy.disconnectAllowed"), message("privacy.disconnectNotAllowed")],
  wake: [message("privacy.wakeAllowed"), message("privacy.wakeNotAllowed")],
};

const show: CommandHandler = {
  async run({ guild, user, say }, { avoidLists, consents, personalData }) {
    const list = await avoidLists.of(user);
    const given = await consents.of(guild, user);
    const kept = await personalData.of(user);
    const entries = Object.values(kept).reduce<number>((sum, one) => sum + (Array.isArray(one) ? one.length : 0), 0);
    const total = entries + (list ? 1 : 0);
    const lines = [
      list ? avoidListText(list) : message("privacy.noAvoidList"),
      ...CONSENTS.map((consent) => CONSENT_TEXTS[consent][given.includes(consent) ? 0 : 1]),
      message("privacy.entryCount", { count: total }),
      message("privacy.noMoodOrHealth"),
    ];
    return { text: lines.map(say.of).join("\n") };
  },
};

const exportData: CommandHandler = {
  async run({ user, say }, { personalData, now }) {
    const kept = { ...(await personalData.of(user)), takenAt: new Date(now()).toISOString() };
    const data = new TextEncoder().encode(`${JSON.stringify(kept, undefined, 2)}\n`);
    return {
      text: say("privacy.exported"),
      files: [{ name: "lull-about-me.json", data, description: say("privacy.exportDescription") }],
    };
  },
};

const remove: CommandHandler = {
  async run({ user, say }, { personalData, wakeUps }) {
    await personalData.erase(user);
    wakeUps.forgetUser(user);
    return {
      text: say("privacy.deleted"),
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

/**
 * `/privacy`: shows, exports and deletes what is kept about the invoker, and takes their consents.
 */
export const privacy: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("privacy")
    .setDescription(descriptionOf("privacy"))
    .addSubcommand((part) => part.setName("show").setDescription(descriptionOf("privacy show")))
    .addSubcommand((part) => part.setName("export").setDescription(descriptionOf("privacy export")))
    .addSubcommand((part) => part.setName("delete").setDescription(descriptionOf("privacy delete")))
    .addSubcommand((part) =>
      part
        .setName("allow")
        .setDescription(descriptionOf("privacy allow"))
        .addStringOption((option) =>
          option
            .setName("what")
            .setDescription(descriptionOf("privacy allow what"))
            .setRequired(true)
            .addChoices(
              { name: choiceName("privacy allow what named"), value: "named" },
              { name: choiceName("privacy allow what disconnect"), value: "disconnect" },
              { name: choiceName("privacy allow what wake"), value: "wake" },
            ),
        )
        .addStringOption((option) =>
          option
            .setName("answer")
            .setDescription(descriptionOf("privacy allow answer"))
            .setRequired(true)
            .addChoices(
              { name: choiceName("privacy allow answer yes"), value: "yes" },
              { name: choiceName("privacy allow answer no"), value: "no" },
            ),
        ),
    ),
  subcommands: { show, export: exportData, delete: remove, allow },
};
