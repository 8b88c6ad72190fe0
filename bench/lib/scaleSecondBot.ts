import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OFFERED, openGateway } from "./gateway.ts";
import { openShardStub } from "./shardStub.ts";
import { startWholeBot } from "./wholeBot.ts";

/** A second bot on the data folder of one that runs. @returns what became of it, and after how long */
export const measureSecondBot = async (): Promise<string> => {
  const data = await mkdtemp(join(tmpdir(), "lull-scale-"));
  const voice = await openGateway(9, OFFERED);
  const stub = await openShardStub(1, voice.endpoint);
  const first = startWholeBot(stub.apiBase, voice.authority, data);
  try {
    await first.ready;
    const from = performance.now();
    const second = startWholeBot(stub.apiBase, voice.authority, data);
    const code = await second.ended;
    const after = ((performance.now() - from) / 1_000).toFixed(1);
    return `exits with code ${code} after ${after} s`;
  } finally {
    await first.kill();
    await stub.close();
    await voice.close();
    await rm(data, { recursive: true, force: true });
  }
};
