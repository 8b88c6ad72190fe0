import { type ChannelId, type EntryId, type GuildId, id } from "../kernel/ids.ts";
import { type Decibels, type Millis, seconds } from "../kernel/units.ts";
import type { PlayerCommand, PlayerEvent, PlayerLayer } from "../session/protocol.ts";
import { createConnector } from "./connection/connector.ts";
import type { VoiceTransport } from "./connection/discordjsVoiceAdapter.ts";
import type { Outbox } from "./connection/outbox.ts";
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  supervise,
} from "./connection/supervisor.ts";
import type { Pacer } from "./pacer.ts";
import type { MixResources } from "./playback/mixResources.ts";
import type { SoundCache } from "./playback/soundCache.ts";
import { createStream } from "./playback/stream.ts";
import type { LayerSpec } from "./playback/trackLayer.ts";

/** Between two looks at the connection. */
const POLL_INTERVAL: Millis = 250;
const IP_DISCOVERY_INTERVAL: Millis = seconds(1);
/** Three keep-alive echoes missed. */
const KEEP_ALIVE_TIMEOUT: Millis = seconds(17);
/** What has answered nothing for so many heartbeats is half open; Discord asks for one each 13.75 s. */
const MAX_HEARTBEATS_MISSED = 1.45;
const DEFAULT_HEARTBEAT_INTERVAL: Millis = seconds(13.75);
/** Who has said nothing for so long has finished. */
const DUCKING_HOLD: Millis = seconds(1.5);
/** An error that comes with every packet is written down this often. */
const LOG_REPEAT_INTERVAL: Millis = seconds(10);

export interface GuildPlayer {
  command(command: PlayerCommand): void;
  stateUpdate(payload: unknown): void;
  serverUpdate(payload: unknown): void;
  gatewayUnavailable(): void;
  gatewayReidentified(): void;
  /** The bot may not enter the channel any more. */
  accessDenied(): void;
  /** Something threw on the connection's behalf, and nobody knows what is left of it. */
  broken(why: string): void;
  close(): void;
}

interface GuildPlayerContext {
  readonly pacer: Pacer;
  readonly soundCache: SoundCache;
  readonly mixResources: MixResources;
  readonly outbox: Outbox;
  readonly now: () => Millis;
  report(event: PlayerEvent): void;
  send(payload: unknown): void;
  log(level: "info" | "warn", message: string, details: Readonly<Record<string, unknown>>): void;
}

