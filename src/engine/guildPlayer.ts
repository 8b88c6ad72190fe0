import type { GuildId, PlayerId } from "../kernel/ids.ts";
import { type Millis, seconds } from "../kernel/units.ts";
import type { PlayerCommand, PlayerEvent } from "../session/protocol.ts";
import { createCommandRunner } from "./commandRunner.ts";
import type { ConnectionEffect, ConnectionEvent, ConnectionState } from "./connection/connectionState.ts";
import { createConnector } from "./connection/connector.ts";
import type { Outbox } from "./connection/outbox.ts";
import { supervise } from "./connection/supervisor.ts";
import { createTransportMonitor } from "./connection/transportMonitor.ts";
import { readEndpoint, readVoiceState } from "./connection/voicePayloads.ts";
import type { Pacer } from "./pacer.ts";
import type { PacketCounter } from "./packetCounter.ts";
import { createPacketSender } from "./packetSender.ts";
import type { MixResources } from "./playback/mixResources.ts";
import type { SoundCache } from "./playback/soundCache.ts";
import { createStream } from "./playback/stream.ts";
import type { VoiceSession } from "./voiceSession.ts";

/** An error that comes with every packet is logged this often. */
const LOG_REPEAT_INTERVAL: Millis = seconds(10);

/**
 * One bot in one guild: its stream, its voice connection, and what moves packets from one to the
 * other.
 */
export interface GuildPlayer {
  command(command: PlayerCommand): void;
  /** Takes over a voice session of another engine, which has ended, without asking Discord. */
  adopt(session: VoiceSession): void;
  /**
   * Takes the bot's own VOICE_STATE_UPDATE of this guild.
   * @param isOwnLeave whether it answers a leave that the bot sent itself
   */
  stateUpdate(payload: unknown, isOwnLeave: boolean): void;
  /** The payload of this attempt has gone out. */
  payloadSent(attempt: number): void;
  /** Takes a VOICE_SERVER_UPDATE of this guild. */
  serverUpdate(payload: unknown): void;
  /** The main gateway cannot send, or the guild is unavailable. */
  gatewayUnavailable(): void;
  /** The main gateway has begun a new session. */
  gatewayReidentified(): void;
  /** The bot may no longer enter the channel. */
  accessDenied(): void;
  /** Something threw while it worked for this connection, whose state is unknown now. */
  broken(why: string): void;
  close(): void;
}

interface GuildPlayerContext {
  readonly pacer: Pacer;
  readonly soundCache: SoundCache;
  readonly mixResources: MixResources;
  readonly outbox: Outbox;
  readonly packetCounter: PacketCounter;
  readonly now: () => Millis;
  report(event: PlayerEvent): void;
  /**
   * The connection is lost and made again.
   * @param closeCode what the voice gateway closed it with; undefined where it did not
   */
  reconnecting(closeCode: number | undefined): void;
  /** Queues a payload for the main gateway. @param attempt what `payloadSent` is called with */
  send(payload: unknown, attempt: number): void;
  log(level: "info" | "warn", message: string, details: Readonly<Record<string, unknown>>): void;
}

/**
 * Creates a guild's player; it ticks with the pacer until it is closed.
 * @param player tells it from the players of other bots in the guild
 */
