import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { registerHooks } from "node:module";
import { Readable } from "node:stream";
import type { AudioPlayer, AudioResource, DiscordGatewayAdapterLibraryMethods } from "@discordjs/voice";
import { readStoredSound } from "../../src/audio/storedSound.ts";
import { inBatches } from "../lib/batches.ts";
import { runBenchPlayer } from "../lib/benchPlayer.ts";
import { BOT, CHANNEL, guildOf } from "../lib/gateway.ts";

/** The library as most bots use it: `stock.ts KIND FIRST_SSRC COUNT ENDPOINT FILES…`. */
const [kind, first, count, endpoint, ...files] = process.argv.slice(2) as [string, string, string, string, ...string[]];
const [file = ""] = files;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@discordjs/opus"
      ? { url: new URL("./opusForPrism.cjs", import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

const JOIN_LIMIT = 20_000;
/** Loaded as it joins, as Lull's engine is: what plays counts towards the streams' memory. */
const voice = Promise.withResolvers<typeof import("@discordjs/voice")>();
const guilds = Array.from({ length: Number(count) }, (_, index) => guildOf(Number(first) + index));

let packets: readonly Buffer[] | undefined;
const sharedPackets = () => {
  packets ??= readStoredSound(file).packets.map((packet) => Buffer.from(packet));
  const all = packets;
  let position = 0;
  return new Readable({
    objectMode: true,
    read() {
      this.push(all[position++ % all.length]);
    },
  });
};

/** Two sounds mixed by a process of ffmpeg's, as samples that the library encodes. */
const mixed = (index: number) => {
  const input = (at: number) => ["-stream_loop", "-1", "-i", files[at % files.length] ?? ""];
  const filter = ["-filter_complex", "amix=inputs=2:normalize=0"];
  const output = ["-f", "s16le", "-ar", "48000", "-ac", "2", "pipe:1"];
  const child = spawn("ffmpeg", ["-v", "error", ...input(index), ...input(index + 1), ...filter, ...output], {
    // It complains when the reader ends first.
    stdio: ["ignore", "pipe", "ignore"],
  });
  return child.stdout;
};

const resource = async (index: number): Promise<AudioResource> => {
  const { createAudioResource, StreamType } = await voice.promise;
  if (kind === "amix") return createAudioResource(mixed(index), { inputType: StreamType.Raw });
  if (kind === "volume") {
    const path = files[index % files.length] ?? "";
    const made = createAudioResource(createReadStream(path), { inputType: StreamType.OggOpus, inlineVolume: true });
    made.volume?.setVolume(0.5);
    return made;
  }
  if (kind === "shared") return createAudioResource(sharedPackets(), { inputType: StreamType.Opus });
  if (kind === "demuxer") return createAudioResource(createReadStream(file), { inputType: StreamType.OggOpus });
  const made = createAudioResource(file, { inlineVolume: true });
  made.volume?.setVolume(0.5);
  return made;
};

const join = async (guild: string): Promise<AudioPlayer> => {
  const { createAudioPlayer, entersState, joinVoiceChannel, VoiceConnectionStatus } = await voice.promise;
  const connection = joinVoiceChannel({
    guildId: guild,
    channelId: CHANNEL,
    adapterCreator: (library) => ({
      sendPayload() {
        const state = { guild_id: guild, channel_id: CHANNEL, user_id: BOT, session_id: "session" };
        setImmediate(() => {
          library.onVoiceStateUpdate(state as Parameters<DiscordGatewayAdapterLibraryMethods["onVoiceStateUpdate"]>[0]);
          library.onVoiceServerUpdate({ guild_id: guild, endpoint, token: "token" });
        });
        return true;
      },
      destroy() {},
    }),
  });
  connection.on("error", (error) => console.error(error.message));
  await entersState(connection, VoiceConnectionStatus.Ready, JOIN_LIMIT);
  const player = createAudioPlayer({ behaviors: { maxMissedFrames: 10_000 } });
  player.on("error", (error) => console.error(error.message));
  connection.subscribe(player);
  return player;
};

const players: AudioPlayer[] = [];

runBenchPlayer({
  async join() {
    voice.resolve(await import("@discordjs/voice"));
    await inBatches(guilds, async (guild) => players.push(await join(guild)));
  },
  async play() {
    const { AudioPlayerStatus, entersState } = await voice.promise;
    for (const [index, player] of players.entries()) player.play(await resource(index));
    await inBatches(players, (player) => entersState(player, AudioPlayerStatus.Playing, JOIN_LIMIT));
  },
});
