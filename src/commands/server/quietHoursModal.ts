import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord.js";
import { type Message, message } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { UserError } from "../../kernel/errors.ts";
import { minutes } from "../../kernel/units.ts";
import { parseDuration } from "../../session/duration.ts";
import type { QuietHours } from "../../session/rules.ts";
import type { Modal } from "../command.ts";
import { customId } from "../customId.ts";
import { minutesOfDay, zoneOf } from "./dailyHours.ts";
import { timeOfDayText } from "./settingsMessage.ts";

const DEFAULTS = { from: 23 * 60, to: 7 * 60, timer: minutes(60), softerBy: 6 };

const field = (name: string, label: string, description: string, value: string) => ({
  type: ComponentType.Label as const,
  label,
  description,
  component: {
    type: ComponentType.TextInput as const,
    custom_id: name,
    style: TextInputStyle.Short as const,
    ...(value !== "" && { value }),
    max_length: 60,
    required: true,
  },
});

/** The modal for the quiet hours, filled in with the given values. */
export const quietHoursForm = (value: (name: string) => string, say: Say): Modal => {
  const components: APIModalInteractionResponseCallbackData["components"] = [
    field("from", say("settings.quietFrom"), say("settings.quietFromExample"), value("from")),
    field("to", say("settings.quietTo"), say("settings.quietToExample"), value("to")),
    field("zone", say("settings.timeZone"), say("settings.timeZoneExample"), value("zone")),
    field("timer", say("settings.quietTimer"), say("settings.quietTimerNote"), value("timer")),
    field("softer", say("settings.quietSofterBy"), say("settings.quietSofterByNote"), value("softer")),
  ];
  return { customId: customId("settings-quiet"), title: say("settings.quietHoursTitle"), components };
};

/** The same with the current quiet hours, or with common ones. */
export const quietHoursModal = (quiet: QuietHours | undefined, zone: string, say: Say): Modal => {
  const { from, to, timer, softerBy } = quiet ?? DEFAULTS;
  const values: Readonly<Record<string, string>> = {
    from: timeOfDayText(from),
    to: timeOfDayText(to),
    zone: quiet?.timeZone ?? zone,
    timer: `${Math.round(timer / minutes(1))}m`,
    softer: String(softerBy),
  };
  return quietHoursForm((name) => values[name] ?? "", say);
};

const notUnderstood = (why: Message) => new UserError("not-understood", why);

/** The first of the times that isn't the other end of the quiet hours, as an example. */
const exampleBeside = (other: number | undefined, times: readonly number[]): string =>
  timeOfDayText(times.find((time) => time !== other) ?? 0);

/**
 * The quiet hours that were submitted.
 * @throws UserError that names the first invalid field
 */
export const parseQuietHours = (value: (name: string) => string): QuietHours => {
  const [from, to] = [minutesOfDay(value("from")), minutesOfDay(value("to"))];
  if (from === undefined)
    throw notUnderstood(
      message("settings.quietStartNotUnderstood", { example: exampleBeside(to, [DEFAULTS.from, DEFAULTS.from - 60]) }),
    );
  if (to === undefined)
    throw notUnderstood(
      message("settings.quietEndNotUnderstood", { example: exampleBeside(from, [DEFAULTS.to, DEFAULTS.to + 60]) }),
    );
  if (from === to) throw notUnderstood(message("settings.quietHoursEmpty"));
  const softerBy = Number(value("softer").trim().replace(",", "."));
  if (!(softerBy >= 0 && softerBy <= 18)) throw notUnderstood(message("settings.softerByOutOfRange"));
  return { from, to, timeZone: zoneOf(value("zone")), timer: parseDuration(value("timer")), softerBy };
};
