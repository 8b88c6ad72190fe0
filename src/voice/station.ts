import { type ChannelId, type EntryId, type GuildId, id } from "../kernel/ids.ts";
import { type Decibels, type Millis, seconds } from "../kernel/units.ts";
import type { PlayerCommand, PlayerEvent, PlayerLayer } from "../session/protocol.ts";
import { createConnector } from "./connector.ts";
import type { Desk } from "./desk.ts";
import type { LayerWish } from "./layer.ts";
import type { Link } from "./libraryLink.ts";
import type { Outbox } from "./outbox.ts";
import type { Pacer } from "./pacer.ts";
import type { Shelf } from "./shelf.ts";
import { createStream } from "./stream.ts";
import { type Connection, type ConnectionEffect, type ConnectionEvent, supervise } from "./supervisor.ts";

/** Between two looks at the connection. */
const LOOK_EVERY: Millis = 250;
const ASK_ADDRESS_EVERY: Millis = seconds(1);
/** Three keep-alive echoes missed. */
const ECHO_LIMIT: Millis = seconds(17);
/** What has answered nothing for so many heartbeats is half open; Discord asks for one each 13.75 s. */
const HEARTBEATS_MISSED = 1.45;
const HEARTBEAT: Millis = seconds(13.75);
/** Who has said nothing for so long has finished. */
const SPEECH_GAP: Millis = seconds(1.5);
/** An error that comes with every packet is written down this often. */
const SAY_AGAIN: Millis = seconds(10);

export interface Station {
  command(command: PlayerCommand): void;
  stateUpdate(payload: unknown): void;
  serverUpdate(payload: unknown): void;
  unsendable(): void;
  gatewayRenewed(): void;
  /** The bot may not enter the channel any more. */
  barred(): void;
  /** Something threw on the connection's behalf, and nobody knows what is left of it. */
  broken(why: string): void;
  close(): void;
}

interface Outside {
  readonly pacer: Pacer;
  readonly shelf: Shelf;
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly now: () => Millis;
  report(event: PlayerEvent): void;
  send(payload: unknown): void;
  log(level: "info" | "warn", message: string, details: Readonly<Record<string, unknown>>): void;
}

