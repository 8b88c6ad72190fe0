import { expect, test } from "vitest";
import { createKeptLists } from "../../src/storage/keptLists.ts";
import { fakeClock } from "../support/fakeClock.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly uses: number;
}

const open = (most = 2) => {
  const rows = new Map<string, readonly Row[]>();
  const done: string[] = [];
  const lists = createKeptLists<string, Row, Row>({
    async rowsOf(owner) {
      done.push(`read ${owner}`);
      const found = rows.get(owner);
      if (found === undefined) throw new Error("The disk is away");
      return found;
    },
    parse(row) {
      done.push(`parsed ${row.name}`);
      return row;
    },
    refresh: ({ row, item }, { name, uses }) => (row.name === name ? { ...item, uses } : undefined),
    most,
    clock: fakeClock(),
  });
  return { rows, lists, done: () => done.splice(0) };
};
const rain = { id: "1", name: "rain", uses: 0 };
const fire = { id: "2", name: "fire", uses: 0 };

test("a list is read and parsed once until it changes, and then only what differs", async () => {
  const { rows, lists, done } = open();
  rows.set("here", [rain, fire]);
  for (let keystroke = 0; keystroke < 5; keystroke++) expect(await lists.of("here")).toEqual([rain, fire]);
  expect(done()).toEqual(["read here", "parsed rain", "parsed fire"]);

  const changed = [
    { ...fire, uses: 1 },
    { ...rain, name: "drizzle" },
  ];
  rows.set("here", changed);
  lists.changed("here");
  expect(await lists.of("here")).toEqual(changed);
  expect(done()).toEqual(["read here", "parsed drizzle"]);
});

test("a list that could not be read is read again", async () => {
  const { rows, lists } = open();
  await expect(lists.of("here")).rejects.toThrow("The disk is away");
  rows.set("here", [rain]);
  expect(await lists.of("here")).toEqual([rain]);
});

test("only so many lists are kept", async () => {
  const { rows, lists, done } = open(1);
  for (const owner of ["here", "there"]) rows.set(owner, [rain]);
  for (const owner of ["here", "there", "here"]) await lists.of(owner);
  expect(done().filter((one) => one.startsWith("read"))).toEqual(["read here", "read there", "read here"]);
});
