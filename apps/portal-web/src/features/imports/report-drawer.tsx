import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useWords } from '#libs/ui';
import { importWords } from './words.js';

interface ReportDrawerProps {
  /** Of the address; its value is the id of what is shown. */
  parameter: 'file' | 'run';
  title: string;
  children: (id: string) => ReactNode;
}

/** The report that the address names, beside the page. */
export function ReportDrawer({ parameter, title, children }: ReportDrawerProps) {
  const t = useWords(importWords);
  const [params, setParams] = useSearchParams();
  const id = params.get(parameter);
  const close = () =>
    setParams((previous) => {
      previous.delete(parameter);
      return previous;
    });
  return (
    <Drawer
      opened={id !== null}
      onClose={close}
      position="right"
      size={720}
      title={title}
      closeButtonProps={{ 'aria-label': t('closeReport') }}
    >
      {id !== null && children(id)}
    </Drawer>
  );
}
