import { checkGreatLaw } from './check-great-law.ts'

checkGreatLaw(1000, 30)
