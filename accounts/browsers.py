"""What a browser calls itself, in words that people know."""

_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
]
_DEVICES = [
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "een Mac"),
    ("CrOS", "een Chromebook"),
    ("Linux", "Linux"),
]


def browser_name(user_agent: str) -> str:
    """ "Chrome op Windows". The first name that fits: newer browsers also carry the names of older ones."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Onbekende browser")
    device = next((name for sign, name in _DEVICES if sign in user_agent), "")
    return f"{browser} op {device}" if device else browser
