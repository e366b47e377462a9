// The one place of the portal that reads the process's environment.
// oxlint-disable-next-line node/no-process-env
const environment = process.env;
const healthUrl = `http://127.0.0.1:${environment['PORT'] ?? 4100}/health`;

// A container is asked for its health four times a minute. The program, which it does not need, is a second's work to load.
if (process.argv.slice(2).join(' ') === 'health') {
  const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = answer.ok ? 0 : 1;
} else {
  const { runPortal } = await import('./program.js');
  await runPortal(environment, healthUrl);
}
