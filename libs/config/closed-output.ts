/** Ends the program quietly when its reader has seen enough, as in `… | head`. Call once, first thing. */
export function endWhenOutputCloses(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
