import { randomBytes } from "node:crypto";
import type { Selectable, Transaction } from "kysely";
import { z } from "zod";
import { addedSoundsFull, MAX_ADDED_SOUNDS } from "../catalogue/addedSoundsLimit.ts";
import { RISKS, TRIGGERS } from "../catalogue/sound.ts";
import { message, named } from "../i18n/message.ts";
import { cleanName } from "../kernel/cleanName.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type GuildId, id, type SoundId, type UserId } from "../kernel/ids.ts";
import { type MemberText, rawText } from "../kernel/memberText.ts";
import { foldName } from "../kernel/names.ts";
import type { GuildSound, GuildSounds } from "../ports/sounds.ts";
import { type Database, inTransaction } from "./database.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";

const taken = (title: MemberText) =>
  new UserError("sound-title-taken", message("sounds.titleTaken", { title: named(title) }));
const unknown = () => new UserError("no-such-guild-sound", message("sounds.notOwn"));

type Row = Selectable<Schema["guild_sounds"]>;
type Change = Transaction<Schema>;

const Risks = z.array(z.string()).transform((words) => RISKS.filter((risk) => words.includes(risk)));

const fromRow = (row: Row): GuildSound => ({
  id: id<SoundId>(row.id),
  guild: id<GuildId>(row.guild),
  title: row.title,
  trigger: TRIGGERS.find((trigger) => trigger === row.trigger) ?? "recordings",
  risks: Risks.parse(JSON.parse(row.risks)),
  licence: row.licence,
  origin: row.origin,
  addedBy: row.added_by === null ? undefined : id<UserId>(row.added_by),
  addedAt: row.added_at,
  hash: row.hash,
  bytes: row.bytes,
  length: row.length,
  shared: row.shared === 1,
  removedAt: row.removed_at ?? undefined,
});

const present = (change: Change, guild: GuildId): Promise<Row[]> =>
  change.selectFrom("guild_sounds").selectAll().where("guild", "=", guild).where("removed_at", "is", null).execute();

const checkTitle = (rows: readonly Row[], title: string, own?: SoundId): void => {
  if (rows.some((row) => row.id !== own && foldName(row.title) === foldName(title))) throw taken(title);
};

/** Added sounds in the database. */
export const createGuildSounds = (db: Database, clock: Clock): GuildSounds => {
  const changing = <T>(change: (transaction: Change) => Promise<T>): Promise<T> =>
    withWriteErrors(() => inTransaction(db, change));

  const update = async (change: Change, guild: GuildId, sound: SoundId, values: Partial<Row>): Promise<GuildSound> => {
    const rows = await present(change, guild);
    const row = rows.find((each) => each.id === sound);
    if (row === undefined) throw unknown();
    if (values.title !== undefined) checkTitle(rows, values.title, sound);
    if (Object.keys(values).length > 0)
      await change.updateTable("guild_sounds").set(values).where("id", "=", sound).where("guild", "=", guild).execute();
    return fromRow({ ...row, ...values });
  };

  return {
    async all() {
      const rows = await db.selectFrom("guild_sounds").selectAll().orderBy("added_at").orderBy("id").execute();
      return rows.map(fromRow);
    },

    add: (sound) =>
      changing(async (change) => {
        const rows = await present(change, sound.guild);
        if (rows.length >= MAX_ADDED_SOUNDS) throw addedSoundsFull();
        const title = cleanName(rawText(sound.title));
        checkTitle(rows, title);
        const row: Row = {
          id: `up-${randomBytes(6).toString("hex")}`,
          guild: sound.guild,
          title,
          trigger: sound.trigger,
          risks: JSON.stringify(sound.risks),
          licence: rawText(sound.licence),
          origin: rawText(sound.origin),
          added_by: sound.addedBy ?? null,
          added_at: clock.now(),
          hash: sound.hash,
          bytes: sound.bytes,
          length: sound.length,
          shared: 0,
          removed_at: null,
        };
        await change.insertInto("guild_sounds").values(row).execute();
        return fromRow(row);
      }),

    change: (guild, sound, { title, risks, shared, trigger, licence, hash, bytes, length }) =>
      changing((change) =>
        update(change, guild, sound, {
          ...(title !== undefined && { title: cleanName(rawText(title)) }),
          ...(risks !== undefined && { risks: JSON.stringify(risks) }),
          ...(shared !== undefined && { shared: shared ? 1 : 0 }),
          ...(trigger !== undefined && { trigger }),
          ...(licence !== undefined && { licence: rawText(licence) }),
          ...(hash !== undefined && { hash }),
          ...(bytes !== undefined && { bytes }),
          ...(length !== undefined && { length }),
        }),
      ),

    remove: (guild, sound) =>
      changing((change) => update(change, guild, sound, { removed_at: clock.now(), shared: 0 })),
  };
};
