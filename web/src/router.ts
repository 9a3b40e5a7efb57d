import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import HomePanel from './screens/citizen/HomePanel.vue'
import UnknownPage from './screens/citizen/UnknownPage.vue'
import ParcelScreen from './screens/ParcelScreen.vue'
import ParcelPanel from './screens/citizen/ParcelPanel.vue'

const ProposalPanel = () => import('./screens/reviewer/ProposalPanel.vue')
const SurveyPanel = () => import('./screens/surveyor/SurveyPanel.vue')
const QueuePanel = () => import('./screens/reviewer/QueuePanel.vue')
const CasePanel = () => import('./screens/reviewer/CasePanel.vue')

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: HomePanel },
    {
      path: '/parcel/:key',
      component: ParcelScreen,
      children: [
        { path: '', name: 'parcel', component: ParcelPanel },
        {
          path: 'proposal',
          name: 'proposal',
          component: ProposalPanel,
          meta: { wide: true },
        },
        {
          path: 'survey',
          name: 'survey',
          component: SurveyPanel,
          meta: { wide: true },
        },
      ],
    },
    { path: '/requests', name: 'requests', component: QueuePanel },
    {
      path: '/requests/:code',
      name: 'request',
      component: CasePanel,
      meta: { wide: true },
    },
    { path: '/:rest(.*)*', name: 'unknown', component: UnknownPage },
  ],
})

/** The page whose program did not arrive; null when the last way went well. */
export const unreached = shallowRef<RouteLocationNormalized | null>(null)
router.onError((cause, to) => {
  console.info('the page did not arrive', to.fullPath, cause)
  unreached.value = to
})
router.afterEach(() => (unreached.value = null))

/** Fetches the rest of the program while nothing else is wanted, so that a broken line later takes no page away. */
export function fetchPages(): void {
  const fetchAll = (): void => {
    void Promise.allSettled([ProposalPanel(), SurveyPanel(), QueuePanel(), CasePanel(), import('./map/CursorCoordinates.vue')])
  }
  if ('requestIdleCallback' in window) window.requestIdleCallback(fetchAll, { timeout: 8000 })
  else setTimeout(fetchAll, 3000)
}
