"""When Chinese ministries publish: in office hours, where a minute counts."""

from monitor import Busy

OFFICE_HOURS = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")
PRESS_HOURS = Busy("Mon-Sun", "07:00-23:00", "Asia/Shanghai", every="5 minutes")
