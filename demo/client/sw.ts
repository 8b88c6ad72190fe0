// The build writes both lists: what opens the page and plays the first scene, and every file that may be kept.
declare const FIRST: readonly string[];
declare const ALL: readonly string[];
declare const VERSION: string;

/** What TypeScript's DOM library does not know of a service worker. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ServiceWorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
  addEventListener(type: "install" | "activate", listener: (event: LifeEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: RequestEvent) => void): void;
}
const scope = globalThis as unknown as ServiceWorkerScope;

const PREFIX = "lull-demo-";
const CACHE = PREFIX + VERSION;
const addressOf = (name: string) => new URL(name, scope.registration.scope).href;
const known = new Set(ALL.map(addressOf));

scope.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      // What the browser has kept of an earlier version must not pass for this one.
      .then((cache) => cache.addAll(FIRST.map((name) => new Request(addressOf(name), { cache: "no-cache" }))))
      .then(() => scope.skipWaiting()),
  );
});

// Of earlier versions nothing is kept, so that there is never more than the files of one.
scope.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      .then(() => scope.clients.claim()),
  );
});

const answer = async (request: Request): Promise<Response> => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept !== undefined) return kept;
  const fresh = await fetch(request);
  if (fresh.status === 200) await cache.put(request, fresh.clone());
  return fresh;
};

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && known.has(request.url)) event.respondWith(answer(request));
});
