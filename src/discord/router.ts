import { randomBytes } from "node:crypto";
import {
  type Asker,
  type Command,
  type Control,
  type Form,
  type House,
  type MessageCommand,
  type Part,
  partOf,
  type Reply,
} from "../commands/command.ts";
import { parseCustomId } from "../commands/customId.ts";
import { guildsOnly, noSuchCommand, oldButton } from "../commands/refusals.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { minutes, seconds } from "../kernel/units.ts";
import { languageOf, sayIn } from "../languages/languages.ts";
import type { Incoming, Origin, Request } from "./incoming.ts";
import { createOnce } from "./once.ts";

/** Discord gives up on an interaction after 3 s; an answer that takes longer than this is announced first. */
const PATIENCE = seconds(1);
/** An autocomplete cannot be deferred: late choices are worth nothing. */
const COMPLETE_LIMIT = seconds(2);
/** Presses of one button within this time are one wish, whoever makes them. */
const PRESS_INTERVAL = seconds(1);
/** Discord may deliver an interaction again when a gateway session is resumed. */
const REPLAY_SPAN = minutes(15);

/** Says how far something is that takes its time; never rejects. */
type Progress = (text: string) => Promise<void>;

/** What is done about an interaction: a reply, or nothing to see because the panel will show it. */
type Outcome = Reply | "seen";

export interface RouterOptions {
  readonly commands: readonly Command[];
  readonly controls: readonly Control[];
  readonly messageCommands?: readonly MessageCommand[];
  readonly forms?: readonly Form[];
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
}

/** Leads each interaction to its command or control, in time, once. */
export interface Router {
  /** Never rejects: what goes wrong is said or logged. */
  handle(incoming: Incoming): Promise<void>;
}

