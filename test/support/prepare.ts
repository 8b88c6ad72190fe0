import prepareSounds from "./renderSounds.ts";
import { unpackChromium } from "./unpackChromium.ts";

// Before all tests (scripts/run.mjs): both cores are free for it, and no evening waits for it.
await Promise.all([unpackChromium(), prepareSounds()]);
