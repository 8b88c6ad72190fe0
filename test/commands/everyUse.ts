import { commands, components, messageCommands, modals } from "../../src/commands/all.ts";
import type { AttachedFile } from "../../src/commands/command.ts";
import { panelButtons } from "../../src/panel/panelButtons.ts";

/** Something that a member can do: a command, a button, a select or a form, with values that are in order. */
export type Use =
  | { readonly kind: "command"; readonly path: string; readonly options: Readonly<Record<string, string | number>> }
  | { readonly kind: "message"; readonly name: string; readonly file: AttachedFile }
  /** In `parts`, `session` and `favourite` stand for the ids of those that are there. */
  | {
      readonly kind: "component";
      readonly action: string;
      readonly parts: readonly string[];
      readonly values: readonly string[];
    }
  | {
      readonly kind: "form";
      readonly action: string;
      readonly fields: Readonly<Record<string, readonly string[]>>;
      readonly file?: AttachedFile;
    };

const FILE: AttachedFile = { name: "gutter.wav", url: "file:gutter", size: 1_000, contentType: "audio/wav" };

/**
 * Every slash command and subcommand, with options in order. In a value, `evening` and `wake-up` stand for the ids of
 * those that are planned.
 */
const COMMANDS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  play: { sound: "fire" },
  "queue show": {},
  "queue move": { from: 1, to: 2 },
  "queue remove": { place: 1 },
  "queue shuffle": {},
  "queue clear": {},
  "queue loop": { mode: "all" },
  skip: {},
  back: {},
  pause: {},
  resume: {},
  stop: {},
  now: {},
  loudness: { step: "whisper" },
  "mix show": {},
  "mix add": { sound: "ocean" },
  "mix change": { layer: "rain-window", level: "soft" },
  "mix remove": { layer: "rain-window" },
  "mix save": { name: "Rain" },
  "mix surprise": {},
  "mix once": { sound: "ocean" },
  whisper: { text: "Sleep well" },
  breathe: {},
  remote: {},
  "sleep in": { duration: "30m" },
  "sleep at": { time: "23:30" },
  "sleep me": { duration: "30m" },
  "sleep after-this": {},
  "sleep extend": {},
  "sleep cancel": {},
  "sleep show": {},
  "wake at": { time: "18:00" },
  "wake me": { time: "18:00" },
  "wake list": {},
  "wake cancel": { "wake-up": "wake-up" },
  "evening start": { programme: "sleep" },
  "evening schedule": { programme: "sleep", at: "22:30", channel: "10" },
  "evening design": {},
  "evening list": {},
  "evening skip-next": { evening: "evening" },
  "evening cancel": { evening: "evening" },
  "favourites add": { sound: "fire", name: "Fire" },
  "favourites list": {},
  "favourites play": { name: "Hearth" },
  "favourites rename": { name: "Hearth", to: "Embers" },
  "favourites remove": { name: "Hearth" },
  "favourites restore": {},
  "favourites move": { name: "Hearth", position: 1 },
  "favourites export": {},
  "favourites import": { code: "lull1.none" },
  "sounds browse": {},
  "sounds show": { sound: "fire" },
  "sounds add": { file: "RIFF" },
  "sounds edit": { sound: "up-gutter", title: "The gutter" },
  "sounds remove": { sound: "up-gutter" },
  "sounds export": { name: "Gutters", authors: "Ana" },
  "sounds optional": {},
  discover: {},
  "sample sound": { sound: "fire" },
  avoid: {},
  visual: {},
  tingles: {},
  "privacy show": {},
  "privacy export": {},
  "privacy delete": {},
  "privacy allow": { what: "wake", answer: "yes" },
  "about asmr": {},
  "about sounds": {},
  settings: {},
  doctor: {},
  help: {},
};

