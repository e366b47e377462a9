import { useSyncExternalStore } from 'react';

const stepMs = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in steps of ten seconds; one clock drives every relative time on the page. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, currentStep) * stepMs);
}

function currentStep(): number {
  return Math.round(Date.now() / stepMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const one of listeners) one();
  }, stepMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
