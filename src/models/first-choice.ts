/** The model that answers by default wherever it is trained; declared here so that it is known before any model is loaded. */
export const FIRST_CHOICE = 'hybrid';
