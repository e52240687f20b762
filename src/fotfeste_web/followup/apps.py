from fotfeste_web.ui.rooms import Room


class FollowupConfig(Room):
    name = "fotfeste_web.followup"
    label = "followup"