export const createGuildPlayer = (guild: GuildId, player: PlayerId, context: GuildPlayerContext): GuildPlayer => {
  const { now, report, log } = context;
  const where = { guild, ...(String(player) !== guild && { player }) };
  let connection: ConnectionState = { status: "idle" };
  let isLeaving = false;
  let closed = false;
  let silencedBy: "suppressed" | "muted" | undefined;
  let interrupted = false;
  let lastLogged = Number.NEGATIVE_INFINITY;

  const stream = createStream(report, context.mixResources);
  const sender = createPacketSender(stream, context.packetCounter);
  const connector = createConnector(guild, player, {
    outbox: context.outbox,
    send: context.send,
    closed: (code) => dispatch({ type: "closed", code }),
    broken: (why) => dispatch({ type: "broken", why }),
    failed(error) {
      if (now() - lastLogged < LOG_REPEAT_INTERVAL) return;
      lastLogged = now();
      log("warn", "The voice connection failed", { ...where, error: error.message });
    },
  });

  const reportConnected = () => {
    if (!("channel" in connection)) return;
    stream.restart();
    report({ type: "connected", channel: connection.channel });
    if (silencedBy !== undefined) report({ type: "interrupted", why: silencedBy });
  };

  const runEffect = (effect: ConnectionEffect) => {
    switch (effect.type) {
      case "connect":
        return connector.connect(effect.channel, effect.leaveFirst);
      case "reuseVoiceServer":
        return connector.reuseVoiceServer();
      case "disconnect":
        sender.sessionLost();
        return connector.disconnect(effect.tellDiscord);
      case "report":
        if (effect.report === "connected") {
          interrupted = false;
          return reportConnected();
        }
        sender.sessionLost();
        if (interrupted) return;
        interrupted = true;
        return report({ type: "interrupted", why: "reconnecting" });
      case "reportLeft":
        if (effect.why === "unreachable") log("warn", "A voice connection is given up", where);
        return report({ type: "left", why: effect.why });
    }
  };

  const dispatch = (event: ConnectionEvent) => {
    const before = connection;
    const step = supervise(before, event, now(), Math.random);
    connection = step.connection;
    if (before.status !== connection.status) {
      log("info", "Voice connection", { ...where, from: before.status, to: connection.status, ...event });
    }
    if (step.effects.some((effect) => effect.type === "report" && effect.report === "reconnecting"))
      context.reconnecting(event.type === "closed" ? event.code : undefined);
    for (const effect of step.effects) runEffect(effect);
  };

  const monitor = createTransportMonitor(dispatch);
  const commands = createCommandRunner({
    stream,
    sender,
    soundCache: context.soundCache,
    report,
    join(channel) {
      isLeaving = false;
      dispatch({ type: "joinRequested", channel });
    },
    leaveWhenSilent() {
      isLeaving = true;
    },
    setListening: connector.setListening,
    warn: (message, details) => log("warn", message, { ...where, ...details }),
  });

  const leave = () => {
    isLeaving = false;
    dispatch({ type: "leaveRequested" });
  };

  const step = (time: Millis) => {
    monitor.poll(time, connection.status, connector.transport());
    const transport = connector.transport();
    const isHeard = connection.status === "connected" && silencedBy === undefined && transport?.isReady() === true;
    const sent = isHeard && sender.sendNext(transport, time);
    // What nobody can hear need not be faded.
    if (!sent && isLeaving) leave();
  };

  const tick = (time: Millis) => {
    try {
      step(time);
    } catch (error) {
      log("warn", "The voice connection failed", { ...where, error: String(error) });
      dispatch({ type: "broken", why: "threw" });
    }
  };
  const stopTicking = context.pacer.add(tick);

  const setSilenced = (next: "suppressed" | "muted" | undefined) => {
    if (next === silencedBy) return;
    silencedBy = next;
    if (next !== undefined) {
      sender.stopSpeaking(connector.transport());
      return report({ type: "interrupted", why: next });
    }
    if (connection.status === "connected" && !interrupted) reportConnected();
  };

  return {
    command: commands.run,
    adopt(session) {
      dispatch({ type: "sessionAdopted", channel: session.channel });
      connector.adopt(session);
    },
    stateUpdate(payload, isOwnLeave) {
      const { channel, isMuted, isSuppressed } = readVoiceState(payload);
      connector.voiceStateUpdate(payload);
      if (!isOwnLeave) dispatch({ type: "ownVoiceState", channel });
      setSilenced(isMuted ? "muted" : isSuppressed ? "suppressed" : undefined);
    },
    payloadSent(attempt) {
      if (connector.isLatest(attempt)) dispatch({ type: "joinSent" });
    },
    serverUpdate(payload) {
      try {
        connector.voiceServerUpdate(payload);
        dispatch({ type: readEndpoint(payload) === null ? "voiceServerUnavailable" : "voiceServerAssigned" });
      } catch (error) {
        log("warn", "A voice server update could not be used", { ...where, error: String(error) });
      }
    },
    gatewayUnavailable: () => dispatch({ type: "gatewayUnavailable" }),
    gatewayReidentified: () => dispatch({ type: "gatewayReidentified" }),
    accessDenied: () => dispatch({ type: "accessDenied" }),
    broken: (why) => dispatch({ type: "broken", why }),
    close() {
      if (closed) return;
      closed = true;
      stopTicking();
      commands.close();
      stream.close();
      connector.disconnect(connection.status !== "idle" && connection.status !== "ended");
      connection = { status: "idle" };
    },
  };
};
