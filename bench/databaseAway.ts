import { seconds } from "../src/kernel/units.ts";
import { openRehearsal } from "../test/e2e/openRehearsal.ts";
import { openWay } from "../test/support/networkWay.ts";
import { createDatabase, openPostgresServer } from "../test/support/postgresServer.ts";

/**
 * The whole bot on a PostgreSQL that goes away while it plays: for so many seconds (by default 30), with connections that
 * are refused, and then with ones that hang. Prints what a listener hears and what members are told.
 */
const AWAY = seconds(Number(process.argv[2] ?? 30));

const server = await openPostgresServer();
const url = new URL(await createDatabase(server.address));
const way = await openWay(Number(url.port));
url.port = String(way.port);
const rehearsal = await openRehearsal({ environment: { LULL_DATABASE_URL: url.href } });
const ana = await rehearsal.member("ana").join("lounge");

const said = async (path: string, options: Parameters<typeof ana.slash>[1] = {}): Promise<string> => {
  const began = performance.now();
  const answer = await ana.slash(path, options);
  await rehearsal.waitUntil(`/${path} is answered`, () => answer.latest().text !== "", seconds(20));
  const [line = ""] = answer.latest().text.split("\n");
  return `${String(Math.round(performance.now() - began)).padStart(5)} ms  /${path}: ${line}`;
};

await said("play", { sound: "brown-noise" });
await rehearsal.listen(seconds(2), { as: "ana" });
for (const how of ["refused", "silent"] as const) {
  console.log(`\nThe database is away for ${AWAY / 1_000} s, connections are ${how}.`);
  way.cut(how);
  const hearing = rehearsal.listen(AWAY, { as: "ana" });
  console.log(await said("favourites add", { name: `Shore ${how}`, sound: "ocean" }));
  console.log(await said("favourites list"));
  console.log(await said("play", { sound: "ocean", when: "last" }));
  console.log(await said("queue show"));
  const { lufs, gaps } = await hearing;
  console.log(`Heard meanwhile: ${lufs.toFixed(1)} LUFS, largest gap ${Math.round(Math.max(0, ...gaps))} ms.`);
  way.open();
  const began = performance.now();
  while (/database/.test(await said("favourites add", { name: `Back ${how}`, sound: "ocean" })));
  console.log(`The next command is answered ${Math.round(performance.now() - began)} ms after it is back.`);
}
await new Promise((done) => setTimeout(done, seconds(15)));
await rehearsal.restart("kill");
console.log(`\nAfter kill -9, restored from PostgreSQL: ${await said("queue show")}`);
const { lufs } = await rehearsal.listen(seconds(4), { as: "ana" });
console.log(`Heard after that: ${lufs.toFixed(1)} LUFS.`);
await rehearsal.close();
await way.close();
await server.close();
