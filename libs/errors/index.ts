export { catalogue, type CatalogueEntry, type ErrorCode } from './catalogue.js';
export { CodedError, hasCode, type InputProblem } from './coded-error.js';
