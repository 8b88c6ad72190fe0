import { randomBytes } from "node:crypto";
import {
  type Asker,
  type Command,
  type Control,
  type House,
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

/** What is done about an interaction: a reply, or nothing to see because the panel will show it. */
type Outcome = Reply | "seen";

export interface RouterOptions {
  readonly commands: readonly Command[];
  readonly controls: readonly Control[];
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
}

/** Leads each interaction to its command or control, in time, once. */
export interface Router {
  /** Never rejects: what goes wrong is said or logged. */
  handle(incoming: Incoming): Promise<void>;
}

export const createRouter = ({ commands, controls, house, clock, log }: RouterOptions): Router => {
  const commandsByName = new Map(commands.map((command) => [command.definition.name, command]));
  const controlsByAction = new Map(controls.map((control) => [control.action, control]));
  const isNew = createOnce(REPLAY_SPAN, 10_000, clock.now);
  const isFirstPress = createOnce(PRESS_INTERVAL, 10_000, clock.now);

  const askerOf = (origin: Origin): Asker => ({ ...origin, voice: house.rooms.channelOf(origin.guild, origin.user) });

  const partFor = (name: string, subcommand: string | undefined): Part | undefined => {
    const command = commandsByName.get(name);
    return command && partOf(command, subcommand);
  };

  const runCommand = async (request: Request & { kind: "command" }, origin: Origin): Promise<Outcome> => {
    const part = partFor(request.name, request.subcommand);
    if (part === undefined) throw noSuchCommand();
    const call = { ...askerOf(origin), options: request.options };
    for (const guard of part.guards ?? []) guard(call, house);
    return part.run(call, house);
  };

  const runControl = async (request: Request & { kind: "control" }, origin: Origin): Promise<Outcome> => {
    const parsed = parseCustomId(request.customId);
    const control = parsed && controlsByAction.get(parsed.action);
    if (parsed === undefined || control === undefined) throw oldButton();
    const press = { ...askerOf(origin), parts: parsed.parts, values: request.values };
    if (control.of === "room" && !isFirstPress(`${press.guild} ${request.customId} ${press.user}`)) return "seen";
    // After the guards, so that those who may not press cannot hold up those who may.
    for (const guard of control.guards ?? []) guard(press, house);
    if (control.of === "room" && !isFirstPress(`${press.guild} ${request.customId}`)) return "seen";
    return control.run(press, house);
  };

  const run = async ({ request, origin }: Incoming): Promise<Outcome> => {
    if (origin === undefined) throw guildsOnly();
    if (request.kind === "command") return runCommand(request, origin);
    if (request.kind === "control") return runControl(request, origin);
    throw new Error(`Not to be run: ${request.kind}`);
  };

  /** The words for what went wrong: its own, or a reference to the log. */
  const refusal = (error: unknown, { request, origin }: Incoming): Reply => {
    if (error instanceof UserError) return { text: error.message };
    const reference = randomBytes(3).toString("hex").toUpperCase();
    log.error("An interaction failed", { reference, error, origin, request });
    return { text: `Something went wrong here. It is noted as ${reference}. Please try again in a moment.` };
  };

  const answer = async (incoming: Incoming): Promise<void> => {
    const outcome = run(incoming).catch((error: unknown) => refusal(error, incoming));
    let stopWaiting = () => {};
    const late = new Promise<"late">((resolve) => {
      stopWaiting = clock.after(PATIENCE, () => resolve("late"));
    });
    const first = await Promise.race([outcome, late]);
    stopWaiting();
    if (first !== "late" && first !== "seen") return incoming.answer(first);
    await incoming.acknowledge();
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
    const found = (async () => find(request.typed, askerOf(origin), house))().catch((error: unknown) => {
      log.error("An autocomplete failed", { error, request });
      return [];
    });
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
