import { DAVESession } from "@snazzah/davey";
import { expect, test } from "vitest";
import { createExternalSender, hex } from "../src/voice/dave/externalSender.ts";
import { applyCommit } from "../src/voice/dave/roster.ts";

test("a commit empties leaves first, then fills the leftmost that are blank", () => {
  const roster = applyCommit(
    ["ana", "bo", "cy"],
    [
      { type: "add", member: "di" },
      { type: "remove", leaf: 1 },
      { type: "add", member: "ed" },
      { type: "remove", leaf: 0 },
      { type: "add", member: "flo" },
    ],
  );
  expect(roster).toEqual(["di", "ed", "cy", "flo"]);
});

test("a proposal that is made twice has two references", async () => {
  const sender = await createExternalSender("200000000000000001");
  const remove = { proposalType: "remove", remove: { removed: 1 } } as const;
  const [first, second] = [await sender.propose(1n, remove), await sender.propose(1n, remove)];
  expect(hex(first.reference)).not.toBe(hex(second.reference));
});

test("only a member's own, signed key package is taken", async () => {
  const [channel, ana, bo] = ["200000000000000001", "400000000000000001", "400000000000000002"];
  const sender = await createExternalSender(channel);
  const keyPackage = new DAVESession(1, ana, channel).getSerializedKeyPackage();
  await expect(sender.readKeyPackage(keyPackage, ana)).resolves.toMatchObject({ version: "mls10" });
  await expect(sender.readKeyPackage(keyPackage, bo)).rejects.toThrow("another user");
  keyPackage[keyPackage.length - 1]! ^= 1;
  await expect(sender.readKeyPackage(keyPackage, ana)).rejects.toThrow();
  await expect(sender.readKeyPackage(keyPackage.subarray(0, 40), ana)).rejects.toThrow();
});
