"""Headers that announce a way to find a person, in English and Welsh.

Knows what an extract may never hold (the never-present list of the data dictionary), however a header writes it:
capitals, stops, line feeds, joined words. Refuses headers only for what they say, not for what might stand below: that
is for the cells to show.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

Identifier = Literal[
    "email",
    "telephone",
    "national_insurance",
    "nhs_number",
    "postcode",
    "titled_name",
    "birth_date",
    "name",
    "initials",
    "pupil_number",
    "registration_number",
    "person_number",
    "payroll_number",
    "address",
    "school",
    "vehicle",
    "crime_reference",
    "incident_time",
    "free_text",
    "photograph",
    "ip_address",
]

_NUMBER: Final = r"(?:no|nos|num|number|numbers|nr|id|ids|ref|refs|reference)"
_SYSTEMS: Final = (
    r"(?:wccis|mosaic|lcs|liquidlogic|eclipse|care ?director|care ?first|paris|draig|raise|swift|capita one|sims)"
)
_REGISTERS: Final = r"(?:ewc|gtcw|scw|nmc|gmc|hcpc|dbs|crb)"
_CRIME: Final = r"(?:crime|court|occurrence|custody|pnc|niche|police|offence|incident)"
_SETTINGS: Final = (
    r"(?:school|setting|employer|establishment|organi[sz]ation|nursery|college|club|provider|home|workplace|company)"
)
_SETTINGS_CY: Final = r"(?:ysgol|lleoliad|cyflogwr|sefydliad|meithrinfa|coleg|clwb|darparwr|cartref|cwmni)"
_NOBODY: Final = (
    r"(?:authority|la|council|area|region|agency|service|services|system|team|department|directorate|table|sheet"
    r"|column|field|file|forum|category|code|list|group|role|board|ward|month|period|report|measure)"
)
_NOBODY_CY: Final = (
    r"(?:awdurdod|cyngor|ardal|rhanbarth|asiantaeth|gwasanaeth|system|tim|adran|tabl|taflen|colofn|grwp|rol|bwrdd)"
)

_SAYS: Final[tuple[tuple[Identifier | None, str], ...]] = (
    ("email", r"(?<!by )e ?mails?( address(es)?| id)?$|\be ?bost\b"),
    ("ip_address", r"\bip (address|number)|^ip$|\bcyfeiriad ip\b|\bmac address"),
    ("vehicle", rf"\bvehicle (reg|registration|{_NUMBER}|details)\b|^vehicles?$|\bvrm\b"),
    ("vehicle", r"\bnumber plate|\bcar reg"),
    ("vehicle", r"\bcerbyd\b|\bplat rhif\b"),
    ("birth_date", r"\bdobs?\b|\bbirth ?(date|day)s?\b"),
    ("birth_date", r"\b(date|day|month|year|place) of birth\b|\bdate born\b|^born$"),
    ("birth_date", r"\b(dyddiad|diwrnod|mis|blwyddyn|man) (geni|genedigaeth)\b|\bdyddiad ganwyd\b"),
    ("birth_date", r"\bage( \w+)? (in )?(days|weeks|months)\b|\bexact age\b"),
    ("birth_date", r"\boedran (mewn )?(dyddiau|diwrnodau|misoedd)\b"),
    ("pupil_number", r"\b(former |previous |temp(orary)? )?(upn|uln)s?\b"),
    ("pupil_number", rf"\b(unique )?(pupil|learner) {_NUMBER}\b"),
    ("pupil_number", r"\brhif (adnabod )?(unigryw )?(r |yr? )?(disgybl|dysgwr)\b|\brhif disgybl unigryw\b"),
    ("nhs_number", rf"\bnhs {_NUMBER}\b|^nhs$|\brhif (y )?(gig|nhs)\b"),
    ("national_insurance", rf"\bnational insurance\b|\bni {_NUMBER}\b|\bnino\b"),
    ("national_insurance", r"\byswiriant (gwladol|cenedlaethol)\b"),
    ("registration_number", rf"\b{_REGISTERS}( reg| registration| certificate| disclosure| pin)? {_NUMBER}\b"),
    ("registration_number", rf"\b(professional |teacher )?(registration|reg) {_NUMBER}\b"),
    ("registration_number", rf"\bteacher(s| reference)? {_NUMBER}\b|\btrn\b"),
    ("registration_number", rf"^pin$|\bpin {_NUMBER}\b|\brhif (cofrestru|cga|ewc|gcc|athro|tystysgrif)\b"),
    ("payroll_number", rf"\bpayroll\b|\b(employee|staff|personnel|worker)( member)? {_NUMBER}\b"),
    ("payroll_number", r"\bcyflogres\b|\bgyflogres\b|\brhif (y )?(staff|gweithiwr|cyflogai|gyflogai)\b"),
    ("person_number", rf"\b{_SYSTEMS}( person| client| child| adult| user| case| system)? {_NUMBER}\b"),
    ("person_number", rf"\b(person|client|service user|patient|citizen|customer) {_NUMBER}\b"),
    ("person_number", rf"\b(rhif|cyfeirnod|id) (y )?(person|cleient|claf|defnyddiwr gwasanaeth|{_SYSTEMS})\b"),
    ("crime_reference", rf"\b{_CRIME}( log| case| incident| record)? {_NUMBER}\b"),
    ("crime_reference", r"\b(rhif|cyfeirnod) (r |yr? )?(trosedd|llys|heddlu|digwyddiad|drosedd)\b"),
    ("crime_reference", r"\burn\b|\bpncid\b"),
    ("school", rf"\blaestab\b|\b(lea )?estab( {_NUMBER})?$"),
    ("school", rf"\b(df ?e|dfes|wg|welsh government) (school )?{_NUMBER}\b"),
    ("school", rf"\bschool {_NUMBER}\b|\b{_SETTINGS}s? ?names?\b|\bnames? of (the )?(\w+ )?{_SETTINGS}\b"),
    ("school", rf"\b(enw|rhif) (r |yr? )?{_SETTINGS_CY}\b"),
    ("postcode", r"\bpost ?codes?\b|\bpostal code|\bzip code|\bcod(au)? ?post\b"),
    ("address", r"\baddress(es)?\b|\bstreet\b|\bhouse (name|number|no)\b|\bu[ps]rn\b"),
    ("address", r"\bgrid ref|\beastings?\b|\bnorthings?\b"),
    ("address", r"\blatitude\b|\blongitude\b|\blat long\b|\bcyfeiriad(au)?\b|\bstryd\b"),
    ("address", r"\brhif (y )?ty\b|\bcyfeirnod grid\b|\blledred\b|\bhydred\b"),
    ("telephone", rf"\b(tele ?)?phones?$|\b(tele ?)?phone {_NUMBER}\b|\btel( {_NUMBER})?$"),
    ("telephone", rf"\bmobiles?( {_NUMBER})?$|\blandline\b"),
    ("telephone", r"^fax\b|\bcontact (no|number)\b|\brhif(au)? (y )?(ffon|symudol|cyswllt)\b"),
    ("telephone", r"^ffon\b|\bffon (symudol|cartref|gwaith)\b"),
    ("initials", r"\binitials\b|\binitial$"),
    ("initials", r"\bblaenlythrennau\b|\bllythrennau (cyntaf|blaen)\b"),
    (None, rf"\b{_NOBODY} ?names?\b|\bname of (the )?(\w+ )?{_NOBODY}\b|\benw (r |yr? )?{_NOBODY_CY}\b"),
    ("name", r"\bnames?\b|\b(fore|sur|first|last|given|family|full|known|middle)names?\b"),
    ("name", r"\b\w+name\b|\balias(es)?\b|\bknown as\b"),
    ("name", r"\benw(au)?\b|\bcyfenw(au)?\b|\bllysenw\b"),
    ("incident_time", r"\b(incident|offence|event) (date ?)?time\b"),
    ("incident_time", r"\btime of (the )?(incident|offence|event)\b"),
    ("incident_time", r"\bamser y (digwyddiad|drosedd)\b"),
    ("photograph", r"\bphoto(s|graphs?)?\b|\bpictures?\b|\bimages?\b|\battachments?\b"),
    ("photograph", r"\bffotograff(au)?\b|\blluniau\b|\batodiad(au)?\b"),
    # a note of whether, when or where there is a text is no text
    (None, r"\b(dates?|dyddiad|file|ffeil|recorded|held|circulated|quality|received|sent|cofnodwyd|ansawdd|yn|y n)\b"),
    ("free_text", r"\b(notes?|comments?|narrative|free ?text|minutes? text|summary|chronology|remarks|verbatim)\b"),
    ("free_text", r"\b(details?|description|account|nature) of (the )?(allegation|concern|incident|offence)s?\b"),
    ("free_text", r"\b(allegation|concern|incident|case|offence) (details?|descriptions?|text)\b"),
    ("free_text", r"\bfurther (details?|information)\b"),
    ("free_text", r"\b(nodiadau|sylwadau|naratif|testun|crynodeb|manylion|disgrifiad o)\b"),
)  # fmt: skip
"""What is said, by the first pattern that is met; None: what would be met later is harmless here."""
_COMPILED: Final = tuple((kind, re.compile(form)) for kind, form in _SAYS)

_LONGEST: Final = 200
"""Characters: a header says what it is about in its first words."""
_JOINED: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS: Final = re.compile(r"\b[a-z](?: [a-z]\b)+")


def of_header(header: str) -> Identifier | None:
    """The kind of identifier that a header announces, None if it announces none."""
    plain = _plain(header[:_LONGEST])
    for kind, form in _COMPILED:
        if form.search(plain):
            return kind
    return None


def _plain(header: str) -> str:
    """A header as lower-case words without accents and signs: "D.O.B." is "dob", "PupilName" is "pupil name"."""
    decomposed = unicodedata.normalize("NFKD", header)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = re.sub(r"[\W_]+", " ", _JOINED.sub(" ", bare)).strip().lower()
    return _LETTERS.sub(lambda letters: letters[0].replace(" ", ""), words)
