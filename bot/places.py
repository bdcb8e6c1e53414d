"""Capitals and other large places that no time zone is named after, and a few names people give to zones."""

from __future__ import annotations

_ZONES = {
    "Africa/Abidjan": "Yamoussoukro",
    "Africa/Casablanca": "Rabat, Marrakesh, Marrakech, Fez, Tangier",
    "Africa/Dar_es_Salaam": "Dodoma",
    "Africa/Johannesburg": "Pretoria, Cape Town, Durban, Bloemfontein",
    "Africa/Lagos": "Abuja, Kano, Ibadan",
    "Africa/Cairo": "Alexandria, Giza",
    "Africa/Douala": "Yaounde",
    "America/Argentina/Buenos_Aires": "Rosario, Baires",
    "America/Belize": "Belmopan",
    "America/Bogota": "Medellin, Cali",
    "America/Chicago": "Houston, Dallas, Austin, San Antonio, Minneapolis, New Orleans, Texas, "
    "Nashville, Central, CT",
    "America/Denver": "Salt Lake City, Colorado, Utah, Mountain, MT",
    "America/Edmonton": "Calgary",
    "America/Guayaquil": "Quito",
    "America/La_Paz": "Sucre",
    "America/Los_Angeles": "San Francisco, Seattle, San Diego, Portland, Las Vegas, San Jose CA, Sacramento, LA, "
    "SF, California, Silicon Valley, Pacific, PT",
    "America/New_York": "Washington, Washington DC, Boston, Philadelphia, Atlanta, Miami, Pittsburgh, Charlotte, "
    "NYC, Florida, Baltimore, Eastern, ET",
    "America/Phoenix": "Arizona, Tucson",
    "America/Port_of_Spain": "Trinidad",
    "America/Sao_Paulo": "Brasilia, Rio, Rio de Janeiro, Belo Horizonte, Curitiba, Porto Alegre",
    "America/Toronto": "Ottawa, Montreal, Quebec, Ontario",
    "Asia/Dubai": "Abu Dhabi, UAE, Emirates",
    "Asia/Ho_Chi_Minh": "Hanoi, Saigon",
    "Asia/Jerusalem": "Tel Aviv, Haifa",
    "Asia/Karachi": "Islamabad, Lahore",
    "Asia/Kathmandu": "Pokhara",
    "Asia/Kolkata": "New Delhi, Delhi, Mumbai, Bombay, Bangalore, Bengaluru, Chennai, Madras, Hyderabad, Pune",
    "Asia/Kuala_Lumpur": "Putrajaya, Penang",
    "Asia/Riyadh": "Jeddah, Mecca",
    "Asia/Seoul": "Busan, Korea, South Korea",
    "Asia/Shanghai": "Beijing, Peking, Shenzhen, Guangzhou, Canton, Wuhan, Chengdu",
    "Asia/Tokyo": "Osaka, Kyoto, Yokohama, Nagoya, Sapporo",
    "Asia/Yangon": "Naypyidaw, Burma",
    "Australia/Sydney": "Canberra, Newcastle NSW",
    "Australia/Brisbane": "Gold Coast, Cairns",
    "Europe/Amsterdam": "The Hague, Rotterdam, Holland",
    "Europe/Berlin": "Munich, Munchen, Hamburg, Cologne, Koln, Frankfurt, Stuttgart, Leipzig, Dresden, Bonn, "
    "MEZ, MESZ",
    "Europe/Istanbul": "Ankara, Izmir, Turkey",
    "Europe/Kyiv": "Lviv, Odesa, Kharkiv",
    "Europe/London": "Edinburgh, Cardiff, Manchester, Birmingham, Glasgow, Belfast, UK, England, Scotland, Wales, "
    "Great Britain, Britain",
    "Europe/Madrid": "Barcelona, Valencia, Seville, Sevilla",
    "Europe/Lisbon": "Porto",
    "Europe/Moscow": "St Petersburg, Saint Petersburg",
    "Europe/Paris": "Lyon, Marseille, Toulouse, Strasbourg",
    "Europe/Prague": "Brno, Czech Republic",
    "Europe/Rome": "Milan, Milano, Naples, Turin, Florence, Venice, Bologna",
    "Europe/Stockholm": "Gothenburg, Malmo",
    "Europe/Warsaw": "Krakow, Gdansk, Wroclaw, Poznan",
    "Europe/Zurich": "Bern, Berne, Geneva, Basel, Lausanne",
    "Europe/Vienna": "Wien",
    "Pacific/Auckland": "Wellington, Christchurch",
    "Pacific/Honolulu": "Hawaii",
}
_SEVERAL = {
    "USA": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
    ),
    "Georgia": ("Asia/Tbilisi", "America/New_York"),
    "San Jose": ("America/Los_Angeles", "America/Costa_Rica"),
}
ELSEWHERE = {name: (zone,) for zone, names in _ZONES.items() for name in names.split(", ")} | _SEVERAL
"""Each name with the zones that it can mean."""

LARGE = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago",
    "America/New_York", "America/Mexico_City", "America/Bogota", "America/Caracas", "America/Santiago",
    "America/Argentina/Buenos_Aires", "America/Sao_Paulo", "Atlantic/Azores", "Europe/London", "Africa/Casablanca",
    "Europe/Madrid", "Europe/Berlin", "Africa/Lagos", "Africa/Cairo", "Europe/Athens", "Africa/Johannesburg",
    "Europe/Istanbul", "Europe/Moscow", "Asia/Riyadh", "Asia/Baghdad", "Asia/Dubai", "Asia/Tehran", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo",
    "Asia/Seoul", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
"""Zones in which many people live, from west to east."""

WORLD = (
    "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo",
)  # fmt: skip
"""The first to offer where nothing is known of a chat."""
