import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Says the title of a page that has taken the place of another: a browser says it only when it loads one. */
export function TitleAnnouncer() {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const element = document.querySelector('title');
    if (element === null) return undefined;
    const observer = new MutationObserver(() => setTitle(document.title));
    observer.observe(element, { childList: true });
    return () => observer.disconnect();
  }, []);
  return <VisuallyHidden component="output">{title}</VisuallyHidden>;
}
