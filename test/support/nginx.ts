import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Debian's nginx is installed; `.ci/run` installs it. `NGINX_PATH` names another. */
const nginx = process.env.NGINX_PATH ?? "nginx";
export const hasNginx = spawnSync(nginx, ["-v"], { stdio: "ignore" }).error === undefined;

/** A real nginx on this machine. */
export interface Nginx {
  /** Its access log, as it writes it if nobody tells it otherwise. */
  logged(): string;
  close(): Promise<void>;
}

/**
 * Starts it.
 * @param servers the blocks of its `http` part
 * @throws Error with what it says where it does not answer
 */
export const openNginx = async (servers: string, address: string): Promise<Nginx> => {
  const folder = mkdtempSync(join(tmpdir(), "lull-nginx-"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http { access_log ${folder}/access.log combined; ${temporary.join(" ")}
${servers} }`;
  writeFileSync(join(folder, "nginx.conf"), config);
  const child: ChildProcess = spawn(nginx, ["-p", folder, "-c", join(folder, "nginx.conf")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (data) => {
    said += String(data);
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const answers = () =>
    fetch(address).then(
      () => true,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries++) {
    if (tries === 200 || child.exitCode !== null) throw new Error(`nginx does not answer: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    logged: () => readFileSync(join(folder, "access.log"), "utf8"),
    async close() {
      child.kill("SIGQUIT");
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
