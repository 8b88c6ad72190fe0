// Asks a running Lull whether it is ready; for the image's HEALTHCHECK. Exit code 0 is yes.
const address = process.env.LULL_HTTP || "127.0.0.1:9090";
try {
  const response = await fetch(`http://${address}/readyz`, { signal: AbortSignal.timeout(8_000) });
  process.stdout.write(`${(await response.text()).trim()}\n`);
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
