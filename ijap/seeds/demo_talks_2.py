"""What the table said in the third and the fourth meeting."""

from accounts.roles import Level
from cases.models import ActionState
from ijap.seeds.demo_script import TODAY, Choice, Deed, Ending, Gathering, Talk, Turn, When, done
from meetings.models import DecisionKind as K

THIRD = Gathering(
    3,
    (
        Talk(
            "a",
            "Jeugdige mag niet in het centrum komen, maar Halt zit daar. Gemeente wist niet van het traject.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "Gemeente past het gebied van het verbod aan, zodat jeugdige naar Halt kan.",
                ),
            ),
            (
                Deed(
                    "oov_heerlen",
                    "Past het gebied van het verbod aan en meldt dit aan politie en Halt",
                    9,
                    done(4, "Aangepast besluit uitgereikt."),
                    "oov",
                ),
            ),
            review=When(5, -1),
        ),
        Talk(
            "seyma",
            "Met spoed besproken met school, VIOS en politie. De afdeling mensenhandel doet onderzoek. Wat daar gebeurt, staat "
            "niet in dit dossier.",
            (
                Choice(
                    K.POSTPONE_INFORMING,
                    "Informeren uitgesteld tot {tot} (UAVG 41 lid 1 onder d). Politie laat weten wanneer het kan.",
                    until=When(5, 0),
                ),
                Choice(K.CASUSREGISSEUR, "Bureau Jeugdzorg is casusregisseur."),
            ),
            (
                Deed(
                    "bjz",
                    "Maakt met school een plan voor hulp die past",
                    10,
                    done(5, "Plan ligt er. School heeft één contactpersoon."),
                    "jeugdzorg",
                ),
            ),
            review=When(4, -1),
            lead="jeugdzorg",
        ),
        Talk(
            "noor",
            "Is gevraagd om mee te gaan en heeft nee gezegd. Heeft het zelf aan de mentor verteld. Is bang.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "Bureau Jeugdzorg biedt hulp aan. Politie spreekt haar als getuige, op een rustige plek.",
                ),
            ),
            (
                Deed("bjz", "Biedt hulp aan", 9, done(5, "Hulp is gestart.")),
                Deed(
                    "politie",
                    "Spreekt haar op een rustige plek",
                    12,
                    done(6, "Gesproken. Ouders waren erbij."),
                ),
            ),
            review=When(5, -1),
        ),
        Talk(
            "milan",
            "Mentor en jongerenwerk zien hetzelfde: veel geld, weinig uitleg. Geen strafbare feiten bekend.",
            (Choice(K.PARTNER_ACTS, "Leerplicht en JENS gaan in gesprek met jongere en ouders."),),
            (
                Deed(
                    "jens",
                    "Gaat in gesprek met jongere en ouders",
                    12,
                    done(6, "Ouders maken zich ook zorgen. Jongere zegt weinig."),
                    "jens",
                ),
            ),
            review=When(4, -1),
            lead="leerplicht",
        ),
        Talk(
            "yagmur",
            "De bedreiging was op school. Ouders gaan uit elkaar en er is veel spanning thuis.",
            (
                Choice(
                    K.PARTNER_ACTS, "JENS biedt een jongerencoach aan. Leerplicht houdt contact met school."
                ),
            ),
            (
                Deed(
                    "jens",
                    "Biedt een jongerencoach aan",
                    9,
                    (Turn(ActionState.COULD_NOT, 6, "Jongere wil niet."),),
                ),
                Deed(
                    "leerplicht",
                    "Houdt contact met school",
                    12,
                    done(6, "School wil een veilig plan voor terugkomst."),
                ),
            ),
            review=When(4, -1),
        ),
        Talk(
            "daan",
            "Moeder is wanhopig. Jeugdige wil niet praten over hulp, wel over voetbal.",
            (Choice(K.MONITOR, "JENS probeert via het voetbal contact te krijgen.", until=When(6, 0)),),
            (
                Deed(
                    "jens",
                    "Gaat mee naar een training",
                    30,
                    (
                        Turn(ActionState.ACCEPTED, 3),
                        Turn(ActionState.DONE, 18, "Is drie keer meegegaan naar de training."),
                    ),
                    "jens",
                ),
            ),
            lead="jens",
        ),
        Talk(
            "quinty",
            "Hoort bij de groep bij de zorginstelling. Bewoners zijn bang. Zij schrok toen zij dat hoorde.",
            (
                Choice(
                    K.PREVENTIVE,
                    "Halt en JENS regelen een rondleiding in de instelling, met uitleg over de zorg voor ouderen.",
                ),
            ),
            (
                Deed(
                    "halt",
                    "Regelt een rondleiding met de zorginstelling",
                    20,
                    done(12, "Zes jongeren waren er. Zij spreken elkaar nu aan."),
                    "halt",
                ),
            ),
            review=When(5, -1),
        ),
        Talk(
            "soufiane",
            "Hoort bij de groep bij de zorginstelling. Woont in Kerkrade en fietst elke dag naar Heerlen.",
            (
                Choice(
                    K.MONITOR,
                    "Doet mee met de rondleiding. Geen nieuwe signalen: sluiten.",
                    until=When(6, -1),
                ),
            ),
        ),
        Talk(
            "f",
            "Aangifte is gedaan. Het gezin heeft rust. De bedreiging is gestopt.",
            (Choice(K.PARTNER_ACTS, "Politie houdt het gezin op de hoogte. JENS blijft in beeld."),),
            (
                Deed(
                    "politie",
                    "Belt het gezin elke twee weken",
                    30,
                    (
                        Turn(ActionState.IN_PROGRESS, 2),
                        Turn(ActionState.DONE, 18, "Zaak ligt bij het OM. Gezin weet dat."),
                    ),
                    "politie",
                ),
            ),
            review=When(8, -1),
        ),
        Talk(
            "ruben",
            "Is drie weken achter elkaar op school geweest. Moeder krijgt hulp via de huisarts.",
            (Choice(K.CLOSE, "Geen actie nodig. School houdt contact."),),
            closes=Ending(
                2,
                "Gaat weer naar school. Moeder heeft hulp.",
                "De wijkploeg kende een buurvrouw die meeging.",
                "Basisschool, intern begeleider",
            ),
        ),
        Talk(
            "aicha",
            "Geen nieuwe berichten meer. Zij wil verder met school.",
            (Choice(K.CLOSE, "Geen actie nodig. Zij weet wie zij kan bellen."),),
            closes=Ending(
                1,
                "Pas geblokkeerd, aangifte gedaan, geen contact meer met de jongens.",
                "Dat zij het zelf durfde te vertellen.",
                "JENS, jongerenwerker",
            ),
        ),
    ),
    leads="regisseur2",
)

