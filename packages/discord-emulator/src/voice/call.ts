import type { Snowflake } from "discord-api-types/v10";
import { SILENCE_FRAME } from "../shared/opus.ts";
import { createRandom } from "../shared/random.ts";
import { createDeliveryService } from "./dave/deliveryService.ts";
import type { GroupMember } from "./dave/groupMember.ts";
import { createParticipant, isEncrypted, type Participant } from "./dave/participant.ts";
import { createReadiness, isInGroup, TRANSITION_TOLERANCE } from "./listenerReady.ts";
import { createMicrophone } from "./microphone.ts";
import { json, Opcode, type ServerMessage } from "./protocol.ts";
import type { SpokenFrame } from "./rtp.ts";
import type { Listener, ReceivedPacket } from "./types.ts";

/** A packet as it came over UDP, decrypted as far as the transport goes. */
export interface ReceivedFrame {
  /** On the monotonic clock (`performance.now()`). */
  readonly receivedAt: number;
  readonly sequence: number;
  readonly timestamp: number;
  /** undefined when the transport key did not decrypt it. */
  readonly frame: Buffer | undefined;
}

/** What a packet adds to the statistics. */
export interface FrameAssessment {
  readonly unencrypted: boolean;
  readonly undecryptable: boolean;
}

interface CallListener {
  readonly participant: Participant;
  readonly member: GroupMember;
  readonly callbacks: Set<(packet: ReceivedPacket) => void>;
  readonly leave: () => void;
}

/** The bot's place in the call. */
export interface BotMember {
  readonly member: GroupMember;
  /** On the monotonic clock. */
  readonly since: number;
  /** Lets it hear what another member says. */
  readonly play: (frame: SpokenFrame) => void;
  leave(): void;
}

/** How long the bot may take over a welcome before unencrypted frames are held against it, in milliseconds. */
const WELCOME_TOLERANCE = 500;
/** Listeners take up to this long over a commit, in milliseconds: sometimes they are first, mostly the bot is. */
const MAX_COMMIT_DELAY = 15;

const SILENCE = Buffer.from(SILENCE_FRAME);

/** Who is in the call, as its clients are told: Clients Connect and Client Disconnect. */
const createPresence = () => {
  const present = new Map<string, (message: ServerMessage) => void>();
  return {
    /** Tells the others who came, and who came of the others, before any proposal names them. */
    announceArrival(user: string, send: (message: ServerMessage) => void): void {
      const others = [...present.keys()];
      for (const tell of present.values()) tell(json(Opcode.clientsConnect, { user_ids: [user] }));
      present.set(user, send);
      if (others.length > 0) send(json(Opcode.clientsConnect, { user_ids: others }));
    },
    announceDeparture(user: string): void {
      present.delete(user);
      for (const tell of present.values()) tell(json(Opcode.clientDisconnect, { user_id: user }));
    },
    /** Sends a message to one of them. */
    tell(user: string, message: ServerMessage): void {
      present.get(user)?.(message);
    },
  };
};

/**
 * One call in one channel: who is in it, their MLS group, and what each of them hears.
 * @param daveDelay how long welcomes and commits are held back, in milliseconds
 * @param onViolation told what a member does against the protocol
 */
export const createCall = (channel: Snowflake, daveDelay: () => number, onViolation: (text: string) => void) => {
  const dave = createDeliveryService(channel, daveDelay, onViolation);
  const presence = createPresence();
  const random = createRandom(Number(BigInt(channel) % 0xffff_ffffn));
  const listeners = new Map<string, CallListener>();
  let bot: BotMember | undefined;
  const readiness = createReadiness(() => bot?.member);
  dave.watch(readiness.check);

  /** A simulated client in the call and in its group, until it leaves. */
  const addClient = (user: Snowflake): CallListener => {
    const participant = createParticipant(
      { user, channel },
      (reply) => member.receive(reply),
      () => random() * MAX_COMMIT_DELAY,
    );
    presence.announceArrival(user, participant.receive);
    const member = dave.addMember(user, participant.receive);
    participant.start();
    const callbacks = new Set<(packet: ReceivedPacket) => void>();
    const listener: CallListener = {
      participant,
      member,
      callbacks,
      leave() {
        if (listeners.get(user) === listener) listeners.delete(user);
        member.leave();
        presence.announceDeparture(user);
        callbacks.clear();
        participant.close();
        readiness.check();
      },
    };
    listeners.set(user, listener);
    return listener;
  };

  return {
    epoch: () => dave.epoch(),
    announceArrival: presence.announceArrival,
    announceDeparture: presence.announceDeparture,

    /** The bot knows its transport key: it takes part in the group from here on. */
    addBot(user: Snowflake, send: (message: ServerMessage) => void, play: (frame: SpokenFrame) => void): BotMember {
      const member = dave.addMember(user, send);
      const added: BotMember = {
        member,
        since: performance.now(),
        play,
        leave() {
          member.leave();
          if (bot === added) bot = undefined;
        },
      };
      bot = added;
      return added;
    },

    /** A member joins, and hears what the bot sends. */
    addListener(user: Snowflake): Listener {
      listeners.get(user)?.leave();
      const listener = addClient(user);
      const hasLeft = () => listeners.get(user) !== listener;
      const speak = createMicrophone(user, {
        tell: (message) => bot !== undefined && presence.tell(bot.member.user, message),
        play: (frame) => bot?.play(frame),
        seal: listener.participant.encrypt,
        isOver: hasLeft,
      });
      return {
        user,
        onPacket(callback) {
          listener.callbacks.add(callback);
          return () => listener.callbacks.delete(callback);
        },
        ready: () => readiness.of(listener.member, hasLeft),
        speak,
        leave() {
          if (!hasLeft()) listener.leave();
        },
      };
    },

    /** Lets every listener hear a packet of the bot. */
    receive(from: BotMember, { receivedAt, sequence, timestamp, frame }: ReceivedFrame): FrameAssessment {
      const establishedAt = dave.establishedAt();
      const encrypted = frame !== undefined && isEncrypted(frame);
      const unencrypted = establishedAt !== undefined && frame !== undefined && !encrypted;
      const tolerated = receivedAt - TRANSITION_TOLERANCE;
      let undecryptable = frame === undefined;
      for (const { participant, member, callbacks } of listeners.values()) {
        const opus = frame && participant.decrypt(from.member.user, frame).opus;
        if (encrypted && opus === undefined && isInGroup(member, tolerated) && isInGroup(from.member, tolerated))
          undecryptable = true;
        for (const hear of callbacks) hear({ receivedAt, sequence, timestamp, opus, unencrypted });
      }
      const isLate =
        unencrypted &&
        (isInGroup(from.member, tolerated) || Math.max(establishedAt, from.since) < receivedAt - WELCOME_TOLERANCE);
      return { unencrypted: isLate && !SILENCE.equals(frame), undecryptable };
    },

    close(): void {
      for (const { leave } of [...listeners.values()]) leave();
      dave.close();
    },
  };
};

/** One call in one channel. */
export type Call = ReturnType<typeof createCall>;
