// Loaded here although only the engine's thread uses it: the native library is unloaded with the last thread that holds it while
// its destructors are still registered, and the process dies (seen with @evan/opus 1.0.3).
import "@evan/opus";
import type { Player, Players, VoiceGateway } from "../host/ports.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { PlayerEvent } from "../session/protocol.ts";
import { createJournal, type Journal } from "./journal.ts";
import { type Machine, type OpenMachine, openProcess, openThread } from "./machine.ts";
import type { FromEngine, ToEngine } from "./wire.ts";

export interface Engine extends Players {
  /** What the machines have been through since the start. */
  counts(): EngineCounts;
  /** Lets go of every stream and ends the machines. */
  close(): Promise<void>;
}

interface EngineCounts {
  /** How often a voice connection went from one state to another, by `from → to`. */
  readonly transitions: Readonly<Record<string, number>>;
  /** Machines that ended without being asked to. */
  readonly restarts: number;
  /** Guilds, machine by machine. */
  readonly guilds: readonly number[];
}

interface Guest {
  onEvent(event: PlayerEvent): void;
  readonly gateway: ReturnType<VoiceGateway["open"]>;
  readonly seat: Seat;
  readonly journal: Journal;
}

/** A place for a machine; when it ends, another takes the place and its guilds. */
interface Seat {
  machine: Machine;
  /** When machines have ended here, the latest last. */
  ends: readonly Millis[];
}

/** More ends than this within a minute are no accident. */
const MOST_ENDS = 5;
const ENDS_SPAN: Millis = minutes(1);
const REST: Millis = 250;
const HARD_END: Millis = seconds(3);

/**
 * The engine as the main thread sees it: a thread of its own, further processes on large machines, and messages. A session stays
 * where it began. When a machine fails, another goes on with its rooms from where they were.
 * @param options.engines how many machines; the first is a thread
 */
export const openEngine = ({
  voiceGateway,
  log,
  engines = 1,
  open = (index) => (index === 0 ? openThread : openProcess),
}: {
  readonly voiceGateway: VoiceGateway;
  readonly log: Log;
  readonly engines?: number;
  readonly open?: (index: number) => OpenMachine;
}): Engine => {
  const now = () => performance.now();
  const guests = new Map<GuildId, Guest>();
  const transitions = new Map<string, number>();
  let restarts = 0;
  let closed = false;
  let left = engines;
  const allEnded = Promise.withResolvers<void>();

  const heard = (message: FromEngine, tell: (answer: ToEngine) => void) => {
    if (message.type === "log") {
      const { from, to } = message.details;
      if (message.message === "Voice connection" && from !== to) {
        const step = `${String(from)} → ${String(to)}`;
        transitions.set(step, (transitions.get(step) ?? 0) + 1);
      }
      return log[message.level](message.message, message.details);
    }
    const guest = guests.get(message.guild);
    if (message.type === "event") {
      guest?.journal.hear(message.event);
      return guest?.onEvent(message.event);
    }
    if (guest?.gateway.send(message.payload) === false) tell({ type: "unsendable", guild: message.guild });
  };

  const guestsOf = (seat: Seat) => [...guests].filter(([, guest]) => guest.seat === seat);

  /** Leaves first: Discord may take a second join for what is so already, and answer nothing. */
  const goOn = (seat: Seat) => {
    for (const [guild, { journal, gateway }] of guestsOf(seat)) {
      seat.machine.tell({ type: "open", guild });
      if (!journal.isOpen()) continue;
      gateway.send(leavePayload(guild));
      for (const command of journal.replay()) seat.machine.tell({ type: "command", guild, command });
    }
  };

  const ended = (seat: Seat, index: number) => {
    if (closed) {
      left -= 1;
      return left === 0 ? allEnded.resolve() : undefined;
    }
    restarts += 1;
    seat.ends = [...seat.ends.filter((at) => now() - at < ENDS_SPAN), now()];
    const hopeless = seat.ends.length > MOST_ENDS;
    log.error("An engine has ended", { index, ends: seat.ends.length, hopeless });
    for (const [guild, { onEvent, journal }] of guestsOf(seat)) {
      // Sessions end calmly rather than believe in sound that is not there.
      if (hopeless || !journal.isOpen()) onEvent({ type: "left", why: "unreachable" });
      else onEvent({ type: "interrupted", why: "reconnecting" });
      if (hopeless) guests.delete(guild);
    }
    return setTimeout(() => {
      if (closed) return;
      seat.machine = start(index);
      goOn(seat);
    }, REST * seat.ends.length);
  };

  const start = (index: number): Machine => {
    const machine: Machine = open(index)({
      heard: (message) => heard(message, machine.tell),
      failed: (error) => log.error("An engine failed", { index, error }),
      ended: () => void ended(seats[index]!, index),
    });
    return machine;
  };

  const seats = Array.from({ length: engines }, (_, index): Seat => ({ machine: start(index), ends: [] }));

  /** Where the fewest are. */
  const freest = (): Seat =>
    seats.reduce((best, seat) => (guestsOf(seat).length < guestsOf(best).length ? seat : best));

  return {
    counts: () => ({
      transitions: Object.fromEntries(transitions),
      restarts,
      guilds: seats.map((seat) => guestsOf(seat).length),
    }),
    open(guild, onEvent): Player {
      const before = guests.get(guild);
      const seat = before?.seat ?? freest();
      const tell = (message: ToEngine) => seat.machine.tell(message);
      const gateway = voiceGateway.open(guild, {
        stateUpdate: (payload) => tell({ type: "stateUpdate", guild, payload }),
        serverUpdate: (payload) => tell({ type: "serverUpdate", guild, payload }),
        closed: () => tell({ type: "unsendable", guild }),
        renewed: () => tell({ type: "gatewayRenewed", guild }),
        barred: () => tell({ type: "barred", guild }),
      });
      const guest: Guest = { onEvent, gateway, seat, journal: createJournal(now) };
      before?.gateway.close();
      guests.set(guild, guest);
      tell({ type: "open", guild });
      return {
        send(command) {
          guest.journal.note(command);
          tell({ type: "command", guild, command });
        },
        close() {
          if (guests.get(guild) !== guest) return;
          tell({ type: "close", guild });
          // What the machine sends on letting go still has to reach Discord.
          setTimeout(() => {
            if (guests.get(guild) === guest) guests.delete(guild);
            gateway.close();
          }, 250).unref();
        },
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      for (const { machine } of seats) machine.tell({ type: "shutDown" });
      const hard = setTimeout(() => {
        for (const { machine } of seats) machine.end();
      }, HARD_END);
      await allEnded.promise;
      clearTimeout(hard);
      for (const { gateway } of guests.values()) gateway.close();
      guests.clear();
    },
  };
};

const leavePayload = (guild: GuildId) => ({
  op: 4,
  d: { guild_id: guild, channel_id: null, self_deaf: true, self_mute: false },
});
