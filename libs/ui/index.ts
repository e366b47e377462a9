/** React components and browser-side logic that both web apps share. */
// First, so that the components' own styles win over Mantine's.
import '@mantine/core/styles.css';
import './global.css';

export { AbsoluteTime } from './absolute-time.js';
export { AdminButton, useHasRole } from './admin-button.js';
export { AlertDestinations } from './alerting/alert-destinations.js';
export { alertsKey } from './alerting/alert-destinations.queries.js';
export { api, withQuery } from './api-client.js';
export { noConnection, parseProblem } from './api-problem.js';
export { AppFrame, type NavigationItem } from './app-frame.js';
export { showBranding } from './application.js';
export { BrandMark } from './brand/brand-mark.js';
export { contrastChecks, fixedContrast, type ContrastCheck } from './brand/contrast-checks.js';
export type { BrandColors } from './brand/palette.js';
export { previewColors } from './brand/preview-colors.js';
export { BackLink } from './back-link.js';
export { ChangePasswordForm } from './change-password.js';
export { BarChart, TimeSeriesChart } from './chart/lazy-charts.js';
export type { TimeSeries } from './chart/align-series.js';
export { ConfirmDialog } from './confirm-dialog.js';
export { DataTable, type Column, type Sorting } from './data-table.js';
export { Dialog, DialogForm } from './dialog.js';
export { EmptyState } from './empty-state.js';
export { ErrorState } from './error-state.js';
export { fieldErrors } from './field-errors.js';
export { currentLocale, useLanguage } from './language.js';
export { LoadingState } from './loading-state.js';
export {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatPercent,
  formatQuantity,
  formatSpan,
  missing,
} from './number-format.js';
export { NavigationCount } from './navigation-count.js';
export { OlderButton } from './older-button.js';
export { PageHeader } from './page-header.js';
export { Pages } from './pages.js';
export { minPasswordLength, passwordProblem } from './password.js';
export { useDetailText, useProblemText } from './problem-text.js';
export { QueryContent } from './query-content.js';
export { RelativeTime } from './relative-time.js';
export { NotFoundPage, RouteError } from './route-error.js';
export { RequireSession } from './require-session.js';
export { SearchField } from './search-field.js';
export { SecretShownOnce } from './secret-shown-once.js';
export { useSession } from './session.js';
export { Sentence } from './sentence.js';
export { SignInPage } from './sign-in-page.js';
export { Stats } from './stats.js';
export { StatusBadge, type StatusTone } from './status-badge.js';
export { formatDay, formatDayAndTime, localTimeZone } from './time-format.js';
export type { TimeRange } from './time-range.js';
export { UrlTabs } from './url-tabs.js';
export { useDialog, type DialogState } from './use-dialog.js';
export { useNow } from './use-now.js';
export { WebApp } from './web-app.js';
export { defineWords, useWords, type Translate, type WordKey } from './words.js';