/** Every button and select but those of `/settings`, which the page itself names. */
const COMPONENTS: Readonly<Record<string, readonly [parts: readonly string[], values?: readonly string[]]>> = {
  pause: [["session"]],
  resume: [["session"]],
  skip: [["session"]],
  stop: [["session"]],
  extend: [["session"]],
  sleep: [["session"]],
  favourite: [["session"]],
  "mix-pick": [["session"], ["rain-window"]],
  "mix-add": [["session"], ["ocean"]],
  "mix-level": [["session", "rain-window"], ["soft"]],
  "mix-place": [["session", "rain-window"], ["left"]],
  "mix-remove": [["session", "rain-window"]],
  queue: [["0"]],
  evenings: [["0"]],
  favourites: [["0"]],
  "favourites-mine": [["0"]],
  "favourite-play": [["favourite"]],
  "start-with": [["fire"]],
  sounds: [["all", "0"]],
  "sounds-trigger": [[], ["fire"]],
  "sounds-play": [[], ["fire"]],
  "sounds-optional": [[], ["clock"]],
  "sounds-this": [["fire"]],
  upload: [["up-gutter", "reject"]],
  discover: [["fire"]],
  "discover-rest": [["0"]],
  "discover-unrest": [["0"]],
  tingle: [["session"]],
  "too-much": [["session"]],
  "too-much-leave": [["session"]],
  "too-much-softer": [["session"]],
  "too-much-avoid": [[], ["rain"]],
  "about-asmr": [["0"]],
};

/** Every form. */
const FORMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "sounds-add": { title: ["Gutter"] },
  "evening-design": { name: ["Ours"], settle: ["rain"], trigger: ["water"], deepen: ["fire"], minutes: ["30"] },
  avoid: { triggers: ["rain"], mode: ["skip"] },
  "settings-quiet-channel": { channel: ["10"], plays: ["Slow Shore"], zone: ["Europe/Berlin"], stay: ["no"] },
  "settings-quiet": { from: ["23:00"], to: ["07:00"], zone: ["Europe/Berlin"], timer: ["60m"], softer: ["6"] },
};

const pathsOf = (): readonly string[] =>
  commands.flatMap((command) => {
    const { name } = command.definition.toJSON();
    return "subcommands" in command ? Object.keys(command.subcommands).map((part) => `${name} ${part}`) : [name];
  });

const samplesLeft = (used: readonly Use[]): readonly string[] => {
  const names = new Set(
    used.map((use) => (use.kind === "command" ? use.path : use.kind === "message" ? "" : use.action)),
  );
  return [COMMANDS, COMPONENTS, FORMS].flatMap((of) => Object.keys(of)).filter((name) => !names.has(name));
};

const inOrder = <T>(what: string, name: string, of: Readonly<Record<string, T>>): T => {
  const found = of[name];
  if (found === undefined) throw new Error(`${what} ${name} is new: say in test/commands/everyUse.ts how it is used`);
  return found;
};

/**
 * Everything that the registry knows, each with values that are in order.
 * @param settings the custom ids of the page of settings, with a value for each
 * @throws Error that names what is new, or gone
 */
export const everyUse = (settings: readonly (readonly [customId: string, value: string])[]): readonly Use[] => {
  const uses = usesOf(settings);
  const gone = samplesLeft(uses);
  if (gone.length > 0) throw new Error(`${gone.join(", ")} is gone: take it out of test/commands/everyUse.ts`);
  return uses;
};

const usesOf = (settings: readonly (readonly [customId: string, value: string])[]): readonly Use[] => [
  ...pathsOf().map((path): Use => ({ kind: "command", path, options: inOrder("The command", path, COMMANDS) })),
  ...messageCommands.map(({ definition }): Use => ({ kind: "message", name: definition.name, file: FILE })),
  ...[...panelButtons, ...components]
    .filter(({ action }) => action !== "settings")
    .map(({ action }): Use => {
      const [parts, values = []] = inOrder("The button or select", action, COMPONENTS);
      return { kind: "component", action, parts, values };
    }),
  ...settings.map(([customId, value]): Use => {
    const [, action = "", ...parts] = customId.split(":");
    return { kind: "component", action, parts, values: [value] };
  }),
  ...modals.map(
    ({ action }): Use => ({
      kind: "form",
      action,
      fields: inOrder("The form", action, FORMS),
      ...(action === "sounds-add" && { file: FILE }),
    }),
  ),
];

/** What a use is called in a list. */
export const nameOfUse = (use: Use): string => {
  if (use.kind === "command") return `/${use.path}`;
  if (use.kind === "message") return use.name;
  const parts = use.kind === "component" && use.action === "settings" ? use.parts : [];
  return [use.kind, use.action, ...parts].join(" ");
};
