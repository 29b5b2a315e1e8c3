"""What the table said in the first and the second meeting."""

from accounts.roles import Level
from cases.models import ActionState
from ijap.seeds.demo_script import Choice, Deed, Ending, Gathering, Talk, Turn, When, done
from meetings.models import DecisionKind as K

FIRST = Gathering(
    1,
    (
        Talk(
            "a",
            "Bureau Jeugdzorg heeft een ondertoezichtstelling. Halt heeft een traject. De gemeente heeft een "
            "gebiedsverbod opgelegd. Niemand wist dit van elkaar. Moeder wil meewerken. Jeugdige gaat naar school.",
            (
                Choice(
                    K.CASUSREGISSEUR,
                    "Bureau Jeugdzorg is casusregisseur. De maatregelen komen naast elkaar te staan.",
                ),
            ),
            (
                Deed(
                    "bjz",
                    "Zet ondertoezichtstelling, Halt-traject en gebiedsverbod op een rij voor alle partners",
                    10,
                    done(6, "Overzicht gemaakt en besproken met Halt en gemeente."),
                ),
                Deed(
                    "halt",
                    "Belt moeder over de start van het traject",
                    7,
                    done(3, "Moeder gebeld. Start volgende week."),
                ),
            ),
            lead="jeugdzorg",
        ),
        Talk(
            "b",
            "Vader schrok en is blij dat iemand belt. Hij wil dat zijn zoon merkt dat er gevolgen zijn. Te jong voor "
            "een Halt-afdoening.",
            (
                Choice(
                    K.PREVENTIVE,
                    "Halt neemt contact op met vader. Preventieve inzet. JENS biedt weerbaarheidstraining aan.",
                ),
            ),
            (
                Deed(
                    "halt",
                    "Neemt contact op met vader en nodigt vader en zoon uit",
                    10,
                    done(5, "Vader en zoon zijn geweest. Zoon heeft gezien wat brand kan doen."),
                    "halt",
                ),
                Deed(
                    "jens",
                    "Biedt een weerbaarheidstraining aan",
                    38,
                    (
                        Turn(ActionState.IN_PROGRESS, 8),
                        Turn(ActionState.DONE, 24, "Vijf bijeenkomsten gevolgd. Kan beter nee zeggen."),
                    ),
                ),
            ),
            review=When(4, -1),
            lead="halt",
        ),
        Talk(
            "ilyas",
            "Mes is afgegeven. Moeder is geschrokken. Jongerenwerk kent hem van het plein. Politie ziet hem vaker met "
            "dezelfde jongens.",
            (Choice(K.PARTNER_ACTS, "JENS en politie gaan samen op huisbezoek."),),
            (
                Deed(
                    "jens",
                    "Gaat met de politie op huisbezoek",
                    9,
                    done(4, "Moeder en zoon gesproken. Hij zegt dat hij zich onveilig voelt."),
                ),
            ),
        ),
        Talk(
            "h",
            "Is 19 en werkt. Geen nieuwe feiten na de jeugdreclassering. Wil zelf zijn rijbewijs halen.",
            (Choice(K.PARTNER_ACTS, "JENS neemt contact op en helpt met een plan voor het rijbewijs."),),
            (Deed("jens", "Neemt contact op", 10, done(5, "Gesproken. Is begonnen met rijlessen."), "jens"),),
            review=When(2, -1),
        ),
        Talk(
            "omer",
            "Drie zaken in zes weken. Leerplicht ziet bijna geen school meer. Moeder staat er alleen voor. "
            "Vrijwillige hulp is begonnen.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "Bureau Jeugdzorg en JENS proberen nog eenmaal vrijwillige hulp. Daarna opnieuw bespreken.",
                ),
            ),
            (
                Deed(
                    "bjz",
                    "Bespreekt vrijwillige hulp met moeder",
                    9,
                    done(6, "Moeder wil wel. Jongere komt niet opdagen."),
                ),
                Deed("leerplicht", "Roept jongere en moeder op", 9, done(5, "Moeder kwam alleen.")),
            ),
            review=When(2, -1),
        ),
        Talk(
            "zofia",
            "Slaapt bij wisselende mensen. Er zijn zorgen over uitbuiting. De straatcoach is de enige met wie zij praat.",
            (
                Choice(
                    K.ESCALATE,
                    "Opschalen naar LJA Heerlen: zorgen op drie leefgebieden en de veiligheid is in het geding.",
                    to=Level.LJA,
                    tried="Contact door de straatcoach. Gesprek met school. Hulp van JENS.",
                ),
            ),
            (
                Deed(
                    "jens",
                    "Houdt elke dag contact tot de LJA het overneemt",
                    5,
                    done(3, "Contact is er. Zij weet van de overdracht."),
                ),
            ),
            review=When(3, 0),
        ),
        Talk(
            "ruben",
            "Leerplicht is drie keer aan de deur geweest. Buren bevestigen ruzie. Geen bekende meldingen.",
            (
                Choice(K.VEILIG_THUIS, "Leerplicht vraagt advies aan Veilig Thuis."),
                Choice(K.PARTNER_ACTS, "JENS zoekt contact via de wijkploeg."),
            ),
            (
                Deed(
                    "leerplicht",
                    "Vraagt advies aan Veilig Thuis",
                    3,
                    done(1, "Advies gekregen: eerst contact via school."),
                ),
                Deed(
                    "jens",
                    "Zoekt contact met het gezin",
                    20,
                    done(11, "Moeder deed open. Zij was ziek. Zoon gaat weer naar school."),
                ),
            ),
            review=When(3, -1),
        ),
    ),
    excused=("oov_heerlen",),
)

