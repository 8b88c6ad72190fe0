import { SlashCommandBuilder } from "discord.js";
import type { SettingsChange } from "../host/ports.ts";
import { type ChannelId, id, type RoleId } from "../kernel/ids.ts";
import { LANGUAGES } from "../kernel/text.ts";
import { LOUDNESS_STEPS, levelOf } from "../session/loudness.ts";
import { LONGEST_FADE, TIMER_ENDS } from "../session/rules.ts";
import type { Asker, Control, Form, House, PlainCommand, Reply } from "./command.ts";
import { needHost } from "./hosts.ts";
import { quietForm, quietHoursOf } from "./quietForm.ts";
import { settingsPanel } from "./settingsPanel.ts";

export const settings: PlainCommand = {
  definition: new SlashCommandBuilder().setName("settings").setDescription("What holds for every room of this server"),
  async run(call, house) {
    await needHost(call, house);
    return settingsPanel(await house.settings.of(call.guild), call.say, false);
  },
};

const numberIn = (value: string | undefined, least: number, most: number): number | undefined => {
  const number = Number(value);
  return value !== undefined && number >= least && number <= most ? number : undefined;
};

/** A change of one setting, or none where there is no value for it. */
const given = <Key extends keyof SettingsChange>(key: Key, value: SettingsChange[Key] | undefined): SettingsChange =>
  value === undefined ? {} : { [key]: value };

/** What a select or a button of the page changes; nothing for a value that is none of its own. */
const changeOf = async (
  key: string,
  [value]: readonly string[],
  asker: Asker,
  house: House,
): Promise<SettingsChange> => {
  const { eyesClosed, votes } = await house.settings.of(asker.guild);
  switch (key) {
    case "ceiling": {
      const step = LOUDNESS_STEPS.find((one) => one === value);
      return step === undefined ? {} : { ceilingDb: levelOf(step) };
    }
    case "fade":
      return given("fade", numberIn(value, 0, LONGEST_FADE));
    case "end":
      return given(
        "timerEnd",
        TIMER_ENDS.find((one) => one === value),
      );
    case "ducking":
      return given("duckingDb", numberIn(value, 0, 30));
    case "host":
      return { hostRole: value === undefined ? null : id<RoleId>(value) };
    case "channel":
      return { defaultChannel: value === undefined ? null : id<ChannelId>(value) };
    case "language":
      return given("language", value === "discord" ? null : LANGUAGES.find((one) => one === value));
    case "eyes":
      return { eyesClosed: !eyesClosed };
    case "votes":
      return { votes: !votes };
    case "no-quiet":
      return { quiet: null };
    default:
      return {};
  }
};

const change = async (asker: Asker, wanted: SettingsChange, house: House, inPlace: boolean): Promise<Reply> => {
  const now = await house.settings.change(asker.guild, wanted);
  await house.sessions.settingsChanged(asker.guild);
  if (wanted.language !== undefined) house.evenings.retell(asker.guild);
  return settingsPanel(now, asker.say, inPlace);
};

/** The selects and buttons of `/settings`. */
export const settingsControl: Control = {
  action: "settings",
  of: "member",
  async run(press, house) {
    await needHost(press, house);
    const [key = ""] = press.parts;
    if (key === "quiet")
      return { modal: quietForm((await house.settings.of(press.guild)).quiet, house.timeZone, press.say) };
    return change(press, await changeOf(key, press.values, press, house), house, true);
  },
};

/** The quiet hours as somebody wrote them. */
export const quietHoursForm: Form = {
  action: "settings-quiet",
  async run(submission, house) {
    await needHost(submission, house);
    const quiet = quietHoursOf((name) => submission.values(name)[0] ?? "");
    return change(submission, { quiet }, house, false);
  },
};
