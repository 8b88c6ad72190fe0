import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Packet } from "../../audio/format.ts";
import { HEARD, MAX_PACKET, PART_LENGTH, partName, partNumber, writePart } from "../../audio/liveParts.ts";
import { message } from "../../i18n/message.ts";
import { type Child, findNetworkIsolation, startSandboxed } from "../../kernel/childProcess.ts";
import { UserError } from "../../kernel/errors.ts";
import type { Log } from "../../kernel/log.ts";
import { FRAME_MILLIS, framesIn, type Millis, minutes, seconds } from "../../kernel/units.ts";
import { type OpenedAddress, openAddress, type Resolve } from "../sources/openAddress.ts";
import type { SourceList } from "../sources/sourceList.ts";

/** Nothing has come for so long: it is asked again. */
const STALLED: Millis = seconds(10);
/** How long it is waited before it is asked again; twice as long each time. */
const [RETRY, LONGEST_RETRY]: readonly [Millis, Millis] = [seconds(1), seconds(30)];
/** It goes on for so long after somebody has listened. */
const UNHEARD: Millis = seconds(30);
const LOOK_EVERY: Millis = seconds(1);
/** Sound that may be there before its time: what a server sends at once at the beginning. */
const MOST_AHEAD: Millis = seconds(10);
/** Bytes that may come before their time, and in a second: 512 kbit/s. */
const [BURST, BYTES_PER_SECOND] = [2 ** 20, 64_000];
/** Parts that stay: ten seconds. */
const KEPT_PARTS = 20;

const isPage = () => new UserError("radio-not-sound", message("sources.radioNotSound"));
const isOtherKind = () => new UserError("radio-kind", message("sources.radioKind"));

const isSilent = (host: string) => new UserError("radio-silent", message("sources.radioSilent", { host }));

/** The sound of one live radio, on its way into a folder. */
export interface RadioFeed {
  /**
   * Connects unless it is connected, and goes on while somebody listens.
   * @throws UserError when nothing can be heard of it
   */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Writes packets into the folder, half a second at a time, and takes away what is old. */
const createParts = (folder: string) => {
  // A later process goes on with higher numbers.
  let number = Math.floor(Date.now() / (PART_LENGTH * FRAME_MILLIS));
  let packets: Packet[] = [];
  let writing: Promise<void> = Promise.resolve();
  const write = async (own: number, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, partName(own));
    await writeFile(`${path}.new`, bytes);
    await rename(`${path}.new`, path);
    await rm(join(folder, partName(own - KEPT_PARTS)), { force: true });
  };
  return {
    /** @returns once the part is written, where the packet has filled one */
    push(packet: Packet): Promise<void> | undefined {
      packets.push(packet);
      if (packets.length < PART_LENGTH) return undefined;
      const [own, bytes] = [number, writePart(packets)];
      number += 1;
      packets = [];
      writing = writing.catch(() => {}).then(() => write(own, bytes));
      return writing;
    },
    /** Removes every part. */
    async clear() {
      await mkdir(folder, { recursive: true });
      for (const name of await readdir(folder))
        if (partNumber(name.replace(/\.new$/, "")) !== undefined) await rm(join(folder, name), { force: true });
    },
  };
};

/**
 * Creates the feed of a radio; nothing is fetched yet. What arrives is decoded, levelled and encoded
 * in a sandboxed process.
 * @param options.folder where its parts go
 * @param options.stalled milliseconds without a byte after which it is asked again
 */
