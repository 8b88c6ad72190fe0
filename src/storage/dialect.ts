import type SQLite from "better-sqlite3";
import {
  type DatabaseConnection,
  type DataTypeNode,
  type Dialect,
  type Driver,
  PostgresDialect,
  type PostgresPool,
  PostgresQueryCompiler,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
} from "kysely";

/** A connection that tells of what fails on it, and then fails all the same. */
const watched = (connection: DatabaseConnection, onError: (error: unknown) => void): DatabaseConnection => ({
  async executeQuery(query, options) {
    try {
      return await connection.executeQuery(query, options);
    } catch (error) {
      onError(error);
      throw error;
    }
  },
  streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
});

/** More texts than there are queries: one whose length depends on a list has a text for each length. */
const MAX_STATEMENTS = 500;

/** The file, which keeps its prepared statements: preparing one takes about as long as running it. */
const withKeptStatements = (file: SQLite.Database): SqliteDatabase => {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(text) {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = file.prepare(text);
      if (statements.size >= MAX_STATEMENTS) statements.clear();
      statements.set(text, statement);
      return statement;
    },
  };
};

/**
 * Kysely's SQLite dialect, with the first cause of a failed transaction kept: SQLite has rolled back
 * by itself after a full disk or a failing one, and a second rollback would hide why.
 * @param onError told of each statement that fails
 */
export const createSqliteDialect = (file: SQLite.Database, onError: (error: unknown) => void): Dialect => {
  const sqlite = new SqliteDialect({ database: withKeptStatements(file) });
  return {
    createDriver(): Driver {
      const driver: Driver = sqlite.createDriver();
      const [rollback, acquire] = [driver.rollbackTransaction.bind(driver), driver.acquireConnection.bind(driver)];
      driver.rollbackTransaction = async (connection) => {
        if (file.inTransaction) await rollback(connection);
      };
      driver.acquireConnection = async (options) => watched(await acquire(options), onError);
      return driver;
    },
    createQueryCompiler: () => sqlite.createQueryCompiler(),
    createAdapter: () => sqlite.createAdapter(),
    createIntrospector: (db) => sqlite.createIntrospector(db),
  };
};

/** SQLite's types, in which the migrations are written, as PostgreSQL names what holds and orders the same values. */
const POSTGRES_TYPES: Readonly<Record<string, string>> = {
  integer: "bigint",
  real: "double precision",
  blob: "bytea",
  // By bytes, as SQLite does, and not by the rules of a language.
  text: 'text collate "C"',
};

class SameTypesCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    const known = POSTGRES_TYPES[node.dataType];
    if (known === undefined) super.visitDataType(node);
    else this.append(known);
  }
}

/** Kysely's PostgreSQL dialect, on which the migrations make the same tables as on SQLite. */
export const createPostgresDialect = (pool: PostgresPool): Dialect => {
  const postgres = new PostgresDialect({ pool });
  return {
    createDriver: () => postgres.createDriver(),
    createQueryCompiler: () => new SameTypesCompiler(),
    createAdapter: () => postgres.createAdapter(),
    createIntrospector: (db) => postgres.createIntrospector(db),
  };
};
