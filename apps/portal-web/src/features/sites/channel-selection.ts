import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ChannelDetail, DeviceDetail, SiteDetail } from '#libs/contracts';

/** As many lines as a chart stays readable with: six colours, plain and dashed. */
export const maxShownChannels = 12;

const defaultShownChannels = 6;

/** Which channels the charts show, and which device the address names. */
export interface Selection {
  shown: readonly SiteChannel[];
  toggle: (channelId: string) => void;
  deviceSerial: string | null;
}

interface SiteChannel {
  channel: ChannelDetail;
  device: DeviceDetail;
}

interface Choice {
  deviceSerial: string | null;
  ids: ReadonlySet<string>;
}

/** Which channels the charts show. `?device=SERIAL` in the address begins with those of that device. */
export function useChannelSelection(site: SiteDetail): Selection {
  const [params] = useSearchParams();
  const deviceSerial = params.get('device');
  const [choice, setChoice] = useState<Choice>();
  const all = useMemo(() => channelsOf(site), [site]);
  const initial = useMemo(() => defaultIds(all, deviceSerial), [all, deviceSerial]);
  // What was ticked for one device does not outlive going to another.
  const idsOf = (made: Choice | undefined) => (made?.deviceSerial === deviceSerial ? made.ids : initial);
  const ids = idsOf(choice);
  const shown = useMemo(() => all.filter(({ channel }) => ids.has(channel.id)), [all, ids]);

  const toggle = (id: string) =>
    setChoice((before) => {
      const next = new Set(idsOf(before));
      if (!next.delete(id)) next.add(id);
      return { deviceSerial, ids: next };
    });
  return { shown, toggle, deviceSerial };
}

function channelsOf({ devices }: SiteDetail): SiteChannel[] {
  return devices.flatMap((device) => device.channels.map((channel) => ({ channel, device })));
}

/** The power channels of the device asked for, else of the masters; anything rather than an empty chart. */
function defaultIds(all: readonly SiteChannel[], deviceSerial: string | null): ReadonlySet<string> {
  const scope = all.filter(({ device }) =>
    deviceSerial === null ? device.masterSerial === null : device.serial === deviceSerial,
  );
  const candidates = [scope.filter(isPower), scope, all.filter(isPower), all];
  const chosen = candidates.find((list) => list.length > 0) ?? [];
  return new Set(chosen.slice(0, defaultShownChannels).map(({ channel }) => channel.id));
}

function isPower({ channel }: SiteChannel): boolean {
  return channel.unit === 'W';
}
