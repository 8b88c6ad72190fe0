import type { Selectable, Transaction } from "kysely";
import { v7 as uuid } from "uuid";
import type { Mix } from "../catalogue/mix.ts";
import { parseMix } from "../catalogue/shareCode.ts";
import { message } from "../i18n/message.ts";
import { cleanName } from "../kernel/cleanName.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type FavouriteId, type GuildId, id, type SoundId, type UserId } from "../kernel/ids.ts";
import { escapeMarkdown } from "../kernel/markdown.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { foldName, searchName } from "../kernel/names.ts";
import { hours, type Millis } from "../kernel/units.ts";
import type { Favourite, Favourites } from "../ports/guild.ts";
import { type Database, inTransaction } from "./database.ts";
import { createKeptLists } from "./keptLists.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";

/** Favourites per guild. */
const MAX_FAVOURITES = 500;

/** How long a favourite that was removed can be restored. */
const RESTORABLE: Millis = hours(7 * 24);

const nothingToRestore = () => new UserError("nothing-to-restore", message("favourites.nothingToRestore"));
const taken = (name: MemberText) =>
  new UserError("favourite-name-taken", message("favourites.nameTaken", { name: escapeMarkdown(name) }));
const unknown = (name: MemberText) =>
  new UserError("no-such-favourite", message("favourites.notFound", { name: escapeMarkdown(name) }));
const full = () => new UserError("favourites-full", message("favourites.limitReached", { max: MAX_FAVOURITES }));

type Row = Selectable<Schema["favourites"]>;

const fromRow = (row: Row): Favourite => ({
  id: id<FavouriteId>(row.id),
  guild: id<GuildId>(row.guild),
  name: row.name,
  searchable: searchName(row.name),
  mix: mixOf(row),
  uses: row.uses,
  addedBy: id<UserId>(row.added_by),
  addedAt: row.added_at,
});

/** A single unchanged sound needs only its id. */
const isPlain = ([first, ...others]: Mix): boolean =>
  others.length === 0 && first?.gainDb === 0 && first.place === "centre";

const mixOf = ({ sound, layers }: Row): Mix =>
  layers === null ? [{ sound: id<SoundId>(sound), gainDb: 0, place: "centre" }] : parseMix(JSON.parse(layers));

type Change = Transaction<Schema>;

const rowsOf = (db: Change | Database, guild: GuildId): Promise<Row[]> =>
  db.selectFrom("favourites").selectAll().where("guild", "=", guild).orderBy("position").orderBy("id").execute();

const findByName = async (change: Change, guild: GuildId, name: string): Promise<Row | undefined> =>
  change
    .selectFrom("favourites")
    .selectAll()
    .where("guild", "=", guild)
    .where("folded", "=", foldName(name))
    .executeTakeFirst();

const requireByName = async (change: Change, guild: GuildId, input: MemberText): Promise<Row> => {
  const name = cleanName(input);
  const row = await findByName(change, guild, name);
  if (row === undefined) throw unknown(name);
  return row;
};

/** Writes the positions that have changed. */
const writePositions = async (change: Change, order: readonly Row[]): Promise<void> => {
  for (const [position, row] of order.entries())
    if (row.position !== position)
      await change.updateTable("favourites").set({ position }).where("id", "=", row.id).execute();
};

/** Deletes for good what was removed more than a week ago, in every guild. */
export const forgetRemoved = async (db: Change | Database, now: Millis): Promise<void> => {
  await db
    .deleteFrom("removed_favourites")
    .where("removed_at", "<", now - RESTORABLE)
    .execute();
};

/** Deletes for good what was removed longest ago, beyond so many of a guild. */
const forgetBeyond = async (change: Change, guild: GuildId, most: number): Promise<void> => {
  const beyond = change
    .selectFrom("removed_favourites")
    .select("id")
    .where("guild", "=", guild)
    .orderBy("removed_at", "desc")
    .orderBy("id")
    .limit(Number.MAX_SAFE_INTEGER)
    .offset(most);
  await change.deleteFrom("removed_favourites").where("id", "in", beyond).execute();
};

/** Guilds whose lists are kept; a full one takes some hundred kilobytes. */
const MAX_KEPT = 50;

/** Favourites in the database, which is told when somebody else changes their rows. */
export type StoredFavourites = Favourites & { changedElsewhere(): void };

