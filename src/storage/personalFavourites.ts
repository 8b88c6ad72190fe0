import type { Selectable, Transaction } from "kysely";
import { v7 as uuid } from "uuid";
import { parseMix } from "../catalogue/shareCode.ts";
import { message } from "../i18n/message.ts";
import { cleanName } from "../kernel/cleanName.ts";
import type { Clock } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { type FavouriteId, id, type UserId } from "../kernel/ids.ts";
import { escapeMarkdown } from "../kernel/markdown.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { foldName, searchName } from "../kernel/names.ts";
import type { PersonalFavourite, PersonalFavourites } from "../ports/guild.ts";
import { type Database, inTransaction } from "./database.ts";
import { createKeptLists } from "./keptLists.ts";
import { withWriteErrors } from "./outages.ts";
import type { Schema } from "./schema.ts";

/** Per user. */
const MAX_PERSONAL = 100;

const taken = (name: MemberText) =>
  new UserError("favourite-name-taken", message("favourites.ownNameTaken", { name: escapeMarkdown(name) }));
const unknown = () => new UserError("no-such-favourite", message("favourites.ownGone"));
const full = () => new UserError("favourites-full", message("favourites.ownLimitReached", { max: MAX_PERSONAL }));

type Row = Selectable<Schema["personal_favourites"]>;
type Change = Transaction<Schema>;

const fromRow = (row: Row): PersonalFavourite => ({
  id: id<FavouriteId>(row.id),
  name: row.name,
  searchable: searchName(row.name),
  mix: parseMix(JSON.parse(row.layers)),
  uses: row.uses,
  addedAt: row.added_at,
});

const rowsOf = (db: Change | Database, user: UserId): Promise<Row[]> =>
  db
    .selectFrom("personal_favourites")
    .selectAll()
    .where("user", "=", user)
    .orderBy("added_at")
    // Unique among a user's own.
    .orderBy("folded")
    .execute();

const requireRow = (rows: readonly Row[], favourite: FavouriteId): Row => {
  const row = rows.find((one) => one.id === favourite);
  if (row === undefined) throw unknown();
  return row;
};

const checkName = (others: readonly Row[], name: string, folded: string): void => {
  if (others.some((one) => one.folded === folded)) throw taken(name);
};

/** Users whose lists are kept. */
const MAX_KEPT = 100;

/** Members' own favourites in the database, which is told when somebody else changes their rows. */
export type StoredPersonalFavourites = PersonalFavourites & { changedElsewhere(user?: UserId): void };

/** Members' own favourites in the database. */
export const createPersonalFavourites = (db: Database, clock: Clock): StoredPersonalFavourites => {
  const lists = createKeptLists<UserId, Row, PersonalFavourite>({
    rowsOf: (user) => rowsOf(db, user),
    parse: fromRow,
    refresh: ({ row: former, item }, row) =>
      former.name === row.name && former.layers === row.layers ? { ...item, uses: row.uses } : undefined,
    most: MAX_KEPT,
    clock,
  });
  const changing = <T>(user: UserId, change: (transaction: Change) => Promise<T>): Promise<T> =>
    withWriteErrors(() => inTransaction(db, change)).finally(() => lists.changed(user));

  return {
    add: (user, { name: input, mix }) =>
      changing(user, async (change) => {
        const name = cleanName(input);
        const rows = await rowsOf(change, user);
        const folded = foldName(name);
        checkName(rows, name, folded);
        if (rows.length >= MAX_PERSONAL) throw full();
        const layers = JSON.stringify(mix);
        const row: Row = { id: uuid(), user, name, folded, layers, uses: 0, added_at: clock.now() };
        await change.insertInto("personal_favourites").values(row).execute();
        return fromRow(row);
      }),

    list: lists.of,
    changedElsewhere: lists.changed,

    rename: (user, favourite, input) =>
      changing(user, async (change) => {
        const rows = await rowsOf(change, user);
        const row = requireRow(rows, favourite);
        const name = cleanName(input);
        const folded = foldName(name);
        checkName(
          rows.filter((one) => one !== row),
          name,
          folded,
        );
        await change.updateTable("personal_favourites").set({ name, folded }).where("id", "=", row.id).execute();
        return fromRow({ ...row, name });
      }),

    remove: (user, favourite) =>
      changing(user, async (change) => {
        const row = requireRow(await rowsOf(change, user), favourite);
        await change.deleteFrom("personal_favourites").where("id", "=", row.id).execute();
        return fromRow(row);
      }),

    async countPlay(user, favourite) {
      await db
        .updateTable("personal_favourites")
        .set((eb) => ({ uses: eb("uses", "+", 1) }))
        .where("user", "=", user)
        .where("id", "=", favourite)
        .execute();
      lists.changed(user);
    },
  };
};
