export { catalogue, type ErrorCode } from './catalogue.js';
export { CodedError, hasCode, type InputProblem } from './coded-error.js';
