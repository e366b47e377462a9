import type { TariffDetail } from '#libs/contracts';
import { useWords, type Translate } from '#libs/ui';
import { showDay, today } from './calendar-day.js';
import { timelineOf, validOn, type Stretch } from './timeline.js';
import { tariffWords } from './words.js';
import styles from './tariffs.module.css';

/** The versions as parts of a line, by how long they are valid. The table below says the same. */
export function VersionTimeline({ versions }: { versions: TariffDetail['versions'] }) {
  const t = useWords(tariffWords);
  const now = today();
  const { stretches, todayPercent } = timelineOf(versions, now);
  const valid = validOn(versions, now);
  return (
    <ol className={styles.timeline} aria-label={t('timeline')}>
      {stretches.map((stretch) => (
        <li
          key={stretch.firstDay}
          className={styles.stretch}
          style={{ width: `${String(stretch.percent)}%` }}
          data-gap={stretch.id === null}
          data-now={stretch.id !== null && stretch.id === valid?.id}
          title={describe(stretch, t)}
        >
          <span>{describe(stretch, t)}</span>
        </li>
      ))}
      {todayPercent !== null && (
        <li
          className={styles.today}
          style={{ left: `${String(todayPercent)}%` }}
          title={t('today')}
          aria-hidden
        />
      )}
    </ol>
  );
}

function describe({ id, firstDay, lastDay }: Stretch, t: Translate<typeof tariffWords>): string {
  const days =
    lastDay === null
      ? t('daysOn', { from: showDay(firstDay) })
      : t('days', { from: showDay(firstDay), to: showDay(lastDay) });
  return id === null ? `${t('gap')}: ${days}` : days;
}
