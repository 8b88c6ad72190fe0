import type { Json } from "../shared/json.ts";

// Limits of application commands that Discord documents, and its schemas do not express.
const NAME = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]{1,32}$/u;
const MOST_OPTIONS = 25;
const MOST_CHARACTERS = 8_000;
const CHAT_INPUT = 1;
/** Opens an application's activity. */
export const ENTRY_POINT = 4;

const nameFault = (name: unknown, place: string): string | undefined =>
  typeof name === "string" && NAME.test(name) && name === name.toLowerCase()
    ? undefined
    : `${place}name: ${JSON.stringify(name)} is not a lower-case name of 1 to 32 letters`;

const localised = (each: Json, key: string): unknown[] => Object.values((each[`${key}_localizations`] ?? {}) as Json);

const entryFault = (each: Json, place: string): string | undefined => {
  for (const name of [each.name, ...localised(each, "name")]) {
    const fault = nameFault(name, place);
    if (fault !== undefined) return fault;
  }
  for (const text of [each.description, ...localised(each, "description")]) {
    if (typeof text !== "string" || text.length < 1 || text.length > 100) {
      return `${place}description: not of 1 to 100 characters`;
    }
  }
  return optionsFault((each.options ?? []) as Json[], place);
};

const optionFault = (option: Json, place: string): string | undefined => {
  if (option.autocomplete === true && ((option.choices ?? []) as Json[]).length > 0) {
    return `${place}autocomplete: not beside choices`;
  }
  return entryFault(option, place);
};

const optionsFault = (options: Json[], place: string): string | undefined => {
  if (options.length > MOST_OPTIONS) return `${place}options: more than ${MOST_OPTIONS}`;
  const names = options.map((each) => each.name);
  if (new Set(names).size !== names.length) return `${place}options: a name is used twice`;
  const firstOptional = options.findIndex((each) => each.required !== true);
  if (firstOptional >= 0 && options.slice(firstOptional).some((each) => each.required === true)) {
    return `${place}options: required ones come first`;
  }
  const nesting = options.filter((each) => each.type === 1 || each.type === 2).length;
  if (nesting > 0 && nesting < options.length) return `${place}options: subcommands stand alone`;
  for (const option of options) {
    const fault = optionFault(option, `${place}options.${String(option.name)}.`);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** Characters of names, descriptions and values; of translations the longest counts. */
const characters = (each: Json): number => {
  const longest = (key: string) =>
    Math.max(0, ...[each[key], ...localised(each, key)].map((text) => (typeof text === "string" ? text.length : 0)));
  const value = typeof each.value === "string" ? each.value.length : 0;
  const nested = [...((each.options ?? []) as Json[]), ...((each.choices ?? []) as Json[])];
  return nested.reduce((sum, inner) => sum + characters(inner), longest("name") + longest("description") + value);
};

/** Commands of menus have a name alone, in which capitals and spaces are welcome. */
const menuFault = (command: Json): string | undefined => {
  const names = [command.name, ...localised(command, "name")];
  if (names.some((name) => typeof name !== "string" || name.trim() === "" || name.length > 32)) {
    return "name: not of 1 to 32 characters";
  }
  if ((command.description ?? "") !== "" || ((command.options ?? []) as Json[]).length > 0) {
    return "description: a command of a menu has neither description nor options";
  }
  return undefined;
};

/** @returns what Discord would refuse in a command, or undefined */
export const commandFault = (command: Json): string | undefined => {
  if (command.type === ENTRY_POINT) {
    if (((command.options ?? []) as Json[]).length > 0) return "options: an entry point has none";
    if (command.handler !== 1 && command.handler !== 2) return "handler: an entry point's is 1 or 2";
    return entryFault(command, "");
  }
  if (command.handler !== undefined) return "handler: of an entry point alone";
  if ((command.type ?? CHAT_INPUT) !== CHAT_INPUT) return menuFault(command);
  const fault = entryFault(command, "");
  if (fault !== undefined) return fault;
  return characters(command) > MOST_CHARACTERS ? `more than ${MOST_CHARACTERS} characters in all` : undefined;
};

const LOCALISED = new Set(["name_localizations", "description_localizations"]);

/** A command as Discord lists it without `with_localizations`. */
export const withoutLocalisations = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutLocalisations);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !LOCALISED.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutLocalisations(inner)]));
};
