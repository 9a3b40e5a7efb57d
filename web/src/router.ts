import { createRouter, createWebHistory } from 'vue-router'
import HomePanel from './screens/citizen/HomePanel.vue'
import UnknownPage from './screens/citizen/UnknownPage.vue'
import ParcelScreen from './screens/ParcelScreen.vue'
import ParcelPanel from './screens/citizen/ParcelPanel.vue'

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
          component: () => import('./screens/reviewer/ProposalPanel.vue'),
          meta: { wide: true },
        },
        {
          path: 'survey',
          name: 'survey',
          component: () => import('./screens/surveyor/SurveyPanel.vue'),
          meta: { wide: true },
        },
      ],
    },
    { path: '/requests', name: 'requests', component: () => import('./screens/reviewer/QueuePanel.vue') },
    {
      path: '/requests/:code',
      name: 'request',
      component: () => import('./screens/reviewer/CasePanel.vue'),
      meta: { wide: true },
    },
    { path: '/:rest(.*)*', name: 'unknown', component: UnknownPage },
  ],
})
