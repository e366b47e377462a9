/** React components and browser-side logic that both web apps share. */
// First, so that the components' own styles win over Mantine's.
import '@mantine/core/styles.css';
import './global.css';

export { AbsoluteTime } from './absolute-time.js';
export { api } from './api-client.js';
export { AppFrame, type NavigationItem } from './app-frame.js';
export { TimeSeriesChart } from './chart/lazy-time-series-chart.js';
export type { TimeSeries } from './chart/align-series.js';
export { DataTable, type Column } from './data-table.js';
export { EmptyState } from './empty-state.js';
export { ErrorState } from './error-state.js';
export { fieldErrors } from './field-errors.js';
export { LoadingState } from './loading-state.js';
export {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatQuantity,
  missing,
} from './number-format.js';
export { PageHeader } from './page-header.js';
export { QueryContent } from './query-content.js';
export { RelativeTime } from './relative-time.js';
export { NotFoundPage, RouteError } from './route-error.js';
export { RequireSession } from './session.js';
export { SignInPage } from './sign-in-page.js';
export { Stats } from './stats.js';
export { StatusBadge, type StatusTone } from './status-badge.js';
export { formatDayAndTime } from './time-format.js';
export { lastDayOfData, type TimeRange } from './time-range.js';
export { useNow } from './use-now.js';
export { WebApp } from './web-app.js';
