import { randomBytes } from "node:crypto";
import {
  type Command,
  type CommandContext,
  type CommandHandler,
  type ComponentHandler,
  handlerOf,
  type Invoker,
  type MessageCommand,
  type ModalHandler,
  type Reply,
} from "../commands/command.ts";
import { parseCustomId } from "../commands/customId.ts";
import { createFormDrafts } from "../commands/formDrafts.ts";
import { guildsOnly, noSuchCommand, outdatedButton } from "../commands/refusals.ts";
import { languageOf, sayIn } from "../i18n/languages.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import { noTelemetry, type Telemetry } from "../ports/telemetry.ts";
import { createDedupe } from "./dedupe.ts";
import type { IncomingInteraction, InteractionOrigin, InteractionRequest } from "./interaction.ts";
import { type TimedInteraction, timeInteraction } from "./interactionTiming.ts";

/**
 * Discord gives up on an interaction after 3 s; an answer that takes longer than this is deferred.
 */
const DEFER_AFTER = seconds(1);
/** Discord takes an answer for 15 minutes. What takes longer is told to the member while that is possible. */
const GIVE_UP_AFTER = minutes(14);
/** An autocomplete can't be deferred: late choices are useless. */
const AUTOCOMPLETE_TIMEOUT = seconds(2);
/** Presses of one button within this time count as one, no matter who presses it. */
const PRESS_INTERVAL = seconds(1);
/** Discord may deliver an interaction again when a gateway session resumes. */
const DEDUPE_WINDOW = minutes(15);

/** Shows the progress of something slow; never rejects. */
type Progress = (text: string) => Promise<void>;

/** The outcome of an interaction: a reply, or nothing because the panel shows it. */
type Outcome = Reply | "no-reply";

/** The handlers that interactions can be routed to. */
export interface RouterOptions {
  readonly commands: readonly Command[];
  readonly components: readonly ComponentHandler[];
  readonly messageCommands?: readonly MessageCommand[];
  readonly modals?: readonly ModalHandler[];
  readonly context: CommandContext;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry?: Pick<Telemetry, "interactionEnded">;
}

/** Routes each interaction to its command or component, in time and once. */
export interface Router {
  /** Never rejects: errors are shown to the member or logged. */
  handle(incoming: IncomingInteraction): Promise<void>;
}

