import { createMemoryStatus, describeStatusStore } from './index.ts'

describeStatusStore('createMemoryStatus', { create: async () => createMemoryStatus() })
