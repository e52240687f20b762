from fotfeste_web.ui.rooms import Room


class PlansConfig(Room):
    name = "fotfeste_web.plans"
    label = "plans"
