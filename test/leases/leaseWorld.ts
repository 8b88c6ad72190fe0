import { prng, type Random } from "../../src/kernel/random.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import {
  advanceLease,
  IDLE,
  type LeaseEffect,
  type LeaseEvent,
  type LeaseState,
  type LeaseTimes,
  maySend,
} from "../../src/leases/leaseHolder.ts";
import {
  acceptsToken,
  type LeaseRow,
  NEVER_TAKEN,
  releaseLease,
  renewLease,
  takeLease,
} from "../../src/leases/leaseRow.ts";

/** How a run went. */
export interface LeaseRun {
  /** What may never be, in words; empty where it never was. */
  readonly violations: readonly string[];
  /** How often the lease went to a replica. */
  readonly takings: number;
  readonly packets: number;
  /** Longest silence of the shard while everything works again, from the last fault on. */
  readonly recovery: Millis;
}

const REPLICAS = 3;
const FAULTS_END: Millis = seconds(90);
const END: Millis = seconds(120);
/** Between two looks of a replica at its clock; a packet goes out as often. */
const STEP: Millis = 100;
const REQUEST_TIMEOUT: Millis = seconds(3);

/** A replica: a process with a clock of its own, which may stop for a while or die. */
interface Replica {
  name: string;
  state: LeaseState;
  pausedUntil: Millis;
  /** Since the lease was taken: then it cannot always end on a ramp. */
  hasSlept: boolean;
  backsOffUntil: Millis;
  readonly offset: Millis;
  readonly rate: number;
}

/** Anything that happens at a moment of true time; whatever is due at once happens in a random order. */
interface Due {
  readonly at: Millis;
  readonly order: number;
  run(): void;
}

const createAgenda = (random: Random) => {
  const agenda: Due[] = [];
  return {
    put: (at: Millis, run: () => void) => void agenda.push({ at, order: random(), run }),
    /** Takes what is due first. */
    next(): Due | undefined {
      let first = 0;
      for (const [index, due] of agenda.entries()) {
        const best = agenda[first];
        if (best !== undefined && (due.at < best.at || (due.at === best.at && due.order < best.order))) first = index;
      }
      return agenda.splice(first, 1)[0];
    },
  };
};

/**
 * One shard, three replicas and a database under a virtual clock, with random faults for a minute and a half: messages that
 * are late or lost, a database that is away, replicas that are stopped, killed or hand over, clocks that run unevenly.
 * @param times what the replicas believe of leases
 * @param granted how long the database grants them
 */
