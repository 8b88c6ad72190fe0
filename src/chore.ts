import { join, resolve } from "node:path";
import { backUp } from "./chores/backup.ts";
import { examine, findingLine } from "./chores/doctor.ts";
import { move } from "./chores/move.ts";
import { restore } from "./chores/restore.ts";
import { type Config, databaseAddress, loadConfig } from "./config.ts";
import { addPack } from "./import/packs/addPack.ts";
import { checkTakes } from "./import/packs/checkTakes.ts";
import { parseSourceList } from "./import/sources/sourceList.ts";
import { UserError } from "./kernel/errors.ts";
import { versionOf } from "./ownPackage.ts";
import { describeFailure } from "./startFailure.ts";

// `npm run backup`, `npm run restore`, `npm run move`, `npm run doctor`, `npm run sounds:add` and `npm run sounds:check`: what
// an operator does besides running the bot.

const ROOT = resolve(import.meta.dirname, "..");
/** Answers STUN to anyone; Discord's voice servers answer only to a session. */
const STUN = { host: "stun.cloudflare.com", port: 3478 };
const MB = 1_000_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Rehearsal keeps its data apart. */
const keptBy = ({ data, databaseUrl, token }: Config) => ({
  ...(token === undefined ? { data: join(data, "rehearsal"), databaseUrl: undefined } : { data, databaseUrl }),
  settings: join(ROOT, ".env"),
});

/** @throws UserError when the words are anything but one address, or none where LULL_DATABASE_URL has it */
const addressIn = (words: readonly string[], { databaseUrl }: Config): string => {
  const [address = databaseUrl, ...more] = words;
  if (address === undefined || more.length > 0)
    throw new UserError("bad-config", "Say where to: npm run move -- postgres://USER:PASSWORD@HOST/DATABASE.");
  return databaseAddress(address);
};

const fileIn = (words: readonly string[], usage: string): string => {
  const [file, ...more] = words.filter((word) => word !== "--replace");
  if (file === undefined || more.length > 0 || file.startsWith("-")) throw new UserError("bad-config", usage);
  // npm changes to the package's folder; the operator means the one they are in.
  return resolve(process.env.INIT_CWD ?? process.cwd(), file);
};

const chores: Readonly<Record<string, (config: Config, words: readonly string[]) => Promise<number>>> = {
  async backup(config, words) {
    const file = fileIn(words, "Say where to: npm run backup -- FILE.zip.");
    const { files, bytes } = await backUp(keptBy(config), file, versionOf());
    say(
      `${file}: ${files} files, ${(bytes / MB).toFixed(1)} MB. The token is not in it; members' data are: keep it private.`,
    );
    return 0;
  },
  async restore(config, words) {
    const file = fileIn(words, "Say what: npm run restore -- FILE.zip [--replace].");
    const kept = keptBy(config);
    const { manifest, movedTo, settings } = await restore(kept, file, { replace: words.includes("--replace") });
    say(
      `${kept.data} holds the backup of ${manifest.createdAt} by Lull ${manifest.lull}. Every file agrees with its checksum.`,
    );
    if (movedTo !== undefined) say(`What was there before is in ${movedTo}.`);
    if (kept.databaseUrl !== undefined)
      say("Lull uses PostgreSQL: put the database there with npm run move, into an empty one.");
    if (settings !== undefined) say(`The settings are in ${settings}, without the token.`);
    say("Start Lull with npm start.");
    return 0;
  },
  async move(config, words) {
    const address = addressIn(words, config);
    const { data } = keptBy(config);
    const tables = await move(data, address);
    for (const { name, rows, checksum } of tables) say(`${name}: ${rows} rows, ${checksum.slice(0, 12)}`);
    say(`All rows of ${tables.length} tables have arrived, and agree with their checksums.`);
    say(`${join(data, "lull.sqlite")} is as it was. Set LULL_DATABASE_URL, and start Lull with npm start.`);
    return 0;
  },
  async "sounds:add"({ sounds, sources }, words) {
    const usage = "Say which: npm run sounds:add -- PACK.zip, or its address on a site of LULL_SOURCES.";
    const [word = ""] = words;
    const isAddress = /^https?:\/\//i.test(word);
    const zip = isAddress && words.length === 1 ? word : fileIn(words, usage);
    const { pack, folder, replaced } = await addPack(zip, { sounds, sources: parseSourceList(sources) });
    say(`${folder}: “${pack.name}” by ${pack.authors.join(", ")} (${pack.licence}), ${pack.sounds.length} sounds.`);
    if (replaced) say("It has replaced the one of that name.");
    say("A Lull that runs has them in a moment; otherwise start it with npm start.");
    return 0;
  },
  async "sounds:check"(_config, words) {
    const file = fileIn(words, "Say which: npm run sounds:check -- RECORDING, or PACK.zip.");
    const { lines, toMend } = await checkTakes(file);
    for (const line of lines) say(line);
    return toMend > 0 ? 1 : 0;
  },
  async doctor(config) {
    const { token, apiBase, cache } = config;
    const stun = token === undefined ? undefined : STUN;
    const findings = await examine({ version: versionOf(), token, apiBase, ...keptBy(config), cache, stun });
    for (const finding of findings) say(findingLine(finding));
    return findings.some(({ kind }) => kind === "problem") ? 1 : 0;
  },
};

process.umask(0o077);
try {
  const [name = "", ...words] = process.argv.slice(2);
  const { config, notices } = loadConfig();
  for (const notice of notices) say(notice);
  const chore = chores[name];
  if (chore === undefined) throw new UserError("bad-config", `There is no chore “${name}”.`);
  process.exitCode = await chore(config, words);
} catch (error) {
  const { text, exitCode } = describeFailure(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}
