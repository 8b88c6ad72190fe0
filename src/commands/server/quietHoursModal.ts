import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord.js";
import { UserError } from "../../kernel/errors.ts";
import { type Say, type Text, text } from "../../kernel/text.ts";
import { minutes } from "../../kernel/units.ts";
import { parseDuration } from "../../session/duration.ts";
import type { QuietHours } from "../../session/rules.ts";
import type { Modal } from "../command.ts";
import { customId } from "../customId.ts";
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
    value,
    max_length: 60,
    required: true,
  },
});

/** The form for the quiet hours, filled in with what holds now, or with what is usual. */
export const quietHoursModal = (quiet: QuietHours | undefined, zone: string, say: Say): Modal => {
  const { from, to, timer, softerBy } = quiet ?? DEFAULTS;
  const components: APIModalInteractionResponseCallbackData["components"] = [
    field("from", say`From`, say`Such as 23:00`, timeOfDayText(from)),
    field("to", say`To`, say`Such as 7:00`, timeOfDayText(to)),
    field("zone", say`Time zone`, say`Such as Europe/Berlin or America/New_York`, quiet?.timeZone ?? zone),
    field("timer", say`Sleep timer`, say`For rooms that have none, such as 60m`, `${Math.round(timer / minutes(1))}m`),
    field("softer", say`Softer by`, say`How far the ceiling drops, 0 to 18 LU`, String(softerBy)),
  ];
  return { customId: customId("settings-quiet"), title: say`Quiet hours`, components };
};

const notUnderstood = (why: Text) => new UserError("not-understood", why);

const parseTimeOfDay = (typed: string, otherwise: Text): number => {
  const [, hour = "", minute = "0"] = /^\s*(\d{1,2})(?:[:.h](\d{2}))?\s*$/.exec(typed) ?? [];
  if (hour === "" || Number(hour) > 23 || Number(minute) > 59) throw notUnderstood(otherwise);
  return Number(hour) * 60 + Number(minute);
};

const parseZone = (typed: string): string => {
  const name = typed.trim();
  // A zone with rules of its own: offsets such as +25:00 know no summer.
  const known = Intl.supportedValuesOf("timeZone").find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (known === undefined && name !== "UTC")
    throw notUnderstood(text`I did not understand the time zone. Try Europe/Berlin. Nothing has changed.`);
  return known ?? name;
};

/**
 * What somebody wrote into the form.
 * @throws UserError that names the first field that cannot be used
 */
export const parseQuietHours = (value: (name: string) => string): QuietHours => {
  const from = parseTimeOfDay(
    value("from"),
    text`I did not understand when they begin. Try 23:00. Nothing has changed.`,
  );
  const to = parseTimeOfDay(value("to"), text`I did not understand when they end. Try 7:00. Nothing has changed.`);
  if (from === to)
    throw notUnderstood(
      text`I did not understand quiet hours that begin when they end. Try 23:00 to 7:00. Nothing has changed.`,
    );
  const softerBy = Number(value("softer").trim().replace(",", "."));
  if (!(softerBy >= 0 && softerBy <= 18))
    throw notUnderstood(text`I did not understand how much softer. Try 6. Nothing has changed.`);
  return { from, to, timeZone: parseZone(value("zone")), timer: parseDuration(value("timer")), softerBy };
};
