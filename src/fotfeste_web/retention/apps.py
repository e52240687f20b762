from fotfeste_web.ui.rooms import Room


class RetentionConfig(Room):
    name = "fotfeste_web.retention"
    label = "retention"
