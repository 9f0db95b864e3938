"""What somebody is on a platform."""


class StaffRole:
    pass


class TeacherRole:
    pass


class TeachingAssistantRole:
    pass


class DesignerRole:
    pass