export const createRadioFeed = (options: {
  readonly url: string;
  readonly folder: string;
  readonly sources: SourceList;
  readonly resolve?: Resolve | undefined;
  readonly stalled?: Millis;
  readonly log: Log;
}): RadioFeed => {
  const { url, folder, sources, resolve, stalled = STALLED, log } = options;
  const parts = createParts(folder);
  let wantedUntil = 0;
  let closed = false;
  let current = new AbortController();
  let running: Promise<void> | undefined;
  let looking: NodeJS.Timeout | undefined;
  const isWanted = () => !closed && Date.now() < wantedUntil;

  /** Sends the body to the process in the time that it takes to hear it. */
  const pump = async (body: AsyncIterable<Uint8Array>, child: Child, made: () => number, onBytes: () => void) => {
    const started = Date.now();
    let read = 0;
    for await (const part of body) {
      onBytes();
      read += part.length;
      child.send(part);
      const early = () => {
        const elapsed = Date.now() - started;
        return made() - framesIn(elapsed) > framesIn(MOST_AHEAD) || read > BURST + (elapsed / 1_000) * BYTES_PER_SECOND;
      };
      while (early() && !current.signal.aborted) await wait(100);
    }
  };

  const open = async (signal: AbortSignal): Promise<OpenedAddress> => {
    const opened = await openAddress(url, { sources, signal, resolve });
    const type = opened.response.headers["content-type"] ?? "";
    if (/^audio\/(mpeg|mp3|x-mpeg)\b/i.test(type)) return opened;
    opened.response.destroy();
    throw /^(audio|video)\/|ogg/i.test(type) ? isOtherKind() : isPage();
  };

  /** Hears it until it ends. @param onSound called when the first half second is there */
  const hear = async (onSound: () => void): Promise<void> => {
    current = new AbortController();
    const { signal } = current;
    let patience = setTimeout(() => current.abort(), stalled);
    const renew = () => {
      clearTimeout(patience);
      patience = setTimeout(() => current.abort(), stalled);
    };
    let child: Child | undefined;
    try {
      const { response } = await open(signal);
      child = startSandboxed(new URL("./radioProcess.ts", import.meta.url), {
        sandbox: { isolation: await findNetworkIsolation() },
        flags: ["--max-old-space-size=96"],
        env: { OPUS_FORCE_WASM: "1" },
      });
      let made = 0;
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      child.onMessage((packet) => {
        if (packet === "done") return finish();
        // It has decoded a stranger's sound: nothing else is believed.
        if (!(packet instanceof Uint8Array) || packet.length === 0 || packet.length > MAX_PACKET) return child?.kill();
        made += 1;
        parts.push(packet)?.then(onSound, (error: unknown) => log.warn("A radio could not be written", { error }));
      });
      void child.ended.then(() => {
        finish();
        response.destroy();
      });
      await pump(response, child, () => made, renew).catch(() => {});
      response.destroy();
      child.send("end");
      // It fades out what it still holds.
      await Promise.race([finished, wait(seconds(3), undefined, { ref: false })]);
    } finally {
      clearTimeout(patience);
      child?.kill();
    }
  };

  /** @param onFirst told how the first attempt went */
  const run = async (onFirst: (error?: unknown) => void): Promise<void> => {
    let retry = RETRY;
    while (isWanted()) {
      const began = Date.now();
      try {
        await hear(onFirst);
        onFirst(isSilent(new URL(url).hostname));
        log.info("A radio has ended or stalled, and is asked again", { radio: new URL(url).hostname });
      } catch (error) {
        onFirst(error);
        log.info("A radio could not be heard", { radio: new URL(url).hostname, error });
      }
      if (Date.now() - began > minutes(1)) retry = RETRY;
      if (isWanted()) await wait(retry, undefined, { ref: false });
      retry = Math.min(LONGEST_RETRY, retry * 2);
    }
  };

  /** @param once give up where the first attempt fails */
  const begin = (once: boolean): Promise<void> =>
    new Promise((heard, failed) => {
      let isFirst = true;
      const settle = (error?: unknown) => {
        if (isFirst && once && error !== undefined) wantedUntil = 0;
        isFirst = false;
        return error === undefined ? heard() : failed(error);
      };
      running ??= run(settle).finally(() => {
        running = undefined;
        heard();
      });
    });

  /** Whether somebody listens is said by a file, as the engine may be another process. */
  const look = async (): Promise<void> => {
    const said = await stat(join(folder, HEARD)).catch(() => undefined);
    wantedUntil = Math.max(wantedUntil, (said?.mtimeMs ?? 0) + UNHEARD);
    if (isWanted()) return running === undefined ? begin(false) : undefined;
    current.abort();
  };

  return {
    async start() {
      wantedUntil = Math.max(wantedUntil, Date.now() + UNHEARD);
      if (running !== undefined) return;
      try {
        await parts.clear();
        looking ??= setInterval(() => void look().catch(() => {}), LOOK_EVERY).unref();
        await begin(true);
      } catch (error) {
        if (error instanceof UserError) throw error;
        const refusal = isSilent(new URL(url).hostname);
        refusal.cause = error;
        throw refusal;
      }
    },
    async close() {
      closed = true;
      clearInterval(looking);
      current.abort();
      await running;
    },
  };
};