/** One guild in the engine: its stream, its connection, and what lies between. */
export const createGuildPlayer = (guild: GuildId, outside: GuildPlayerContext): GuildPlayer => {
  const { pacer, soundCache, now, report, log } = outside;
  let connection: ConnectionState = { status: "idle" };
  let leaving = false;
  let closed = false;
  let speaking = false;
  let silencedBy: "suppressed" | "muted" | undefined;
  let interrupted = false;
  /** How much softer it is while a member speaks. */
  let duckingDb: Decibels = 0;
  let lastLook = 0;
  let lastAsked = 0;
  let lastLogged = Number.NEGATIVE_INFINITY;
  /** Commands take effect in the order in which they were given, though sounds take a moment to load. */
  let commandQueue: Promise<void> = Promise.resolve();

  const stream = createStream(report, outside.mixResources);
  const connector = createConnector(guild, {
    outbox: outside.outbox,
    send: outside.send,
    closed: (code) => dispatch({ type: "closed", code }),
    broken: (why) => dispatch({ type: "broken", why }),
    failed(error) {
      if (now() - lastLogged < LOG_REPEAT_INTERVAL) return;
      lastLogged = now();
      log("warn", "The voice connection failed", { guild, error: error.message });
    },
  });

  const runEffect = (effect: ConnectionEffect) => {
    switch (effect.type) {
      case "connect":
        return connector.connect(effect.channel, effect.leaveFirst);
      case "reuseVoiceServer":
        return connector.reuseVoiceServer();
      case "disconnect":
        speaking = false;
        return connector.disconnect(effect.tellDiscord);
      case "report":
        if (effect.report === "connected") {
          interrupted = false;
          return connected();
        }
        speaking = false;
        if (interrupted) return;
        interrupted = true;
        return report({ type: "interrupted", why: "reconnecting" });
      case "reportLeft":
        if (effect.why === "unreachable") log("warn", "A voice connection is given up", { guild });
        return report({ type: "left", why: effect.why });
    }
  };

  const connected = () => {
    if (!("channel" in connection)) return;
    stream.restart();
    report({ type: "connected", channel: connection.channel });
    if (silencedBy !== undefined) report({ type: "interrupted", why: silencedBy });
  };

  const dispatch = (event: ConnectionEvent) => {
    const before = connection;
    const step = supervise(before, event, now(), Math.random);
    connection = step.connection;
    if (before.status !== connection.status) {
      log("info", "Voice connection", { guild, from: before.status, to: connection.status, ...event });
    }
    for (const effect of step.effects) runEffect(effect);
  };

  /** What the link says of itself, and what time says of it. */
  const pollTransport = (time: Millis) => {
    // While somebody waits for the connection, each tick counts.
    if (connection.status === "connected" && time - lastLook < POLL_INTERVAL) return;
    lastLook = time;
    const transport = connector.transport();
    if (transport !== undefined) {
      const state = transport.state();
      if (state === "connecting" && time - lastAsked > IP_DISCOVERY_INTERVAL) {
        lastAsked = time;
        transport.retryIpDiscovery();
      }
      // Alone in the call there is nobody to share a key with, and nobody to hear.
      if (state === "ready" || state === "alone") dispatch({ type: "established" });
      if (state === "resuming") dispatch({ type: "socketResuming" });
      if (state === "encrypting") dispatch({ type: "encryptionPending" });
      const echo = transport.lastKeepAliveEcho();
      if (echo !== undefined && time - echo > KEEP_ALIVE_TIMEOUT) dispatch({ type: "broken", why: "no echo" });
      const word = transport.lastGatewayMessage();
      if (
        word !== undefined &&
        time - word > MAX_HEARTBEATS_MISSED * (transport.heartbeatInterval() ?? DEFAULT_HEARTBEAT_INTERVAL)
      )
        transport.dropGatewaySocket();
    }
    dispatch({ type: "ticked" });
  };

  const stopSpeaking = () => {
    if (!speaking) return;
    speaking = false;
    connector.transport()?.setSpeaking(false);
  };

  /** Softer while somebody speaks, and for a moment after, so that a breath between two words lifts nothing. */
  const duck = (transport: VoiceTransport, time: Millis) => {
    if (duckingDb === 0) return;
    const voice = transport.lastVoicePacket();
    stream.duck(voice !== undefined && time - voice < DUCKING_HOLD ? duckingDb : 0);
  };

  const tick = (time: Millis) => {
    try {
      step(time);
    } catch (error) {
      log("warn", "The voice connection failed", { guild, error: String(error) });
      dispatch({ type: "broken", why: "threw" });
    }
  };

  const step = (time: Millis) => {
    pollTransport(time);
    const transport = connector.transport();
    if (connection.status !== "connected" || silencedBy !== undefined || !transport?.isReady()) {
      // What nobody can hear need not be faded.
      if (leaving) leave();
      return;
    }
    duck(transport, time);
    const packet = stream.next();
    if (packet === undefined) {
      stopSpeaking();
      if (leaving) leave();
      return;
    }
    if (!speaking) {
      speaking = true;
      transport.setSpeaking(true);
    }
    transport.send(packet);
  };

  const stopTicking = pacer.add(tick);

  const leave = () => {
    leaving = false;
    dispatch({ type: "leaveRequested" });
  };

  /** The files of a mix; one that cannot be read is told of, and the others are heard without it. */
  const load = async (entry: EntryId, layers: readonly PlayerLayer[]): Promise<readonly LayerSpec[]> => {
    const failed: PlayerLayer[] = [];
    const loaded = await Promise.all(
      layers.map(async (layer) => {
        const { path, id: sound } = layer.sound;
        try {
          const lease = { sound: await soundCache.acquire(path), release: () => soundCache.release(path) };
          return { id: sound, lease, gainDb: layer.gainDb, place: layer.place };
        } catch (error) {
          log("warn", "A sound could not be loaded", { guild, sound, error: String(error) });
          failed.push(layer);
          return undefined;
        }
      }),
    );
    const specs = loaded.filter((spec) => spec !== undefined);
    for (const { sound } of closed ? [] : failed) {
      const reason = `“${sound.title}” could not be read.`;
      report(
        specs.length === 0
          ? { type: "soundFailed", entry, reason }
          : { type: "layerFailed", entry, sound: sound.id, reason },
      );
      if (specs.length === 0) break;
    }
    if (!closed) return specs;
    for (const { lease } of specs) lease.release();
    return [];
  };

  const run = async (command: PlayerCommand): Promise<void> => {
    if (closed) return;
    switch (command.type) {
      case "join":
        leaving = false;
        return dispatch({ type: "joinRequested", channel: command.channel });
      case "play": {
        const specs = await load(command.entry, command.layers);
        if (specs.length > 0) stream.play(command.entry, specs, command.from, command.crossfade);
        return;
      }
      case "setLayers": {
        const specs = await load(command.entry, command.layers);
        if (specs.length > 0) stream.setLayers(command.entry, specs, command.over);
        return;
      }
      case "setCeiling":
        return stream.setCeiling(command.lufs);
      case "pause":
        return stream.pause();
      case "resume":
        return stream.resume();
      case "seek":
        return stream.seek(command.to);
      case "stop":
        return stream.stop(command.over);
      case "setVolume":
        return stream.setVolume(command.gainDb, command.over);
      case "fadeOut":
        return stream.fadeOut(command.over, command.to);
      case "fadeIn":
        return stream.fadeIn(command.over);
      case "setDucking":
        duckingDb = Math.max(0, command.byDb);
        if (duckingDb === 0) stream.duck(0);
        return connector.setListening(duckingDb > 0);
      case "leave":
        stream.stop(command.over);
        leaving = true;
    }
  };

  const setSilenced = (next: "suppressed" | "muted" | undefined) => {
    if (next === silencedBy) return;
    silencedBy = next;
    if (next !== undefined) {
      stopSpeaking();
      return report({ type: "interrupted", why: next });
    }
    if (connection.status === "connected" && !interrupted) connected();
  };

  return {
    command(command) {
      commandQueue = commandQueue
        .then(() => run(command))
        .catch((error) => log("warn", "A command failed", { guild, error: String(error) }));
    },
    stateUpdate(payload) {
      const state = payload as { channel_id: string | null; suppress?: boolean; mute?: boolean };
      connector.voiceStateUpdate(payload);
      dispatch({ type: "ownVoiceState", channel: state.channel_id === null ? null : id<ChannelId>(state.channel_id) });
      setSilenced(state.mute === true ? "muted" : state.suppress === true ? "suppressed" : undefined);
    },
    serverUpdate(payload) {
      try {
        connector.voiceServerUpdate(payload);
        const { endpoint } = payload as { readonly endpoint: string | null };
        dispatch({ type: endpoint === null ? "voiceServerUnavailable" : "voiceServerAssigned" });
      } catch (error) {
        log("warn", "A voice server update could not be used", { guild, error: String(error) });
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
      stream.close();
      connector.disconnect(connection.status !== "idle" && connection.status !== "ended");
      connection = { status: "idle" };
    },
  };
};