/** Favourites in the database. */
export const createFavourites = (db: Database, clock: Clock): StoredFavourites => {
  const lists = createKeptLists<GuildId, Row, Favourite>({
    rowsOf: (guild) => rowsOf(db, guild),
    parse: fromRow,
    refresh: ({ row: former, item }, row) =>
      former.name === row.name && former.layers === row.layers && former.sound === row.sound
        ? { ...item, uses: row.uses, addedBy: id<UserId>(row.added_by) }
        : undefined,
    most: MAX_KEPT,
    clock,
  });
  const changing = <T>(guild: GuildId, change: (transaction: Change) => Promise<T>): Promise<T> =>
    withWriteErrors(() => inTransaction(db, change)).finally(() => lists.changed(guild));

  return {
    add: (guild, { name: input, mix, by }) =>
      changing(guild, async (change) => {
        const name = cleanName(input);
        const rows = await rowsOf(change, guild);
        const folded = foldName(name);
        if (rows.some((row) => row.folded === folded)) throw taken(name);
        if (rows.length >= MAX_FAVOURITES) throw full();
        const row: Row = {
          id: uuid(),
          guild,
          name,
          folded,
          sound: mix[0]?.sound ?? "",
          layers: isPlain(mix) ? null : JSON.stringify(mix),
          uses: 0,
          added_by: by,
          added_at: clock.now(),
          position: rows.length,
        };
        await change.insertInto("favourites").values(row).execute();
        return fromRow(row);
      }),

    list: lists.of,
    changedElsewhere: () => lists.changed(),

    rename: (guild, from, input) =>
      changing(guild, async (change) => {
        const row = await requireByName(change, guild, from);
        const name = cleanName(input);
        const other = await findByName(change, guild, name);
        if (other !== undefined && other.id !== row.id) throw taken(name);
        await change
          .updateTable("favourites")
          .set({ name, folded: foldName(name) })
          .where("id", "=", row.id)
          .execute();
        return fromRow({ ...row, name });
      }),

    remove: (guild, name) =>
      changing(guild, async (change) => {
        const row = await requireByName(change, guild, name);
        await change.deleteFrom("favourites").where("id", "=", row.id).execute();
        await writePositions(change, await rowsOf(change, guild));
        await forgetRemoved(change, clock.now());
        await forgetBeyond(change, guild, MAX_FAVOURITES - 1);
        const { position: _, ...kept } = row;
        await change
          .insertInto("removed_favourites")
          .values({ ...kept, removed_at: clock.now() })
          .execute();
        return fromRow(row);
      }),

    restore: (guild) =>
      changing(guild, async (change) => {
        await forgetRemoved(change, clock.now());
        const removed = await change
          .selectFrom("removed_favourites")
          .selectAll()
          .where("guild", "=", guild)
          .orderBy("removed_at", "desc")
          .orderBy("id")
          .execute();
        const there = await rowsOf(change, guild);
        const names = new Set(there.map(({ folded }) => folded));
        const restored: Row[] = [];
        // The latest first, for those of the same name and where there is not room for all.
        for (const { removed_at: _, ...kept } of removed) {
          if (names.has(kept.folded) || there.length + restored.length >= MAX_FAVOURITES) continue;
          names.add(kept.folded);
          const row: Row = { ...kept, position: there.length + restored.length };
          await change.insertInto("favourites").values(row).execute();
          await change.deleteFrom("removed_favourites").where("id", "=", row.id).execute();
          restored.push(row);
        }
        if (restored.length === 0) throw nothingToRestore();
        return restored.map(fromRow);
      }),

    async countPlay(guild, favourite) {
      await db
        .updateTable("favourites")
        .set((eb) => ({ uses: eb("uses", "+", 1) }))
        .where("guild", "=", guild)
        .where("id", "=", favourite)
        .execute();
      lists.changed(guild);
    },

    move: (guild, name, position) =>
      changing(guild, async (change) => {
        const row = await requireByName(change, guild, name);
        const others = (await rowsOf(change, guild)).filter((other) => other.id !== row.id);
        const index = Math.min(Math.max(Math.trunc(position) || 1, 1) - 1, others.length);
        await writePositions(change, others.toSpliced(index, 0, row));
        return fromRow(row);
      }),
  };
};
