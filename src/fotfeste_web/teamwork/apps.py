from fotfeste_web.ui.rooms import Room


class TeamworkConfig(Room):
    name = "fotfeste_web.teamwork"
    label = "teamwork"
