import { createHash, randomBytes } from "node:crypto";
import { type GuildId, id, type SessionId } from "../kernel/ids.ts";
import type { RemotePass } from "../ports/remote.ts";

/** 256 bits: nobody finds one by trying. */
const TOKEN_BYTES = 32;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** Who may open the page. Tokens are kept in memory alone, and there as hashes. */
export interface Passes {
  /** @returns a new token: the guild and random bytes in base64url; the member's earlier one there is forgotten */
  issue(pass: RemotePass): string;
  find(token: string): RemotePass | undefined;
  /** Forgets every pass of a session. */
  forget(session: SessionId): void;
}

/** The guild that a token is for, as it says itself; undefined where it says none. */
export const guildNamedBy = (token: string): GuildId | undefined => {
  const [, guild] = /^(\d{1,20})\./.exec(token) ?? [];
  return guild === undefined ? undefined : id<GuildId>(guild);
};

/** Creates an empty list of passes. */
export const createPasses = (): Passes => {
  const passes = new Map<string, RemotePass>();
  return {
    issue(pass) {
      for (const [hash, { guild, user }] of passes) if (guild === pass.guild && user === pass.user) passes.delete(hash);
      const token = `${pass.guild}.${randomBytes(TOKEN_BYTES).toString("base64url")}`;
      passes.set(hashOf(token), pass);
      return token;
    },
    find: (token) => passes.get(hashOf(token)),
    forget(session) {
      for (const [hash, pass] of passes) if (pass.session === session) passes.delete(hash);
    },
  };
};