/** Creates the router. Its commands see the catalogue of the invoker's guild. */
export const createRouter = (options: RouterOptions): Router => {
  const { commands, components, messageCommands = [], modals = [], context, clock, log } = options;
  const { telemetry = noTelemetry } = options;
  const commandsByName = new Map(commands.map((command) => [command.definition.name, command]));
  const drafts = createFormDrafts();
  const controlsByAction = new Map([...components, drafts.button].map((control) => [control.action, control]));
  const messageCommandsByName = new Map(messageCommands.map((command) => [command.definition.name, command]));
  const formsByAction = new Map(modals.map((form) => [form.action, form]));
  const isNew = createDedupe(DEDUPE_WINDOW, 10_000, clock.now);
  const isFirstPress = createDedupe(PRESS_INTERVAL, 10_000, clock.now);

  const invokerOf = (origin: InteractionOrigin, { locale }: IncomingInteraction): Invoker => ({
    ...origin,
    say: sayIn(languageOf(locale)),
    voiceChannel: context.voiceChannels.channelOf(origin.guild, origin.user),
  });

  /** Commands see their guild's catalogue only: none can refer to another guild's sounds. */
  const contextFor = ({ guild }: Pick<InteractionOrigin, "guild">): CommandContext => ({
    ...context,
    catalogue: context.catalogueOf(guild),
  });

  const partFor = (name: string, subcommand: string | undefined): CommandHandler | undefined => {
    const command = commandsByName.get(name);
    return command && handlerOf(command, subcommand);
  };

  /** What is asked for, by the names that this bot knows and no others. */
  const nameOf = (request: InteractionRequest): string => {
    if (request.kind === "messageCommand") return messageCommandsByName.has(request.name) ? request.name : "unknown";
    if (request.kind === "command" || request.kind === "autocomplete") {
      const { name, subcommand } = request;
      if (partFor(name, subcommand) === undefined) return "unknown";
      return subcommand === undefined ? name : `${name} ${subcommand}`;
    }
    const { action = "" } = parseCustomId(request.customId) ?? {};
    return controlsByAction.has(action) || formsByAction.has(action) ? action : "unknown";
  };

  const runCommand = async (
    request: InteractionRequest & { kind: "command" },
    invoker: Invoker,
    progress: Progress,
  ): Promise<Outcome> => {
    const part = partFor(request.name, request.subcommand);
    if (part === undefined) throw noSuchCommand();
    const call = { ...invoker, options: request.options, progress };
    const own = contextFor(invoker);
    for (const guard of part.guards ?? []) guard(call, own);
    return part.run(call, own);
  };

  const runControl = async (
    request: InteractionRequest & { kind: "component" },
    invoker: Invoker,
  ): Promise<Outcome> => {
    const parsed = parseCustomId(request.customId);
    const control = parsed && controlsByAction.get(parsed.action);
    if (parsed === undefined || control === undefined) throw outdatedButton();
    const press = { ...invoker, parts: parsed.parts, values: request.values };
    if (control.scope === "shared" && !isFirstPress(`${press.guild} ${request.customId} ${press.user}`))
      return "no-reply";
    // After the guards, so that members who may not press it can't block those who may.
    const own = contextFor(invoker);
    for (const guard of control.guards ?? []) guard(press, own);
    if (control.scope === "shared" && !isFirstPress(`${press.guild} ${request.customId}`)) return "no-reply";
    return control.run(press, own);
  };

  const runOnMessage = async (
    request: InteractionRequest & { kind: "messageCommand" },
    invoker: Invoker,
    progress: Progress,
  ): Promise<Outcome> => {
    const command = messageCommandsByName.get(request.name);
    if (command === undefined) throw noSuchCommand();
    const call = { ...invoker, message: request.message, progress };
    const own = contextFor(invoker);
    for (const guard of command.guards ?? []) guard(call, own);
    return command.run(call, own);
  };

  const runForm = async (
    { customId, values, files }: InteractionRequest & { kind: "modalSubmit" },
    invoker: Invoker,
    progress: Progress,
  ): Promise<Outcome> => {
    const parsed = parseCustomId(customId);
    const form = parsed && formsByAction.get(parsed.action);
    if (parsed === undefined || form === undefined) throw outdatedButton();
    const submission = { ...invoker, parts: parsed.parts, values, files, progress };
    const own = contextFor(invoker);
    for (const guard of form.guards ?? []) guard(submission, own);
    try {
      return await form.run(submission, own);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const again = await form.filledIn(submission, own).catch(() => undefined);
      if (again === undefined) throw error;
      return drafts.offerAgain(invoker.say.of(error.text), again, invoker);
    }
  };

  const run = async (incoming: IncomingInteraction, progress: Progress): Promise<Outcome> => {
    const { request, origin } = incoming;
    if (origin === undefined) throw guildsOnly();
    const invoker = invokerOf(origin, incoming);
    if (request.kind === "command") return runCommand(request, invoker, progress);
    if (request.kind === "component") return runControl(request, invoker);
    if (request.kind === "messageCommand") return runOnMessage(request, invoker, progress);
    if (request.kind === "modalSubmit") return runForm(request, invoker, progress);
    throw new Error(`Not to be run: ${request.kind}`);
  };

  /** The text for an error: its own, or a reference to the log. */
  const refusal = (error: unknown, { request, origin, locale }: IncomingInteraction): Reply => {
    const say = sayIn(languageOf(locale));
    if (error instanceof UserError) return { text: say.of(error.text) };
    const reference = randomBytes(3).toString("hex").toUpperCase();
    log.error("An interaction failed", { reference, error, origin, request });
    return { text: say("interaction.failed", { reference }) };
  };

  const within = async (outcome: Promise<Outcome>, patience: Millis): Promise<Outcome | "late"> => {
    let stopWaiting = () => {};
    const late = new Promise<"late">((resolve) => {
      stopWaiting = clock.after(patience, () => resolve("late"));
    });
    const first = await Promise.race([outcome, late]);
    stopWaiting();
    return first;
  };

  const answer = async (timed: TimedInteraction): Promise<void> => {
    const { incoming } = timed;
    let acknowledged: Promise<void> | undefined;
    const acknowledge = () => {
      acknowledged ??= incoming.defer();
      return acknowledged;
    };
    let hasGivenUp = false;
    const progress: Progress = async (text) => {
      if (hasGivenUp) return;
      try {
        await acknowledge();
        await incoming.editReply({ text });
      } catch (error) {
        log.info("How far it is could not be said", { error });
      }
    };
    const outcome = run(incoming, progress).catch((error: unknown) => {
      timed.outcome = error instanceof UserError ? "refused" : "failed";
      return refusal(error, incoming);
    });
    const first = await within(outcome, DEFER_AFTER);
    if (first !== "late" && first !== "no-reply" && acknowledged === undefined) return incoming.reply(first);
    await acknowledge();
    const final = first === "late" ? await within(outcome, GIVE_UP_AFTER) : first;
    if (final === "late") {
      hasGivenUp = true;
      timed.outcome = "failed";
      log.info("An answer took too long", { request: nameOf(incoming.request) });
      return incoming.editReply({ text: sayIn(languageOf(incoming.locale))("interaction.tookTooLong") });
    }
    if (final !== "no-reply") await incoming.editReply(final);
  };

  const complete = async (
    timed: TimedInteraction,
    request: InteractionRequest & { kind: "autocomplete" },
  ): Promise<void> => {
    const { incoming } = timed;
    const { origin } = incoming;
    const find = partFor(request.name, request.subcommand)?.autocomplete?.[request.option];
    if (origin === undefined || find === undefined) return incoming.respond([]);
    let stopWaiting = () => {};
    const late = new Promise<readonly []>((resolve) => {
      stopWaiting = clock.after(AUTOCOMPLETE_TIMEOUT, () => resolve([]));
    });
    const found = (async () =>
      find(request.typed, invokerOf(origin, incoming), contextFor(origin), request.given ?? (() => undefined)))().catch(
      (error: unknown) => {
        log.error("An autocomplete failed", { error, request });
        timed.outcome = "failed";
        return [];
      },
    );
    const choices = await Promise.race([found, late]);
    stopWaiting();
    await incoming.respond(choices.slice(0, 25));
  };

  return {
    async handle(incoming) {
      if (!isNew(incoming.id)) return;
      const { request } = incoming;
      const timed = timeInteraction(incoming, () => performance.now());
      try {
        await (request.kind === "autocomplete" ? complete(timed, request) : answer(timed));
      } catch (error) {
        // Discord refused the answer, but the command has been carried out.
        log.warn("An answer was not taken", { error, request });
        timed.outcome = "not-taken";
      }
      const { outcome } = timed;
      telemetry.interactionEnded({
        kind: request.kind,
        command: nameOf(request),
        outcome,
        latency: timed.latency(),
      });
    },
  };
};