export const runLeases = (seed: number, times: LeaseTimes, granted: Millis = times.term): LeaseRun => {
  const random = prng(seed);
  const { put, next } = createAgenda(random);
  const between = (low: number, high: number) => low + random() * (high - low);
  const happens = (chance: number) => random() < chance;
  const violations: string[] = [];
  let now: Millis = 0;
  let row: LeaseRow = NEVER_TAKEN;
  let awayUntil: Millis = 0;
  let packets = 0;
  /** The token of the latest packet. */
  let newest = 0;
  let lastPacket: Millis = FAULTS_END;
  let recovery: Millis = 0;

  const isFaulty = () => now < FAULTS_END;
  const localTime = ({ offset, rate }: Replica): Millis => offset + now * rate;
  /** Some messages take seconds. */
  const delay = (): Millis => (isFaulty() && happens(0.1) ? between(0, seconds(6)) : between(1, 50));
  const isLost = () => isFaulty() && happens(0.05);

  /** A question to the database; its answer comes late, or never. */
  const ask = (answer: () => LeaseRow | undefined, then: (granted: LeaseRow | undefined) => void): void => {
    if (isLost()) return;
    put(now + delay(), () => {
      if (now < awayUntil) return;
      const changed = answer();
      if (changed !== undefined) row = changed;
      if (!isLost()) put(now + delay(), () => then(changed));
    });
  };

  const tell = (replica: Replica, event: LeaseEvent): void => {
    // What arrives at a process that is stopped waits for it.
    if (now < replica.pausedUntil) {
      put(replica.pausedUntil, () => tell(replica, event));
      return;
    }
    const { state, effects } = advanceLease(replica.state, event, localTime(replica), times);
    replica.state = state;
    for (const effect of effects) carryOut(replica, effect);
  };

  const request = (replica: Replica, answer: () => LeaseRow | undefined): void => {
    const { name } = replica;
    const sentAt = localTime(replica);
    const tellSame = (event: LeaseEvent) => replica.name === name && tell(replica, event);
    put(now + REQUEST_TIMEOUT, () => tellSame({ type: "requestFailed", sentAt }));
    ask(answer, (given) =>
      tellSame(
        given === undefined ? { type: "leaseRefused", sentAt } : { type: "leaseGranted", sentAt, token: given.token },
      ),
    );
  };

  const carryOut = (replica: Replica, effect: LeaseEffect): void => {
    const { name: owner } = replica;
    const claim = (token: number) => ({ owner, token });
    if (effect.type === "take") request(replica, () => takeLease(row, owner, now, granted));
    if (effect.type === "renew") request(replica, () => renewLease(row, claim(effect.token), now, granted));
    if (effect.type === "release")
      ask(
        () => releaseLease(row, claim(effect.token)),
        () => {},
      );
    if (effect.type === "startShard") replica.hasSlept = false;
    if (effect.type === "cutShard" && !replica.hasSlept)
      violations.push(`${now}: ${owner} was cut off, though it never slept`);
  };

  const write = (replica: Replica, token: number): void => {
    const { name } = replica;
    const arrive = () => {
      if (acceptsToken(row, token) && token < newest) violations.push(`${now}: a write of ${name} was not fenced`);
      return undefined;
    };
    ask(arrive, () => {});
  };

  const send = (replica: Replica): void => {
    const { state, name } = replica;
    if (!maySend(state, localTime(replica)) || !("token" in state)) return;
    if (state.token < newest) violations.push(`${now}: ${name} sent with token ${state.token} after ${newest}`);
    newest = Math.max(newest, state.token);
    packets++;
    if (now >= FAULTS_END) {
      recovery = Math.max(recovery, now - lastPacket);
      lastPacket = now;
    }
    if (happens(0.05)) write(replica, state.token);
  };

  const strike = (replica: Replica, index: number): void => {
    if (happens(0.004)) {
      replica.pausedUntil = now + between(seconds(1), seconds(25));
      replica.hasSlept = true;
    }
    if (happens(0.002)) {
      // Killed; another process takes its place a little later, and knows nothing of before.
      replica.name = `${index}@${Math.round(now)}`;
      replica.state = IDLE;
      replica.pausedUntil = now + between(seconds(1), seconds(5));
    }
    if (happens(0.003)) tell(replica, { type: "shardUnwanted" });
    if (happens(0.001)) awayUntil = Math.max(awayUntil, now + between(seconds(1), seconds(40)));
  };

  const live = (replica: Replica, index: number): void => {
    if (now >= END) return;
    if (now < replica.pausedUntil) {
      put(replica.pausedUntil, () => live(replica, index));
      return;
    }
    // A process that wakes up may have been about to send.
    if (happens(0.5)) send(replica);
    tell(replica, { type: "clockTicked" });
    if (happens(0.1)) tell(replica, { type: "shardStopped" });
    if (replica.state.status === "idle" && now >= replica.backsOffUntil) {
      replica.backsOffUntil = now + between(200, 1_500);
      tell(replica, { type: "shardWanted" });
    }
    send(replica);
    if (isFaulty()) strike(replica, index);
    put(now + STEP, () => live(replica, index));
  };

  for (let index = 0; index < REPLICAS; index++) {
    const rate = between(1 - times.drift, 1 + times.drift);
    const replica: Replica = {
      name: `${index}`,
      state: IDLE,
      pausedUntil: 0,
      hasSlept: false,
      backsOffUntil: 0,
      offset: between(0, seconds(1_000)),
      rate,
    };
    put(between(0, STEP), () => live(replica, index));
  }
  for (let due = next(); due !== undefined; due = next()) {
    now = Math.max(now, due.at);
    if (!isFaulty()) awayUntil = 0;
    due.run();
  }
  recovery = Math.max(recovery, END - lastPacket);
  return { violations, takings: row.token, packets, recovery };
};
