import { DAVESession } from "@snazzah/davey";
import { type DaveReply, Opcode, type ServerMessage } from "../protocol.ts";

/** A frame as a participant decrypts it. */
export interface DecryptedFrame {
  readonly opus: Uint8Array | undefined;
  /** Whether it was decrypted with the keys of the group. */
  readonly encrypted: boolean;
}

/** A frame that DAVE has encrypted ends with these two bytes (daveprotocol.com, "Payload format"). */
export const isEncrypted = (frame: Uint8Array): boolean =>
  frame.length > 12 && frame[frame.length - 1] === 0xfa && frame[frame.length - 2] === 0xfa;

const AUDIO = 0;

/**
 * A member of the call as Discord's own client is one: keeps its side of the MLS group and opens frames.
 * @param reply called with what it has to say to the voice gateway
 * @param commitDelay milliseconds that it takes over a commit, so that who commits first differs
 */
export const createParticipant = (
  { user, channel }: { user: string; channel: string },
  reply: (reply: DaveReply) => void,
  commitDelay: () => number,
) => {
  const session = new DAVESession(1, user, channel);
  const present = new Set<string>();
  let commit: NodeJS.Timeout | undefined;

  const offerKeyPackage = () => reply({ type: "keyPackage", payload: session.getSerializedKeyPackage() });
  const restart = () => {
    clearTimeout(commit);
    session.reinit(1, user, channel);
    offerKeyPackage();
  };
  const processProposals = (payload: Uint8Array) => {
    clearTimeout(commit);
    const { commit: mine, welcome } = session.processProposals(
      payload[0] === 0 ? 0 : 1,
      Buffer.from(payload.subarray(1)),
      [...present],
    );
    if (mine === undefined) return;
    const said = Buffer.concat(welcome === undefined ? [mine] : [mine, welcome]);
    commit = setTimeout(() => reply({ type: "commitWelcome", payload: said }), commitDelay());
  };
  const applyTransition = (payload: Uint8Array, process: (content: Buffer) => void) => {
    clearTimeout(commit);
    const transition = Buffer.from(payload).readUInt16BE(0);
    try {
      process(Buffer.from(payload.subarray(2)));
      reply({ type: "transitionReady", transition });
    } catch {
      reply({ type: "invalidCommitWelcome", transition });
      restart();
    }
  };

  return {
    user,
    /** Says who it is; to be called once the gateway listens. */
    start: offerKeyPackage,

    receive(message: ServerMessage): void {
      if (message.kind === "json") {
        const d = message.d as { user_ids?: string[]; user_id?: string; epoch?: number; transition_id?: number };
        if (message.op === Opcode.clientsConnect) for (const each of d.user_ids ?? []) present.add(each);
        else if (message.op === Opcode.clientDisconnect && d.user_id !== undefined) present.delete(d.user_id);
        else if (message.op === Opcode.prepareEpoch && d.epoch === 1) restart();
        return;
      }
      if (message.op === Opcode.externalSender) session.setExternalSender(Buffer.from(message.payload));
      else if (message.op === Opcode.proposals) processProposals(message.payload);
      else if (message.op === Opcode.announceCommit)
        applyTransition(message.payload, (content) => session.processCommit(content));
      else if (message.op === Opcode.welcome)
        applyTransition(message.payload, (content) => session.processWelcome(content));
    },

    /** What is heard of a frame that another member sent. */
    decrypt(sender: string, frame: Uint8Array): DecryptedFrame {
      const encrypted = isEncrypted(frame);
      if (!session.ready) return { opus: encrypted ? undefined : frame, encrypted };
      try {
        return { opus: session.decrypt(sender, AUDIO, Buffer.from(frame)), encrypted };
      } catch {
        return { opus: undefined, encrypted };
      }
    },

    /** A frame as the others are to get it. */
    encrypt: (opus: Uint8Array): Uint8Array => (session.ready ? session.encryptOpus(Buffer.from(opus)) : opus),

    close(): void {
      clearTimeout(commit);
      session.reset();
    },
  };
};

/** A simulated client in the MLS group. */
export type Participant = ReturnType<typeof createParticipant>;
