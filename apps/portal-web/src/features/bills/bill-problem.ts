import type { Bill, BillProblem } from '#libs/contracts';
import { formatDayAndTime, type Translate } from '#libs/ui';
import { shiftDay, showDay } from '../tariffs/calendar-day.js';
import type { billWords } from './words.js';

/** What a bill leaves out, and why. */
export function describeProblem(
  problem: BillProblem,
  bill: Pick<Bill, 'lines' | 'timeZone'>,
  t: Translate<typeof billWords>,
): string {
  if (problem.code === 'NO_TARIFF_VERSION') {
    return t('noVersion', { from: showDay(problem.from), to: showDay(shiftDay(problem.to, -1)) });
  }
  if (problem.code === 'CHANNEL_ENDED') {
    const { deviceSerial, name, lastTime } = problem;
    const time = formatDayAndTime(new Date(lastTime), bill.timeZone);
    return t('channelEnded', { channel: `${deviceSerial} ${name}`, time });
  }
  const { component } = problem;
  const name = bill.lines.find((line) => line.component === component)?.name ?? component;
  return problem.code === 'SUBSCRIPTION_UNKNOWN'
    ? t('subscriptionUnknown', { component: name })
    : t('demandNotMeasured', { component: name });
}
