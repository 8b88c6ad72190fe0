import type { Snowflake } from "discord-api-types/v10";
import { SILENCE_FRAME } from "../shared/opus.ts";
import { createRandom } from "../shared/random.ts";
import { createDeliveryService } from "./dave/deliveryService.ts";
import type { Seat } from "./dave/groupMember.ts";
import { createParticipant, isEncrypted, type Participant } from "./dave/participant.ts";
import { speakInto } from "./microphone.ts";
import { json, Opcode, type ServerMessage } from "./protocol.ts";
import type { Said } from "./rtp.ts";
import type { HeardPacket, Listener } from "./types.ts";

/** A packet as it came over UDP, opened as far as the transport goes. */
export interface Arrived {
  readonly at: number;
  readonly sequence: number;
  readonly timestamp: number;
  /** undefined when the transport key did not open it. */
  readonly frame: Buffer | undefined;
}

/** What a packet adds to the counts. */
export interface Verdict {
  readonly inTheClear: boolean;
  readonly undecryptable: boolean;
}

interface Ears {
  readonly participant: Participant;
  readonly seat: Seat;
  readonly listeners: Set<(packet: HeardPacket) => void>;
  readonly leave: () => void;
}

/** The bot's place in the call. */
export interface BotSeat {
  readonly seat: Seat;
  readonly since: number;
  /** Lets it hear what another member says. */
  readonly play: (said: Said) => void;
  leave(): void;
}

/** A frame that was on its way when the keys changed is nobody's fault. */
const IN_FLIGHT = 100;
/** So long may the bot take over a welcome before plain frames are held against it. */
const GRACE = 500;
/** Listeners take up to this long over a commit, in milliseconds: sometimes they are first, mostly the bot is. */
const THINKING = 15;

/** One call in one channel: who is in it, their MLS group, and what each of them hears. */
export const createCall = (channel: Snowflake, patience: () => number, onViolation: (text: string) => void) => {
  const dave = createDeliveryService(channel, patience, onViolation);
  const random = createRandom(Number(BigInt(channel) % 0xffff_ffffn));
  const present = new Map<string, (message: ServerMessage) => void>();
  const ears = new Map<string, Ears>();
  const waiting = new Set<() => void>();
  let bot: BotSeat | undefined;

  const look = () => {
    for (const check of waiting) check();
  };
  dave.watch(look);

  /** Tells the others who came, and who came of the others, before any proposal names them. */
  const arrive = (user: string, send: (message: ServerMessage) => void) => {
    const others = [...present.keys()];
    for (const tell of present.values()) tell(json(Opcode.clientsConnect, { user_ids: [user] }));
    present.set(user, send);
    if (others.length > 0) send(json(Opcode.clientsConnect, { user_ids: others }));
  };
  const depart = (user: string) => {
    present.delete(user);
    for (const tell of present.values()) tell(json(Opcode.clientDisconnect, { user_id: user }));
  };

  const follows = (seat: Seat | undefined, before: number): boolean => {
    const since = seat?.followsSince();
    return since !== undefined && since <= before;
  };

  return {
    epoch: () => dave.epoch(),

    /** The bot has identified: it is seen by the others from here on. */
    arrive,
    depart,

    /** The bot knows its transport key: it takes part in the group from here on. */
    seatBot(user: Snowflake, send: (message: ServerMessage) => void, play: (said: Said) => void): BotSeat {
      const seat = dave.sit(user, send);
      const mine: BotSeat = {
        seat,
        since: performance.now(),
        play,
        leave() {
          seat.leave();
          if (bot === mine) bot = undefined;
        },
      };
      bot = mine;
      return mine;
    },

    enter(user: Snowflake): Listener {
      ears.get(user)?.leave();
      const participant = createParticipant(
        { user, channel },
        (reply) => seat.hear(reply),
        () => random() * THINKING,
      );
      arrive(user, participant.receive);
      const seat = dave.sit(user, participant.receive);
      participant.start();
      let gone = false;
      let speech: ReturnType<typeof speakInto> | undefined;
      const listeners = new Set<(packet: HeardPacket) => void>();
      const leave = () => {
        if (gone) return;
        gone = true;
        if (ears.get(user)?.seat === seat) ears.delete(user);
        seat.leave();
        depart(user);
        listeners.clear();
        participant.close();
        look();
      };
      ears.set(user, { participant, seat, listeners, leave });
      return {
        user,
        onPacket(hear) {
          listeners.add(hear);
          return () => listeners.delete(hear);
        },
        ready: () =>
          new Promise((resolve, reject) => {
            const check = () => {
              const now = performance.now();
              if (!gone && !(follows(seat, now) && follows(bot?.seat, now))) return;
              if (!gone && !(follows(seat, now - IN_FLIGHT) && follows(bot?.seat, now - IN_FLIGHT))) {
                setTimeout(check, IN_FLIGHT);
                return;
              }
              waiting.delete(check);
              if (gone) reject(new Error("The listener left the call before the bot shared its group."));
              else resolve();
            };
            waiting.add(check);
            check();
          }),
        speak(duration) {
          speech ??= speakInto(user, {
            tell: (message) => bot !== undefined && present.get(bot.seat.user)?.(message),
            play: (said) => bot?.play(said),
            seal: participant.seal,
            isOver: () => gone,
          });
          return speech(duration);
        },
        leave,
      };
    },

    /** Lets everyone hear a packet of the bot. */
    hear(from: BotSeat, packet: Arrived): Verdict {
      const { at, sequence, timestamp, frame } = packet;
      const establishedAt = dave.establishedAt();
      const encrypted = frame !== undefined && isEncrypted(frame);
      const inTheClear = establishedAt !== undefined && frame !== undefined && !encrypted;
      let undecryptable = frame === undefined;
      for (const { participant, seat, listeners } of ears.values()) {
        const opus = frame && participant.open(from.seat.user, frame).opus;
        const before = at - IN_FLIGHT;
        if (encrypted && opus === undefined && follows(seat, before) && follows(from.seat, before))
          undecryptable = true;
        for (const hear of listeners) hear({ at, sequence, timestamp, opus, inTheClear });
      }
      const expected =
        inTheClear && (follows(from.seat, at - IN_FLIGHT) || Math.max(establishedAt, from.since) < at - GRACE);
      return { inTheClear: expected && !SILENCE.equals(frame), undecryptable };
    },

    close(): void {
      for (const { leave } of [...ears.values()]) leave();
      dave.close();
    },
  };
};

const SILENCE = Buffer.from(SILENCE_FRAME);

export type Call = ReturnType<typeof createCall>;
