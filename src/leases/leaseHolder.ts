import { assertNever } from "../kernel/errors.ts";
import { type Millis, seconds } from "../kernel/units.ts";

/** How long leases last, and what a replica needs to end in time. */
export interface LeaseTimes {
  /** From a renewal to its expiry. */
  readonly term: Millis;
  /** From one renewal to the next; one that failed is tried again sooner. */
  readonly renewal: Millis;
  readonly retry: Millis;
  /** How long it may take at most until nothing is sent any more: a ramp, and leaving the voice channels. */
  readonly ramp: Millis;
  /** The longest between two looks at the clock by a process that is awake. */
  readonly tick: Millis;
  /** The most by which this machine's clock runs slower than the database's, as a share of the time. */
  readonly drift: number;
}

/** Where the clock counts whole seconds, a look may seem to be as much earlier. */
const TICK: Millis = process.platform === "linux" ? 250 : 1_250;
/** A lease is renewed each third of its term, or more often: however long it is, an outage is noticed soon. */
const LONGEST_RENEWAL: Millis = seconds(5);

/** The times of leases that last for so long: a shard whose replica's machine has died is free after that. */
export const leaseTimes = (term: Millis): LeaseTimes => {
  const renewal = Math.min(term / 3, LONGEST_RENEWAL);
  return { term, renewal, retry: renewal / 3, ramp: Math.min(term / 4, seconds(3)), tick: TICK, drift: 0.01 };
};

/**
 * What a replica knows of one lease. Moments are by its own monotonic clock, which must go on while the machine sleeps
 * (CLOCK_BOOTTIME). A request is known by the moment it was sent: the lease lasts at least a term from then, because the
 * database counts from when it arrived.
 */
export type LeaseState =
  | { readonly status: "idle" }
  | { readonly status: "taking"; readonly sentAt: Millis }
  | {
      readonly status: "held";
      readonly token: number;
      /** Nobody else can hold the lease before. */
      readonly provenUntil: Millis;
      readonly nextRenewalAt: Millis;
      /** The renewal that is under way. */
      readonly renewal: Millis | undefined;
    }
  | { readonly status: "stopping"; readonly token: number; readonly provenUntil: Millis; readonly silentAt: Millis };

/** What happens to a lease. */
export type LeaseEvent =
  /** This replica is to serve the shard. */
  | { readonly type: "shardWanted" }
  /** It is to hand the shard over. */
  | { readonly type: "shardUnwanted" }
  /** Nothing is sent for the shard any more, before the time for it is over. */
  | { readonly type: "shardStopped" }
  | { readonly type: "leaseGranted"; readonly sentAt: Millis; readonly token: number }
  /** The database has answered that the lease is another's. */
  | { readonly type: "leaseRefused"; readonly sentAt: Millis }
  /** No answer came. */
  | { readonly type: "requestFailed"; readonly sentAt: Millis }
  | { readonly type: "clockTicked" };

/** What a replica is to do. */
export type LeaseEffect =
  | { readonly type: "take" }
  | { readonly type: "renew"; readonly token: number }
  | { readonly type: "release"; readonly token: number }
  /** Open the gateway session and bring the sessions back. */
  | { readonly type: "startShard"; readonly token: number }
  /** End on a ramp, within the time for it. */
  | { readonly type: "stopShard" }
  /** Send nothing more, without a ramp: the time is over already. */
  | { readonly type: "cutShard" };

/** A state, and what to do. */
export interface LeaseStep {
  readonly state: LeaseState;
  readonly effects: readonly LeaseEffect[];
}

/** The start of every lease. */
export const IDLE: LeaseState = { status: "idle" };

const to = (state: LeaseState, ...effects: readonly LeaseEffect[]): LeaseStep => ({ state, effects });

const provenUntil = (sentAt: Millis, { term, drift }: LeaseTimes): Millis => sentAt + term * (1 - drift);

