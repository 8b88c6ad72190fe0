import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type REST,
  Routes,
} from "discord.js";
import type { Command, MessageCommand } from "../commands/command.ts";
import { localised, localisedMenu } from "../i18n/localise.ts";
import { entryPoint } from "./entryPoint.ts";

/**
 * The fields that decide how a command looks and what it accepts; the rest of Discord's answer is
 * bookkeeping.
 */
const COMPARED_FIELDS = new Set([
  "type",
  "name",
  "name_localizations",
  "handler",
  "description",
  "description_localizations",
  "options",
  "choices",
  "value",
  "required",
  "autocomplete",
  "min_value",
  "max_value",
  "min_length",
  "max_length",
  "channel_types",
  "default_member_permissions",
  "nsfw",
  "contexts",
  "integration_types",
]);

type Json = Record<string, unknown>;

/** Fields that Discord may leave out or fill in. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === "object" && Object.keys(value).length === 0);

const canonical = (value: unknown, names: boolean): unknown => {
  if (Array.isArray(value)) return value.map((item) => canonical(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => (!names || COMPARED_FIELDS.has(key)) && !isEmpty(inner))
      .map(([key, inner]): [string, unknown] => [key, canonical(inner, names && !key.endsWith("_localizations"))])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

const canonicalList = (commands: readonly Json[]): string =>
  JSON.stringify(
    commands
      .map((command) => canonical({ type: 1, ...command }, true) as Json)
      .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
  );

/** Whether two lists of commands are equivalent, ignoring what Discord adds. */
export const sameCommands = (a: readonly object[], b: readonly object[]): boolean =>
  canonicalList(a as readonly Json[]) === canonicalList(b as readonly Json[]);

/** The commands as they are registered: in guilds only, in every language. */
export const registrationOf = (
  commands: readonly Command[],
  messageCommands: readonly MessageCommand[] = [],
): readonly object[] =>
  [
    ...commands.map(({ definition }) => localised(definition.toJSON())),
    ...messageCommands.map(({ definition }) => localisedMenu(definition.toJSON())),
  ].map((told) => ({
    ...told,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  }));

const isEntryPoint = (command: object): command is { readonly id: string } =>
  (command as Json).type === ApplicationCommandType.PrimaryEntryPoint;

/**
 * Discord adds an entry point by itself when activities are switched on for an application, and refuses any list without
 * it (error 50240): it stays, and is ours where the activity is on.
 */
const entryPointBeside = (there: readonly object[], hasActivity: boolean): readonly object[] => {
  const existing = there.find(isEntryPoint);
  if (!hasActivity) return existing === undefined ? [] : [existing];
  return [{ ...(existing && { id: existing.id }), ...entryPoint() }];
};

/**
 * Replaces Discord's list of the application's commands if it differs: Discord limits creations to
 * 200 a day.
 * @param hasActivity whether there is an activity to open
 * @returns whether anything was changed
 */
export const register = async (
  rest: REST,
  application: string,
  commands: readonly Command[],
  messageCommands: readonly MessageCommand[] = [],
  hasActivity = false,
): Promise<boolean> => {
  const query = new URLSearchParams({ with_localizations: "true" });
  const there = (await rest.get(Routes.applicationCommands(application), { query })) as readonly object[];
  const wanted = [...registrationOf(commands, messageCommands), ...entryPointBeside(there, hasActivity)];
  if (sameCommands(there, wanted)) return false;
  await rest.put(Routes.applicationCommands(application), { body: wanted });
  return true;
};