/** One guild in the engine: its stream, its connection, and what lies between. */
export const createStation = (guild: GuildId, outside: Outside): Station => {
  const { pacer, shelf, now, report, log } = outside;
  let connection: Connection = { status: "away" };
  let leaving = false;
  let closed = false;
  let speaking = false;
  let silencedBy: "suppressed" | "muted" | undefined;
  let hindered = false;
  /** How much softer it is while a member speaks. */
  let duckingDb: Decibels = 0;
  let lastLook = 0;
  let lastAsked = 0;
  let lastSaid = Number.NEGATIVE_INFINITY;
  /** Commands take effect in the order in which they were given, though sounds take a moment to load. */
  let line: Promise<void> = Promise.resolve();

  const stream = createStream(report, outside.desk);
  const connector = createConnector(guild, {
    outbox: outside.outbox,
    send: outside.send,
    closed: (code) => happen({ type: "closed", code }),
    broken: (why) => happen({ type: "broken", why }),
    failed(error) {
      if (now() - lastSaid < SAY_AGAIN) return;
      lastSaid = now();
      log("warn", "The voice connection failed", { guild, error: error.message });
    },
  });

  const act = (effect: ConnectionEffect) => {
    switch (effect.type) {
      case "connect":
        return connector.connect(effect.channel, effect.afresh);
      case "reuseHost":
        return connector.reuseServer();
      case "letGo":
        speaking = false;
        return connector.letGo(effect.tellDiscord);
      case "report":
        if (effect.report === "connected") {
          hindered = false;
          return connected();
        }
        speaking = false;
        if (hindered) return;
        hindered = true;
        return report({ type: "interrupted", why: "reconnecting" });
      case "reportGone":
        if (effect.why === "unreachable") log("warn", "A voice connection is given up", { guild });
        return report({ type: "left", why: effect.why });
    }
  };

  const connected = () => {
    if (!("channel" in connection)) return;
    stream.comeBack();
    report({ type: "connected", channel: connection.channel });
    if (silencedBy !== undefined) report({ type: "interrupted", why: silencedBy });
  };

  const happen = (event: ConnectionEvent) => {
    const before = connection;
    const step = supervise(before, event, now(), Math.random);
    connection = step.connection;
    if (before.status !== connection.status) {
      log("info", "Voice connection", { guild, from: before.status, to: connection.status, ...event });
    }
    for (const effect of step.effects) act(effect);
  };

  /** What the link says of itself, and what time says of it. */
  const look = (time: Millis) => {
    // While somebody waits for the connection, each tick counts.
    if (connection.status === "up" && time - lastLook < LOOK_EVERY) return;
    lastLook = time;
    const link = connector.link();
    if (link !== undefined) {
      const state = link.state();
      if (state === "connecting" && time - lastAsked > ASK_ADDRESS_EVERY) {
        lastAsked = time;
        link.askAddressAgain();
      }
      // Alone in the call there is nobody to share a key with, and nobody to hear.
      if (state === "ready" || state === "alone") happen({ type: "established" });
      if (state === "resuming") happen({ type: "socketResuming" });
      if (state === "encrypting") happen({ type: "keysMissing" });
      const echo = link.lastEcho();
      if (echo !== undefined && time - echo > ECHO_LIMIT) happen({ type: "broken", why: "no echo" });
      const word = link.lastWord();
      if (word !== undefined && time - word > HEARTBEATS_MISSED * (link.heartbeat() ?? HEARTBEAT)) link.hangUp();
    }
    happen({ type: "ticked" });
  };

  const quiet = () => {
    if (!speaking) return;
    speaking = false;
    connector.link()?.setSpeaking(false);
  };

  /** Softer while somebody speaks, and for a moment after, so that a breath between two words lifts nothing. */
  const duck = (link: Link, time: Millis) => {
    if (duckingDb === 0) return;
    const voice = link.lastVoice();
    stream.duck(voice !== undefined && time - voice < SPEECH_GAP ? duckingDb : 0);
  };

  const tick = (time: Millis) => {
    try {
      step(time);
    } catch (error) {
      log("warn", "The voice connection failed", { guild, error: String(error) });
      happen({ type: "broken", why: "threw" });
    }
  };

  const step = (time: Millis) => {
    look(time);
    const link = connector.link();
    if (connection.status !== "up" || silencedBy !== undefined || !link?.ready()) {
      // What nobody can hear need not be faded.
      if (leaving) leave();
      return;
    }
    duck(link, time);
    const packet = stream.next();
    if (packet === undefined) {
      quiet();
      if (leaving) leave();
      return;
    }
    if (!speaking) {
      speaking = true;
      link.setSpeaking(true);
    }
    link.send(packet);
  };

  const stopTicking = pacer.add(tick);

  const leave = () => {
    leaving = false;
    happen({ type: "unwanted" });
  };

  /** The files of a mix; one that cannot be read is told of, and the others are heard without it. */
  const load = async (entry: EntryId, layers: readonly PlayerLayer[]): Promise<readonly LayerWish[]> => {
    const failed: PlayerLayer[] = [];
    const loaded = await Promise.all(
      layers.map(async (layer) => {
        const { path, id: sound } = layer.sound;
        try {
          const loan = { sound: await shelf.take(path), giveBack: () => shelf.giveBack(path) };
          return { id: sound, loan, gainDb: layer.gainDb, place: layer.place };
        } catch (error) {
          log("warn", "A sound could not be loaded", { guild, sound, error: String(error) });
          failed.push(layer);
          return undefined;
        }
      }),
    );
    const wishes = loaded.filter((wish) => wish !== undefined);
    for (const { sound } of closed ? [] : failed) {
      const reason = `“${sound.title}” could not be read.`;
      report(
        wishes.length === 0
          ? { type: "soundFailed", entry, reason }
          : { type: "layerFailed", entry, sound: sound.id, reason },
      );
      if (wishes.length === 0) break;
    }
    if (!closed) return wishes;
    for (const { loan } of wishes) loan.giveBack();
    return [];
  };

  const run = async (command: PlayerCommand): Promise<void> => {
    if (closed) return;
    switch (command.type) {
      case "join":
        leaving = false;
        return happen({ type: "wanted", channel: command.channel });
      case "play": {
        const wishes = await load(command.entry, command.layers);
        if (wishes.length > 0) stream.play(command.entry, wishes, command.from, command.crossfade);
        return;
      }
      case "setLayers": {
        const wishes = await load(command.entry, command.layers);
        if (wishes.length > 0) stream.setLayers(command.entry, wishes, command.over);
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
      case "setLoudness":
        return stream.setLoudness(command.gainDb, command.over);
      case "fadeOut":
        return stream.fadeOut(command.over, command.to);
      case "fadeIn":
        return stream.fadeIn(command.over);
      case "setDucking":
        duckingDb = Math.max(0, command.byDb);
        if (duckingDb === 0) stream.duck(0);
        return connector.listen(duckingDb > 0);
      case "leave":
        stream.stop(command.over);
        leaving = true;
    }
  };

  const silencing = (next: "suppressed" | "muted" | undefined) => {
    if (next === silencedBy) return;
    silencedBy = next;
    if (next !== undefined) {
      quiet();
      return report({ type: "interrupted", why: next });
    }
    if (connection.status === "up" && !hindered) connected();
  };

  return {
    command(command) {
      line = line
        .then(() => run(command))
        .catch((error) => log("warn", "A command failed", { guild, error: String(error) }));
    },
    stateUpdate(payload) {
      const state = payload as { channel_id: string | null; suppress?: boolean; mute?: boolean };
      connector.stateUpdate(payload);
      happen({ type: "ownChannel", channel: state.channel_id === null ? null : id<ChannelId>(state.channel_id) });
      silencing(state.mute === true ? "muted" : state.suppress === true ? "suppressed" : undefined);
    },
    serverUpdate(payload) {
      try {
        connector.serverUpdate(payload);
        const { endpoint } = payload as { readonly endpoint: string | null };
        happen({ type: endpoint === null ? "hostTaken" : "hostGiven" });
      } catch (error) {
        log("warn", "A voice server update could not be used", { guild, error: String(error) });
      }
    },
    unsendable: () => happen({ type: "unsendable" }),
    gatewayRenewed: () => happen({ type: "gatewayRenewed" }),
    barred: () => happen({ type: "barred" }),
    broken: (why) => happen({ type: "broken", why }),
    close() {
      if (closed) return;
      closed = true;
      stopTicking();
      stream.close();
      connector.letGo(connection.status !== "away" && connection.status !== "gone");
      connection = { status: "away" };
    },
  };
};
