import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import type { Connection } from "./connection.ts";
import { type FaultState, nextIdentifyRejection } from "./faultState.ts";
import { CloseCode, Opcode } from "./protocol.ts";
import type { VoiceCredentials } from "./types.ts";

const identify = z.object({
  server_id: z.string(),
  user_id: z.string(),
  session_id: z.string(),
  token: z.string(),
  max_dave_protocol_version: z.number().int().optional(),
});
const resume = z.object({
  server_id: z.string(),
  session_id: z.string(),
  token: z.string(),
  seq_ack: z.number().int(),
});
const selectProtocol = z.object({
  protocol: z.string(),
  data: z.object({ address: z.string(), port: z.number().int(), mode: z.string() }),
});
const heartbeat = z.object({ t: z.number(), seq_ack: z.number().int() });
const speaking = z.object({ speaking: z.number().int(), delay: z.number().int().optional(), ssrc: z.number().int() });
const transition = z.object({ transition_id: z.number().int() });
const envelope = z.object({ op: z.number().int(), d: z.unknown() });

/** What the gateway needs of the voice server. */
export interface VoiceSessions {
  readonly faults: FaultState;
  readonly udpPort: number;
  credentials(guild: string, user: string): VoiceCredentials | undefined;
  /** A new session for the ticket; an older one of the same bot in the guild is over. */
  open(ticket: VoiceCredentials): Connection;
  /** The session that a Resume names, while it may still be resumed. */
  find(guild: string, sessionId: string, token: string): Connection | undefined;
  /** The socket of a session is gone; it may be resumed for a while. */
  lost(connection: Connection): void;
  count(what: "identifyAttempts" | "identified" | "resumed"): void;
  violation(text: string): void;
}

/** Speaks the voice gateway's side of one websocket, version 8. */
export const serveSocket = (socket: WebSocket, sessions: VoiceSessions): void => {
  const { faults } = sessions;
  let connection: Connection | undefined;
  const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));

  const onIdentify = (d: z.infer<typeof identify>) => {
    sessions.count("identifyAttempts");
    const refused = nextIdentifyRejection(faults);
    if (refused !== undefined) return socket.close(refused);
    const ticket = sessions.credentials(d.server_id, d.user_id);
    if (ticket === undefined || ticket.sessionId !== d.session_id) return socket.close(CloseCode.sessionInvalid);
    if (ticket.token !== d.token) return socket.close(CloseCode.authenticationFailed);
    if ((d.max_dave_protocol_version ?? 0) < 1) return socket.close(CloseCode.daveRequired);
    sessions.count("identified");
    connection = sessions.open(ticket);
    connection.outgoing.attach(socket);
    send(Opcode.ready, { ssrc: connection.ssrc, ip: "127.0.0.1", port: sessions.udpPort, modes: faults.modes });
    connection.announce();
    return undefined;
  };

  const onResume = (d: z.infer<typeof resume>) => {
    const found = faults.rejectResume ? undefined : sessions.find(d.server_id, d.session_id, d.token);
    if (found === undefined) return socket.close(CloseCode.sessionInvalid);
    sessions.count("resumed");
    const older = found.outgoing.socket();
    found.outgoing.attach(socket);
    older?.terminate();
    connection = found;
    if (faults.replayBeforeResumed) found.outgoing.replay(d.seq_ack);
    send(Opcode.resumed, null);
    if (!faults.replayBeforeResumed) found.outgoing.replay(d.seq_ack);
    return undefined;
  };

  const onSelectProtocol = (session: Connection, { protocol, data }: z.infer<typeof selectProtocol>) => {
    if (protocol !== "udp") return socket.close(CloseCode.unknownProtocol);
    const mode = faults.modes.find((each) => each === data.mode);
    if (mode === undefined) return socket.close(CloseCode.unknownEncryptionMode);
    const { secretKey } = session.selectMode(mode);
    send(Opcode.sessionDescription, {
      mode,
      secret_key: [...secretKey],
      dave_protocol_version: 1,
      audio_codec: "opus",
    });
    return undefined;
  };

  const onJson = (text: string) => {
    const { op, d } = envelope.parse(JSON.parse(text));
    if (op === Opcode.heartbeat) {
      const { t, seq_ack } = heartbeat.parse(d);
      connection?.outgoing.acknowledge(seq_ack);
      return send(Opcode.heartbeatAck, { t });
    }
    if (op === Opcode.identify || op === Opcode.resume) {
      if (connection !== undefined) return socket.close(CloseCode.alreadyAuthenticated);
      return op === Opcode.identify ? onIdentify(identify.parse(d)) : onResume(resume.parse(d));
    }
    if (connection === undefined) return socket.close(CloseCode.notAuthenticated);
    switch (op) {
      case Opcode.selectProtocol:
        return onSelectProtocol(connection, selectProtocol.parse(d));
      case Opcode.speaking:
        return connection.setSpeaking((speaking.parse(d).speaking & 1) !== 0);
      case Opcode.transitionReady:
        return connection.receiveDave({ type: "transitionReady", transition: transition.parse(d).transition_id });
      case Opcode.invalidCommitWelcome:
        return connection.receiveDave({ type: "invalidCommitWelcome", transition: transition.parse(d).transition_id });
      default:
        return sessions.violation(`Voice gateway: opcode ${op} is not a client's`);
    }
  };

  const onBinary = (message: Buffer) => {
    const [op, payload] = [message[0], message.subarray(1)];
    if (connection === undefined) return socket.close(CloseCode.notAuthenticated);
    if (op === Opcode.keyPackage) return connection.receiveDave({ type: "keyPackage", payload });
    if (op === Opcode.commitWelcome) return connection.receiveDave({ type: "commitWelcome", payload });
    return sessions.violation(`Voice gateway: binary opcode ${op} is not a client's`);
  };

  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    if (connection?.outgoing.socket() !== socket) return;
    connection.outgoing.attach(undefined);
    sessions.lost(connection);
  });
  socket.on("message", (data: RawData, isBinary) => {
    const bytes = data as Buffer;
    try {
      if (isBinary) onBinary(bytes);
      else onJson(bytes.toString("utf8"));
    } catch (error) {
      sessions.violation(`Voice gateway: ${String(error)}`);
      socket.close(CloseCode.failedToDecode);
    }
  });
  if (faults.stalled) socket.pause();
  send(Opcode.hello, { v: 8, heartbeat_interval: faults.heartbeatInterval });
};
