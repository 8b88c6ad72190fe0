import type { Millis } from "../kernel/units.ts";

/** What the database keeps of one shard: whose it is, and until when by the database's clock. */
export interface LeaseRow {
  /** The replica that serves the shard; undefined: nobody does. */
  readonly owner: string | undefined;
  /** The fencing token: raised each time the lease is taken, never lowered. */
  readonly token: number;
  /** By the database's clock. */
  readonly expiresAt: Millis;
}

/** A taking of a lease. */
export type Claim = Pick<LeaseRow, "token"> & { readonly owner: string };

/** The row of a shard that nobody has served yet. */
export const NEVER_TAKEN: LeaseRow = { owner: undefined, token: 0, expiresAt: 0 };

const isHeld = ({ owner, expiresAt }: LeaseRow, now: Millis): boolean => owner !== undefined && now < expiresAt;

const isOf = (row: LeaseRow, { owner, token }: Claim): boolean => row.owner === owner && row.token === token;

/**
 * Gives a lease that is free or has expired to a replica.
 * @param now by the database's clock
 * @returns the new row; undefined where somebody holds it
 */
export const takeLease = (row: LeaseRow, owner: string, now: Millis, term: Millis): LeaseRow | undefined =>
  isHeld(row, now) ? undefined : { owner, token: row.token + 1, expiresAt: now + term };

/**
 * Prolongs a lease.
 * @param now by the database's clock
 * @returns the new row; undefined where it has expired or is another's
 */
export const renewLease = (row: LeaseRow, claim: Claim, now: Millis, term: Millis): LeaseRow | undefined =>
  isHeld(row, now) && isOf(row, claim) ? { ...row, expiresAt: now + term } : undefined;

/** Frees a lease before its time. @returns the new row; undefined where it is another's by now */
export const releaseLease = (row: LeaseRow, claim: Claim): LeaseRow | undefined =>
  isOf(row, claim) ? { ...row, owner: undefined } : undefined;

/** Whether a write may be made that carries a token: only the newest may, though its lease have expired. */
export const acceptsToken = (row: LeaseRow, token: number): boolean => row.token === token;