FOURTH = Gathering(
    4,
    (
        Talk(
            "g",
            "Is 9 en loopt 's avonds mee met grote jongens. Moeder heeft haar handen vol. School ziet een vrolijk kind.",
            (Choice(K.PREVENTIVE, "JENS nodigt hem uit voor het voetbal in de wijk."),),
            (
                Deed(
                    "jens",
                    "Nodigt hem uit voor het voetbal in de wijk",
                    9,
                    (Turn(ActionState.COULD_NOT, 6, "Er is een wachtlijst tot na de vakantie."),),
                    "jens",
                ),
            ),
        ),
        Talk(
            "amine",
            "Zegt dat messen op vaste plekken liggen. Is ouder dan de anderen en wordt door hen nagedaan.",
            (
                Choice(
                    K.GROUP,
                    "Hoort bij de groepsaanpak. Politie zoekt de plekken af, zonder te zeggen hoe wij het weten.",
                ),
            ),
            (
                Deed(
                    "politie",
                    "Zoekt de plekken rond het plein af",
                    9,
                    done(5, "Twee messen gevonden en meegenomen."),
                ),
                Deed(
                    "jens",
                    "Houdt contact: hij vertrouwt de straatcoach",
                    60,
                    (Turn(ActionState.IN_PROGRESS, 3),),
                    "jens",
                ),
            ),
            review=When(8, -1),
            lead="jens",
        ),
        Talk(
            "levi",
            "Vuurwerk is ingenomen. Ouders werken mee en hebben de schuur opgeruimd. Eerste keer.",
            (
                Choice(
                    K.ADVISE_MAYOR,
                    "Advies aan de burgemeester van Landgraaf: waarschuwingsbrief, geen sluiting.",
                ),
                Choice(K.PARTNER_ACTS, "Halt start een afdoening."),
            ),
            (
                Deed(
                    "halt", "Start een Halt-afdoening", 10, done(6, "Gesprek en leeropdracht gedaan."), "halt"
                ),
                Deed("politie", "Levert de feiten voor het advies", 7, done(3, "Geleverd.")),
            ),
            review=When(5, -1),
        ),
        Talk(
            "b",
            "Vader en zoon zijn bij Halt geweest. Hij had last van groepsdruk. De training bevalt goed.",
            (Choice(K.MONITOR, "Training afmaken. Geen nieuwe signalen: sluiten.", until=When(TODAY, -1)),),
        ),
        Talk(
            "c",
            "Drie gesprekken gehad. Hij snapt wat hij heeft gedaan. Halt denkt dat er meer speelt.",
            (Choice(K.PARTNER_ACTS, "JENS hulpverlening neemt contact op met ouders."),),
            (
                Deed(
                    "jens",
                    "Neemt contact op met ouders over hulp",
                    12,
                    done(6, "Ouders zijn blij met de hulp. Eerste gesprek is geweest."),
                ),
            ),
            review=When(6, -1),
        ),
        Talk(
            "e",
            "Jeugdreclassering kan niet meer. Komt afspraken niet na. Nieuwe aangifte van zware mishandeling.",
            (
                Choice(
                    K.ESCALATE,
                    "Opschalen naar PGA: ernstige feiten, bijna 18, hulp van JENS en Bureau Jeugdzorg is niet gelukt. "
                    "Rechtstreeks, omdat een stap via de LJA te veel tijd kost.",
                    to=Level.PGA,
                    tried="Dagbesteding via JENS, onderzoek naar jeugdreclassering, gesprekken met moeder.",
                ),
            ),
            review=When(TODAY, 6),
        ),
        Talk(
            "yagmur",
            "Wil geen coach. School wil een plan voor terugkomst. Politie heeft een nieuwe melding van ruzie op straat.",
            (
                Choice(
                    K.ESCALATE,
                    "Opschalen naar LJA Kerkrade: herhaling binnen drie maanden en hulp wordt geweigerd.",
                    to=Level.LJA,
                    tried="Jongerencoach aangeboden, contact met school.",
                ),
            ),
            review=When(6, 0),
        ),
        Talk(
            "lukasz",
            "Wil los van de groep. Ouders brengen en halen hem. School is tevreden.",
            (Choice(K.MONITOR, "Geen nieuwe signalen: sluiten.", until=When(8, 0)),),
        ),
        Talk(
            "jayden",
            "Is nog twee keer bij de groep gezien, kort. Geen feiten.",
            (Choice(K.MONITOR, "Politie en JENS letten op. Daarna sluiten.", until=When(8, 9)),),
        ),
        Talk(
            "kacper",
            "De inspectie is bij de autowasserij geweest. Hij werkt daar niet meer. Verzuim is minder.",
            (Choice(K.PARTNER_ACTS, "JENS zoekt met hem een bijbaan die mag."),),
            (
                Deed(
                    "jens",
                    "Zoekt met hem een bijbaan",
                    26,
                    (
                        Turn(ActionState.ACCEPTED, 4),
                        Turn(ActionState.DONE, 16, "Twee gesprekken gehad bij een supermarkt."),
                    ),
                    "jens",
                ),
            ),
            review=When(6, -2),
        ),
        Talk(
            "seyma",
            "Onderzoek loopt. School houdt zich aan de afspraken. Er zijn zorgen over de veiligheid thuis.",
            (Choice(K.PROTECTION_TABLE, "Bureau Jeugdzorg brengt dit naar de beschermingstafel."),),
            (
                Deed(
                    "bjz",
                    "Brengt de zorgen naar de beschermingstafel",
                    12,
                    done(6, "Besproken. De Raad doet onderzoek."),
                ),
            ),
        ),
    ),
    taken_off=("milan",),
)
