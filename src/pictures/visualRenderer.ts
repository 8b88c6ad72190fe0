import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { VISUALS } from "../catalogue/visuals.ts";
import { message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import { forkChild } from "../kernel/forkChild.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import type { Visuals } from "../ports/pictures.ts";
import type { Measured } from "../visuals/gates.ts";
import { isVisualFile, visualPath } from "./visualFiles.ts";

/** What a drawing process is asked for. */
export interface DrawRequest {
  readonly kind: "visual" | "still" | "thumbnail";
  readonly id: string;
  readonly cache: string;
}

/** What it answers; `measured` of a visual. A reason where it has failed. */
export interface DrawResponse {
  readonly measured?: Measured;
}

const response = z.object({
  measured: z
    .object({
      brightness: z.number(),
      step: z.number(),
      partStep: z.number(),
      flicker: z.number(),
      partFlicker: z.number(),
    })
    .exactOptional(),
  reason: z.string().exactOptional(),
});

/** Draws the visuals in a process of their own, and keeps them in the cache. */
export interface VisualRenderer extends Visuals {
  /** Draws what is not there yet, one visual after the other; resolves when all has been tried. */
  drawAll(): Promise<void>;
  close(): Promise<void>;
}

const unknownVisual = () => new UserError("unknown-visual", message("visual.notFound"));
const notDrawn = () => new UserError("visual-not-drawn", message("visual.notDrawn"));

/**
 * Opens the place where pictures are drawn: never in this process. Nothing is drawn before it is
 * asked for.
 */
export const openVisualRenderer = ({ cache, log }: { readonly cache: string; readonly log: Log }): VisualRenderer => {
  const directory = join(cache, "visuals");
  const children = new Set<ChildProcess>();
  const drawing = new Map<string, Promise<void>>();
  let line: Promise<unknown> = Promise.resolve();
  let closed = false;

  const ask = (request: DrawRequest, patience: Millis): Promise<DrawResponse> => {
    if (closed) return Promise.reject(new Error("No more pictures are drawn"));
    const child = forkChild(new URL("./visualProcess.ts", import.meta.url), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
      timeout: patience,
      killSignal: "SIGKILL",
    });
    // Drawing alone does not keep the bot running.
    child.unref();
    child.channel?.unref();
    children.add(child);
    return new Promise<DrawResponse>((resolve, reject) => {
      child.on("message", (message) => {
        const { data: { reason, ...drawn } = { reason: "It answered with something else" } } =
          response.safeParse(message);
        if (reason === undefined) resolve(drawn);
        else reject(new Error(reason));
      });
      child.on("error", reject);
      child.on("exit", (code, killed) => {
        children.delete(child);
        reject(new Error(`The drawing process ended with ${killed ?? code}`));
      });
      child.send(request);
    }).finally(() => child.kill());
  };

  /** Removes what was drawn of it before. */
  const sweep = (id: string) => {
    const kept = (["gif", "webp", "still", "thumbnail"] as const).map((kind) => visualPath(id, kind, directory));
    for (const file of readdirSync(directory)) {
      const path = join(directory, file);
      if (isVisualFile(file, id) && !kept.includes(path)) rmSync(path, { force: true });
    }
  };

  const draw = (id: string): Promise<void> => {
    const running = drawing.get(id);
    if (running !== undefined) return running;
    const mine = line
      .then(() => ask({ kind: "visual", id, cache: directory }, minutes(5)))
      .then(({ measured }) => {
        sweep(id);
        log.info("A visual is drawn", { visual: id, ...measured });
      })
      .finally(() => drawing.delete(id));
    drawing.set(id, mine);
    line = mine.catch((error: unknown) => {
      if (!closed) log.error("A visual could not be drawn", { visual: id, error: String(error) });
    });
    return mine;
  };

  return {
    list: () => VISUALS,
    isDrawn: (id, kind) => existsSync(visualPath(id, kind, directory) ?? ""),
    async render(id, kind) {
      const path = visualPath(id, kind, directory);
      if (path === undefined) throw unknownVisual();
      if (!existsSync(path)) {
        try {
          // One frame need not wait for the line of loops.
          if (kind === "still" || kind === "thumbnail") await ask({ kind, id, cache: directory }, seconds(30));
          else await draw(id);
        } catch {
          throw notDrawn();
        }
      }
      return readFile(path);
    },
    async drawAll() {
      for (const { id } of VISUALS)
        if (!closed && !existsSync(visualPath(id, "gif", directory) ?? "")) await draw(id).catch(() => {});
    },
    async close() {
      closed = true;
      for (const child of children) child.kill("SIGKILL");
      await line;
    },
  };
};
