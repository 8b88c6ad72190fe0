import { parentPort, workerData } from "node:worker_threads";

// As in the bot, Node's own HTTP client is in use before that of discord.js is loaded, which then uses it, too.
await fetch("http://127.0.0.1:9/").catch(() => {});
const { REST } = await import("discord.js");
const { sendWholeBodies } = await import("../../src/discord/wholeBodies.ts");

const POSTS = 20;
const rest = new REST({ api: workerData as string, makeRequest: sendWholeBodies() }).setToken("whole.bodies.token");
const panel = { body: { content: "Rain" }, files: [{ name: "night.png", data: Buffer.alloc(4_500, 7) }] };
for (let index = 0; index < POSTS; index++) await rest.post(`/channels/${index}/messages`, panel);
// What nobody catches ends the thread by then.
await new Promise((resolve) => setTimeout(resolve, 50));
parentPort?.postMessage(POSTS);
