import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

interface Tab {
  value: string;
  label: string;
  content: ReactNode;
}

interface Props {
  /** Accessible name of the list of tabs. */
  label: string;
  /** The query parameter that keeps the tab. */
  parameter?: string;
  /** The first one needs no parameter. */
  tabs: readonly [Tab, ...Tab[]];
}

/** Tabs that the address keeps. Another tab drops the other parameters: they are about what was shown before. */
export function UrlTabs({ label, parameter = 'tab', tabs }: Props) {
  const [params, setParams] = useSearchParams();
  const [first] = tabs;
  const asked = params.get(parameter);
  const shown = tabs.find(({ value }) => value === asked) ?? first;
  return (
    <Tabs
      value={shown.value}
      onChange={(value) =>
        setParams(value === null || value === first.value ? {} : { [parameter]: value }, { replace: true })
      }
      keepMounted={false}
    >
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>
          {tab.content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
