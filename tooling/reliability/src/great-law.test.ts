import { checkGreatLaw } from './check-great-law.ts'

checkGreatLaw(25, 14)
