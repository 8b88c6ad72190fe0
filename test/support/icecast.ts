import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real Icecast server on this machine, and what sends to it. */
export interface Icecast {
  /** Of what is sent. */
  readonly url: string;
  /** Sends an MP3 over and over, in the time that it takes to hear it. @returns what ends it */
  source(file: Uint8Array, bytesPerSecond: number): Promise<() => void>;
  close(): void;
}

/** Whether Debian's icecast2 is installed; `.ci/run` installs it. */
export const hasIcecast = spawnSync("icecast2", ["-v"], { stdio: "ignore" }).error === undefined;

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

const connected = (port: number): Promise<Socket | undefined> =>
  new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => done(socket));
    socket.once("error", () => done(undefined));
  });

/** As root it becomes `nobody`, who may write into none of our folders: it logs to its terminal, which is not there. */
const configOf = (port: number) => `<icecast>
  <limits><clients>20</clients><sources>2</sources><source-timeout>2</source-timeout><burst-size>65536</burst-size></limits>
  <authentication><source-password>hush</source-password><admin-user>admin</admin-user><admin-password>hush</admin-password></authentication>
  <hostname>localhost</hostname>
  <listen-socket><port>${port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  <paths><logdir>/</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>
  <logging><errorlog>-</errorlog><accesslog>-</accesslog><loglevel>1</loglevel></logging>
  <security><chroot>0</chroot>${process.getuid?.() === 0 ? "<changeowner><user>nobody</user><group>nogroup</group></changeowner>" : ""}</security>
</icecast>`;

/** Starts Icecast with nothing to hear. */
export const openIcecast = async (): Promise<Icecast> => {
  const folder = mkdtempSync(join(tmpdir(), "lull-icecast-"));
  const port = await freePort();
  writeFileSync(join(folder, "icecast.xml"), configOf(port));
  const server: ChildProcess = spawn("icecast2", ["-c", join(folder, "icecast.xml")], { stdio: "ignore" });
  let up: Socket | undefined;
  for (let tries = 0; up === undefined && tries < 100; tries++) {
    up = await connected(port);
    if (up === undefined) await new Promise((soon) => setTimeout(soon, 50));
  }
  up?.destroy();
  return {
    url: `http://127.0.0.1:${port}/live`,
    async source(file, bytesPerSecond) {
      const socket = await connected(port);
      if (socket === undefined) throw new Error("Icecast did not start");
      socket.on("error", () => {});
      const auth = Buffer.from("source:hush").toString("base64");
      socket.write(
        `SOURCE /live HTTP/1.0\r\nAuthorization: Basic ${auth}\r\nContent-Type: audio/mpeg\r\nice-name: Night\r\n\r\n`,
      );
      await new Promise((answered) => socket.once("data", answered));
      const started = performance.now();
      let sent = 0;
      const timer = setInterval(() => {
        // The first seconds at once, as a source that has been on air for a while.
        const due = Math.floor(((performance.now() - started) / 1_000 + 4) * bytesPerSecond);
        while (sent < due) {
          const at = sent % file.length;
          const part = file.subarray(at, at + Math.min(4_096, due - sent));
          socket.write(part);
          sent += part.length;
        }
      }, 50);
      return () => {
        clearInterval(timer);
        socket.destroy();
      };
    },
    close() {
      server.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
