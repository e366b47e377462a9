import { useCallback } from 'react';

/** For an area that scrolls sideways: while its content is too wide it takes the focus, so that the arrow keys move it. */
export function useScrollFocus(): (area: HTMLElement | null) => (() => void) | undefined {
  return useCallback((area) => {
    if (area === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (area.scrollWidth > area.clientWidth) area.tabIndex = 0;
      else area.removeAttribute('tabindex');
    });
    for (const element of [area, ...area.children]) observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