/** When to begin to end, so that the next look after the ramp is still in time. */
const lastStop = (until: Millis, { ramp, tick }: LeaseTimes): Millis => until - ramp - tick;

const held = (token: number, sentAt: Millis, times: LeaseTimes): LeaseState => ({
  status: "held",
  token,
  provenUntil: provenUntil(sentAt, times),
  nextRenewalAt: sentAt + times.renewal,
  renewal: undefined,
});

type Held = Extract<LeaseState, { status: "held" }>;

const stop = ({ token, provenUntil: until }: Held, now: Millis, { ramp }: LeaseTimes): LeaseStep =>
  to({ status: "stopping", token, provenUntil: until, silentAt: Math.min(now + ramp, until) }, { type: "stopShard" });

const look = (state: LeaseState, now: Millis, times: LeaseTimes): LeaseStep => {
  if (state.status === "idle" || state.status === "taking") return to(state);
  // It slept, and has said nothing since: whatever it was about to send belongs to another replica's time.
  if (now >= state.provenUntil) return to(IDLE, { type: "cutShard" });
  if (state.status === "stopping")
    return now < state.silentAt ? to(state) : to(IDLE, { type: "release", token: state.token });
  if (now >= lastStop(state.provenUntil, times)) return stop(state, now, times);
  if (state.renewal !== undefined || now < state.nextRenewalAt) return to(state);
  return to({ ...state, renewal: now }, { type: "renew", token: state.token });
};

const stopped = (state: LeaseState, now: Millis): LeaseStep =>
  state.status === "stopping" && now < state.provenUntil
    ? to(IDLE, { type: "release", token: state.token })
    : to(state);

const granted = (state: LeaseState, sentAt: Millis, token: number, now: Millis, times: LeaseTimes): LeaseStep => {
  if (state.status === "taking" && state.sentAt === sentAt)
    return now < lastStop(provenUntil(sentAt, times), times)
      ? to(held(token, sentAt, times), { type: "startShard", token })
      : to(IDLE, { type: "release", token });
  if (state.status === "held" && state.renewal === sentAt) return to(held(token, sentAt, times));
  // An answer that nobody waits for any more: a lease that was taken after all is given back.
  return state.status === "idle" || state.status === "taking" ? to(state, { type: "release", token }) : to(state);
};

const unanswered = (state: LeaseState, sentAt: Millis, now: Millis, times: LeaseTimes): LeaseStep => {
  if (state.status === "taking" && state.sentAt === sentAt) return to(IDLE);
  if (state.status !== "held" || state.renewal !== sentAt) return to(state);
  return to({ ...state, renewal: undefined, nextRenewalAt: now + times.retry });
};

/**
 * Decides what a replica does about one lease.
 * @param now by its own monotonic clock; a replica that wakes up passes `clockTicked` before anything else
 */
export const advanceLease = (state: LeaseState, event: LeaseEvent, now: Millis, times: LeaseTimes): LeaseStep => {
  switch (event.type) {
    case "shardWanted":
      return state.status === "idle" ? to({ status: "taking", sentAt: now }, { type: "take" }) : to(state);
    case "shardUnwanted":
      return state.status === "held" ? stop(state, now, times) : to(state);
    case "shardStopped":
      return stopped(state, now);
    case "leaseGranted":
      return granted(state, event.sentAt, event.token, now, times);
    case "leaseRefused":
      // Another has it, so the time to end in is over.
      return state.status === "held" && state.renewal === event.sentAt
        ? to(IDLE, { type: "cutShard" })
        : unanswered(state, event.sentAt, now, times);
    case "requestFailed":
      return unanswered(state, event.sentAt, now, times);
    case "clockTicked":
      return look(state, now, times);
    default:
      return assertNever(event);
  }
};

/** Whether a packet may be sent or an interaction answered: asked before each, since the process may just have woken up. */
export const maySend = (state: LeaseState, now: Millis): boolean =>
  (state.status === "held" || state.status === "stopping") && now < state.provenUntil;