export const createRouter = (options: RouterOptions): Router => {
  const { commands, controls, messageCommands = [], forms = [], house, clock, log } = options;
  const commandsByName = new Map(commands.map((command) => [command.definition.name, command]));
  const controlsByAction = new Map(controls.map((control) => [control.action, control]));
  const messageCommandsByName = new Map(messageCommands.map((command) => [command.definition.name, command]));
  const formsByAction = new Map(forms.map((form) => [form.action, form]));
  const isNew = createOnce(REPLAY_SPAN, 10_000, clock.now);
  const isFirstPress = createOnce(PRESS_INTERVAL, 10_000, clock.now);

  const askerOf = (origin: Origin, { locale }: Incoming): Asker => ({
    ...origin,
    say: sayIn(languageOf(locale)),
    voice: house.rooms.channelOf(origin.guild, origin.user),
  });

  /** What a command sees is its guild's: no command can name another one's sounds. */
  const houseOf = ({ guild }: Pick<Origin, "guild">): House => ({ ...house, catalogue: house.catalogueOf(guild) });

  const partFor = (name: string, subcommand: string | undefined): Part | undefined => {
    const command = commandsByName.get(name);
    return command && partOf(command, subcommand);
  };

  const runCommand = async (
    request: Request & { kind: "command" },
    asker: Asker,
    progress: Progress,
  ): Promise<Outcome> => {
    const part = partFor(request.name, request.subcommand);
    if (part === undefined) throw noSuchCommand();
    const call = { ...asker, options: request.options, progress };
    const own = houseOf(asker);
    for (const guard of part.guards ?? []) guard(call, own);
    return part.run(call, own);
  };

  const runControl = async (request: Request & { kind: "control" }, asker: Asker): Promise<Outcome> => {
    const parsed = parseCustomId(request.customId);
    const control = parsed && controlsByAction.get(parsed.action);
    if (parsed === undefined || control === undefined) throw oldButton();
    const press = { ...asker, parts: parsed.parts, values: request.values };
    if (control.of === "room" && !isFirstPress(`${press.guild} ${request.customId} ${press.user}`)) return "seen";
    // After the guards, so that those who may not press cannot hold up those who may.
    const own = houseOf(asker);
    for (const guard of control.guards ?? []) guard(press, own);
    if (control.of === "room" && !isFirstPress(`${press.guild} ${request.customId}`)) return "seen";
    return control.run(press, own);
  };

  const runOnMessage = async (
    request: Request & { kind: "message" },
    asker: Asker,
    progress: Progress,
  ): Promise<Outcome> => {
    const command = messageCommandsByName.get(request.name);
    if (command === undefined) throw noSuchCommand();
    const call = { ...asker, message: request.message, progress };
    const own = houseOf(asker);
    for (const guard of command.guards ?? []) guard(call, own);
    return command.run(call, own);
  };

  const runForm = async (
    { customId, values, files }: Request & { kind: "form" },
    asker: Asker,
    progress: Progress,
  ): Promise<Outcome> => {
    const parsed = parseCustomId(customId);
    const form = parsed && formsByAction.get(parsed.action);
    if (parsed === undefined || form === undefined) throw oldButton();
    const submission = { ...asker, parts: parsed.parts, values, files, progress };
    const own = houseOf(asker);
    for (const guard of form.guards ?? []) guard(submission, own);
    return form.run(submission, own);
  };

  const run = async (incoming: Incoming, progress: Progress): Promise<Outcome> => {
    const { request, origin } = incoming;
    if (origin === undefined) throw guildsOnly();
    const asker = askerOf(origin, incoming);
    if (request.kind === "command") return runCommand(request, asker, progress);
    if (request.kind === "control") return runControl(request, asker);
    if (request.kind === "message") return runOnMessage(request, asker, progress);
    if (request.kind === "form") return runForm(request, asker, progress);
    throw new Error(`Not to be run: ${request.kind}`);
  };

  /** The words for what went wrong: its own, or a reference to the log. */
  const refusal = (error: unknown, { request, origin, locale }: Incoming): Reply => {
    const say = sayIn(languageOf(locale));
    if (error instanceof UserError) return { text: say.of(error.text) };
    const reference = randomBytes(3).toString("hex").toUpperCase();
    log.error("An interaction failed", { reference, error, origin, request });
    return { text: say`Something went wrong here. It is noted as ${reference}. Please try again in a moment.` };
  };

  const answer = async (incoming: Incoming): Promise<void> => {
    let acknowledged: Promise<void> | undefined;
    const acknowledge = () => {
      acknowledged ??= incoming.acknowledge();
      return acknowledged;
    };
    const progress: Progress = async (text) => {
      try {
        await acknowledge();
        await incoming.answerLater({ text });
      } catch (error) {
        log.info("How far it is could not be said", { error });
      }
    };
    const outcome = run(incoming, progress).catch((error: unknown) => refusal(error, incoming));
    let stopWaiting = () => {};
    const late = new Promise<"late">((resolve) => {
      stopWaiting = clock.after(PATIENCE, () => resolve("late"));
    });
    const first = await Promise.race([outcome, late]);
    stopWaiting();
    if (first !== "late" && first !== "seen" && acknowledged === undefined) return incoming.answer(first);
    await acknowledge();
    const final = first === "late" ? await outcome : first;
    if (final !== "seen") await incoming.answerLater(final);
  };

  const complete = async (incoming: Incoming, request: Request & { kind: "complete" }): Promise<void> => {
    const { origin } = incoming;
    const find = partFor(request.name, request.subcommand)?.complete?.[request.option];
    if (origin === undefined || find === undefined) return incoming.offer([]);
    let stopWaiting = () => {};
    const late = new Promise<readonly []>((resolve) => {
      stopWaiting = clock.after(COMPLETE_LIMIT, () => resolve([]));
    });
    const found = (async () => find(request.typed, askerOf(origin, incoming), houseOf(origin)))().catch(
      (error: unknown) => {
        log.error("An autocomplete failed", { error, request });
        return [];
      },
    );
    const choices = await Promise.race([found, late]);
    stopWaiting();
    await incoming.offer(choices.slice(0, 25));
  };

  return {
    async handle(incoming) {
      if (!isNew(incoming.id)) return;
      const { request } = incoming;
      try {
        await (request.kind === "complete" ? complete(incoming, request) : answer(incoming));
      } catch (error) {
        // Discord would not take the answer; what was asked for has been done.
        log.warn("An answer was not taken", { error, request });
      }
    },
  };
};
