import {
  IconBuildingFactory2,
  IconFileImport,
  IconLayoutDashboard,
  IconReceipt,
  IconReceiptTax,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import { AppFrame, useWords, type WordKey } from '#libs/ui';
import { shellWords } from './words.js';

const items: readonly { to: string; label: WordKey<typeof shellWords>; Icon: TablerIcon }[] = [
  { to: '/sites', label: 'sites', Icon: IconBuildingFactory2 },
  { to: '/dashboards', label: 'dashboards', Icon: IconLayoutDashboard },
  { to: '/bills', label: 'bills', Icon: IconReceipt },
  { to: '/tariffs', label: 'tariffs', Icon: IconReceiptTax },
  { to: '/imports', label: 'imports', Icon: IconFileImport },
  { to: '/settings', label: 'settings', Icon: IconSettings },
];

/** The frame of every page of who is signed in. */
export function PortalFrame() {
  const t = useWords(shellWords);
  return <AppFrame navigation={items.map((item) => ({ ...item, label: t(item.label) }))} />;
}
