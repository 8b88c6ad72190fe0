import type { Snowflake } from "discord-api-types/v10";
import { SILENCE_FRAME } from "../shared/opus.ts";
import { createRandom } from "../shared/random.ts";
import { createDeliveryService } from "./dave/deliveryService.ts";
import type { GroupMember } from "./dave/groupMember.ts";
import { createParticipant, isEncrypted, type Participant } from "./dave/participant.ts";
import { createMicrophone } from "./microphone.ts";
import { json, Opcode, type ServerMessage } from "./protocol.ts";
import type { SpokenFrame } from "./rtp.ts";
import type { Listener, ReceivedPacket } from "./types.ts";

/** A packet as it came over UDP, opened as far as the transport goes. */
export interface ReceivedFrame {
  readonly receivedAt: number;
  readonly sequence: number;
  readonly timestamp: number;
  /** undefined when the transport key did not open it. */
  readonly frame: Buffer | undefined;
}

/** What a packet adds to the counts. */
export interface FrameAssessment {
  readonly unencrypted: boolean;
  readonly undecryptable: boolean;
}

interface CallListener {
  readonly participant: Participant;
  readonly member: GroupMember;
  readonly listeners: Set<(packet: ReceivedPacket) => void>;
  readonly leave: () => void;
}

/** The bot's place in the call. */
export interface BotMember {
  readonly member: GroupMember;
  readonly since: number;
  /** Lets it hear what another member says. */
  readonly play: (said: SpokenFrame) => void;
  leave(): void;
}

/** A frame that was on its way when the keys changed is nobody's fault. */
const TRANSITION_TOLERANCE = 100;
/** So long may the bot take over a welcome before plain frames are held against it. */
const GRACE = 500;
/** Listeners take up to this long over a commit, in milliseconds: sometimes they are first, mostly the bot is. */
const MAX_COMMIT_DELAY = 15;

/** One call in one channel: who is in it, their MLS group, and what each of them hears. */
export const createCall = (channel: Snowflake, daveDelay: () => number, onViolation: (text: string) => void) => {
  const dave = createDeliveryService(channel, daveDelay, onViolation);
  const random = createRandom(Number(BigInt(channel) % 0xffff_ffffn));
  const present = new Map<string, (message: ServerMessage) => void>();
  const callListeners = new Map<string, CallListener>();
  const waiting = new Set<() => void>();
  let bot: BotMember | undefined;

  const checkWaiting = () => {
    for (const check of waiting) check();
  };
  dave.watch(checkWaiting);

  /** Tells the others who came, and who came of the others, before any proposal names them. */
  const announceArrival = (user: string, send: (message: ServerMessage) => void) => {
    const others = [...present.keys()];
    for (const tell of present.values()) tell(json(Opcode.clientsConnect, { user_ids: [user] }));
    present.set(user, send);
    if (others.length > 0) send(json(Opcode.clientsConnect, { user_ids: others }));
  };
  const announceDeparture = (user: string) => {
    present.delete(user);
    for (const tell of present.values()) tell(json(Opcode.clientDisconnect, { user_id: user }));
  };

  const follows = (seat: GroupMember | undefined, before: number): boolean => {
    const since = seat?.followsSince();
    return since !== undefined && since <= before;
  };

  return {
    epoch: () => dave.epoch(),

    /** The bot has identified: it is seen by the others from here on. */
    announceArrival,
    announceDeparture,

    /** The bot knows its transport key: it takes part in the group from here on. */
    addBot(user: Snowflake, send: (message: ServerMessage) => void, play: (said: SpokenFrame) => void): BotMember {
      const member = dave.addMember(user, send);
      const mine: BotMember = {
        member,
        since: performance.now(),
        play,
        leave() {
          member.leave();
          if (bot === mine) bot = undefined;
        },
      };
      bot = mine;
      return mine;
    },

    addListener(user: Snowflake): Listener {
      callListeners.get(user)?.leave();
      const participant = createParticipant(
        { user, channel },
        (reply) => member.receive(reply),
        () => random() * MAX_COMMIT_DELAY,
      );
      announceArrival(user, participant.receive);
      const member = dave.addMember(user, participant.receive);
      participant.start();
      let gone = false;
      let speech: ReturnType<typeof createMicrophone> | undefined;
      const listeners = new Set<(packet: ReceivedPacket) => void>();
      const leave = () => {
        if (gone) return;
        gone = true;
        if (callListeners.get(user)?.member === member) callListeners.delete(user);
        member.leave();
        announceDeparture(user);
        listeners.clear();
        participant.close();
        checkWaiting();
      };
      callListeners.set(user, { participant, member, listeners, leave });
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
              if (!gone && !(follows(member, now) && follows(bot?.member, now))) return;
              if (
                !gone &&
                !(follows(member, now - TRANSITION_TOLERANCE) && follows(bot?.member, now - TRANSITION_TOLERANCE))
              ) {
                setTimeout(check, TRANSITION_TOLERANCE);
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
          speech ??= createMicrophone(user, {
            tell: (message) => bot !== undefined && present.get(bot.member.user)?.(message),
            play: (said) => bot?.play(said),
            seal: participant.encrypt,
            isOver: () => gone,
          });
          return speech(duration);
        },
        leave,
      };
    },

    /** Lets everyone hear a packet of the bot. */
    receive(from: BotMember, packet: ReceivedFrame): FrameAssessment {
      const { receivedAt, sequence, timestamp, frame } = packet;
      const establishedAt = dave.establishedAt();
      const encrypted = frame !== undefined && isEncrypted(frame);
      const unencrypted = establishedAt !== undefined && frame !== undefined && !encrypted;
      let undecryptable = frame === undefined;
      for (const { participant, member, listeners } of callListeners.values()) {
        const opus = frame && participant.decrypt(from.member.user, frame).opus;
        const before = receivedAt - TRANSITION_TOLERANCE;
        if (encrypted && opus === undefined && follows(member, before) && follows(from.member, before))
          undecryptable = true;
        for (const hear of listeners) hear({ receivedAt, sequence, timestamp, opus, unencrypted });
      }
      const expected =
        unencrypted &&
        (follows(from.member, receivedAt - TRANSITION_TOLERANCE) ||
          Math.max(establishedAt, from.since) < receivedAt - GRACE);
      return { unencrypted: expected && !SILENCE.equals(frame), undecryptable };
    },

    close(): void {
      for (const { leave } of [...callListeners.values()]) leave();
      dave.close();
    },
  };
};

const SILENCE = Buffer.from(SILENCE_FRAME);

export type Call = ReturnType<typeof createCall>;
