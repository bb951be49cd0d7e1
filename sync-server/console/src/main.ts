import { createApp } from 'vue'
import 'leaflet/dist/leaflet.css'
import './element.css'
import './theme.css'
import './dark.css'
import App from './App.vue'
import { guard } from './state/guard'
import { router } from './router'

guard(router)
createApp(App).use(router).mount('#app')