SECOND = Gathering(
    2,
    (
        Talk(
            "c",
            "Ouders willen graag een gevolg dat past. Een Halt-afdoening kan pas vanaf 12 jaar. Ouders van de klasgenoot "
            "zijn gesproken.",
            (
                Choice(
                    K.PREVENTIVE,
                    "Halt zet het preventieve aanbod in: gesprekken over sociale media en over wat het doet met een ander.",
                ),
            ),
            (
                Deed(
                    "halt",
                    "Voert drie gesprekken met jongere en ouders",
                    25,
                    (
                        Turn(ActionState.ACCEPTED, 2),
                        Turn(ActionState.DONE, 16, "Drie gesprekken gevoerd. Wij denken dat er meer speelt."),
                    ),
                    "halt",
                ),
            ),
            review=When(4, -1),
            lead="halt",
        ),
        Talk(
            "ilyas",
            "Door het mes op school komen signalen bij elkaar. Het gaat om een groep jongens die elkaar op het plein "
            "treffen. Er zijn vermoedens dat zij messen dragen of verstoppen.",
            (Choice(K.GROUP, "Groepsaanpak voorstellen. Politie en JENS brengen in kaart wie erbij hoort."),),
            (
                Deed(
                    "politie",
                    "Brengt met JENS in kaart wie bij de groep hoort",
                    26,
                    (
                        Turn(ActionState.ACCEPTED, 1),
                        Turn(ActionState.IN_PROGRESS, 6),
                        Turn(ActionState.DONE, 16, "Zeven jongens in beeld, vier bij naam."),
                    ),
                    "politie",
                ),
            ),
            lead="politie",
        ),
        Talk(
            "lukasz",
            "Was in de pauze bij de plek waar het mes lag. Zegt dat hij alleen maar stond te praten. Ouders zijn "
            "geschrokken en praten met school.",
            (Choice(K.PARTNER_ACTS, "JENS voert een gesprek met jongere en ouders."),),
            (
                Deed(
                    "jens",
                    "Voert een gesprek met jongere en ouders",
                    12,
                    done(6, "Gesprek gevoerd. Hij wil los van de groep."),
                    "jens",
                ),
            ),
            review=When(4, -2),
        ),
        Talk(
            "jayden",
            "Was in de pauze bij de plek waar het mes lag. Verder geen zorgen bekend. Voetbalt vier keer per week.",
            (Choice(K.MONITOR, "Geen nieuwe signalen: sluiten.", until=When(4, -1)),),
        ),
        Talk(
            "e",
            "Handelt waarschijnlijk in drugs. Twee aangiften van mishandeling. Geen dagbesteding. Wordt binnenkort 18, dan "
            "stopt de jeugdhulp.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "Bureau Jeugdzorg onderzoekt of jeugdreclassering nog kan. JENS zoekt dagbesteding.",
                ),
            ),
            (
                Deed(
                    "bjz",
                    "Onderzoekt of jeugdreclassering nog mogelijk is",
                    20,
                    done(11, "Te kort voor de 18e verjaardag."),
                ),
                Deed(
                    "jens",
                    "Zoekt dagbesteding",
                    20,
                    (Turn(ActionState.COULD_NOT, 12, "Is twee keer niet op de afspraak gekomen."),),
                ),
            ),
            review=When(4, -2),
        ),
        Talk(
            "f",
            "Ouders en dochter weten niet goed hoe het verder moet. Zij zijn bang dat aangifte het erger maakt.",
            (
                Choice(
                    K.PARTNER_ACTS,
                    "JENS en wijkagent gaan samen op huisbezoek. Uitleg over aangifte. Daarna terugmelden.",
                ),
            ),
            (
                Deed(
                    "jens",
                    "Gaat met de wijkagent op huisbezoek",
                    7,
                    done(4, "Geweest. Het gezin voelt zich gehoord."),
                ),
                Deed(
                    "politie",
                    "Legt uit wat er gebeurt bij een aangifte",
                    9,
                    done(4, "Uitgelegd. Zij denken erover na."),
                    "politie",
                ),
            ),
            review=When(3, -1),
            lead="jens",
        ),
        Talk(
            "kacper",
            "School ziet hem slapen in de les. Moeder weet van een baan, maar niet waar. Het uurloon klopt niet met wat hij "
            "uitgeeft.",
            (
                Choice(
                    K.PARTNER_ACTS, "Leerplicht spreekt jongere en moeder. Politie kijkt mee naar het werk."
                ),
            ),
            (
                Deed(
                    "leerplicht",
                    "Spreekt jongere en moeder",
                    12,
                    done(6, "Hij werkt bij een autowasserij. Moeder wist dat niet."),
                    "leerplicht",
                ),
                Deed("politie", "Gaat na of het werk mag", 24, done(14, "Doorgegeven aan de inspectie.")),
            ),
            review=When(4, -1),
            lead="leerplicht",
        ),
        Talk(
            "aicha",
            "Heeft haar pas laten blokkeren. Vertelt open wat er is gebeurd. Ouders staan naast haar.",
            (Choice(K.PARTNER_ACTS, "Politie helpt met aangifte. JENS houdt contact."),),
            (
                Deed("politie", "Neemt aangifte op", 9, done(5, "Aangifte opgenomen.")),
                Deed(
                    "jens", "Houdt contact met jongere", 12, done(6, "Het gaat goed. Geen nieuwe berichten.")
                ),
            ),
            review=When(3, -1),
        ),
        Talk(
            "h",
            "Rijlessen lopen. Geen nieuwe feiten. Werkt vier dagen.",
            (Choice(K.CLOSE, "Geen actie nodig. Contactpersoon blijft JENS."),),
            closes=Ending(
                1,
                "Geen nieuwe feiten. Heeft werk en is bezig met zijn rijbewijs.",
                "Snel een gesprek met iemand die hij kende.",
                "JENS, straatcoach, tot de zomer",
            ),
        ),
        Talk(
            "omer",
            "Nieuwe aangifte van bedreiging. Moeder vraagt om hulp, jongere wil niet. Leerplicht overweegt proces-verbaal.",
            (
                Choice(
                    K.ESCALATE,
                    "Opschalen naar LJA Heerlen: herhaling binnen drie maanden, drie leefgebieden, vrijwillige hulp stopte.",
                    to=Level.LJA,
                    tried="Gesprekken met moeder, oproep door leerplicht, vrijwillige hulp via Bureau Jeugdzorg.",
                ),
            ),
            review=When(5, 0),
        ),
    ),
    absent=("politie_kerkrade",),
)
