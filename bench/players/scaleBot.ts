import { openDiscord } from "../../src/discord/client.ts";
import { openEngine } from "../../src/engine/engine.ts";
import { openWorkerProcess } from "../../src/engine/engineWorker.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { CHANNEL, guildOf } from "../lib/gateway.ts";
import { LENGTH } from "../lib/material.ts";

/** What this process tells the benchmark, one JSON line each. */
export type ScaleBotLine =
  | { readonly type: "engine"; readonly index: number; readonly pid: number | undefined }
  | { readonly type: "ready" }
  | { readonly type: "left"; readonly ssrc: number; readonly why: string };

const tell = (line: ScaleBotLine) => process.stdout.write(`${JSON.stringify(line)}\n`);

// The real gateway client and the real engine, with two engine processes, playing in every guild of
// a shard at once: what a restart of Lull does with all its sessions.
const [apiBase = "", count = "0", path = ""] = process.argv.slice(2);
const discord = await openDiscord({
  token: "scale.bench.token",
  apiBase,
  log: silentLog,
  onRefused: () => process.exit(1),
});
const engine = openEngine({
  voiceGateway: discord.voiceGateway,
  log: silentLog,
  engines: 2,
  open: (index) => (on) => {
    const worker = openWorkerProcess(on);
    tell({ type: "engine", index, pid: worker.pid });
    return worker;
  },
});
tell({ type: "ready" });
const sound = { id: id<SoundId>("noise"), title: "Noise", path, length: LENGTH };
for (let ssrc = 1; ssrc <= Number(count); ssrc++) {
  const player = engine.open({ guild: id<GuildId>(guildOf(ssrc)) }, (event) => {
    if (event.type === "left") tell({ type: "left", ssrc, why: event.why });
  });
  player.send({ type: "join", channel: id<ChannelId>(CHANNEL) });
  const layers = [{ sound, gainDb: 0, place: "centre" }] as const;
  player.send({ type: "play", entry: id<EntryId>("entry"), layers, from: 0, crossfade: 60 });
}
process.on("disconnect", () => process.exit());
