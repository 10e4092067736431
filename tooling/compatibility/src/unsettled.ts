/** Options and flags that are left out of the table until they are settled. */
export const unsettled: readonly string[] = ['account synclabels', 'account labelsheader', 'account ignorelabels']
